"""A browser that darkens light sites by itself, as some on Android do: it darkens some colours and not others."""

import pytest


@pytest.fixture
def looks_alike(alice_page):
    """Whether a place of the page looks alike in a browser that darkens sites and in one that does not."""
    browser = alice_page.context.new_cdp_session(alice_page)

    def compare(place):
        browser.send("Emulation.setAutoDarkModeOverride", {"enabled": False})
        plain = alice_page.locator(place).screenshot(animations="disabled")
        browser.send("Emulation.setAutoDarkModeOverride", {"enabled": True})
        return alice_page.locator(place).screenshot(animations="disabled") == plain

    return compare


@pytest.mark.parametrize("theme", ["light", "auto", "dark"])
def test_no_browser_darkens_a_page(alice, alice_page, looks_alike, theme):
    alice.preferences.theme = theme
    alice.preferences.save()
    alice_page.emulate_media(color_scheme="dark")
    for path in ("/progress/", "/report/"):
        alice_page.goto(path)

        assert looks_alike("main"), path
