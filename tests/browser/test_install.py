"""The home screen: the manifest, the hint, the badge, and storage that the browser does not clear."""

import pytest
from playwright.sync_api import expect

from tests.support.under_way import hold, settle, until

OFFER = """() => {
    const question = new Event("beforeinstallprompt", { cancelable: true });
    question.prompt = () => (window.asked = true);
    window.dispatchEvent(question);
}"""
AN_IPHONE = "Object.defineProperty(navigator, 'standalone', { value: false })"
BADGE = "navigator.setAppBadge = async (due) => { window.badge = due }"
LASTING = """
navigator.storage.persisted = async () => false;
navigator.storage.persist = async () => (window.lasting = (window.lasting ?? 0) + 1);
"""


@pytest.fixture
def today(alice_page):
    alice_page.goto("/")
    return alice_page


def tick(page, exercise="Toe presses"):
    page.get_by_role("button", name=f"{exercise}, Morning: not done").click()
    expect(page.get_by_role("button", name=f"{exercise}, Morning: done", exact=True)).to_be_visible()


def hint(page):
    return page.get_by_role("region", name="Put Footcare on your home screen")


def test_the_browser_has_nothing_against_it(today):
    cdp = today.context.new_cdp_session(today)

    assert cdp.send("Page.getAppManifest")["errors"] == []
    errors = [error["errorId"] for error in cdp.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert [error for error in errors if error != "in-incognito"] == []  # every context of a test is one


def test_the_hint_waits_for_a_set_and_asks_once(today):
    today.evaluate(OFFER)
    expect(hint(today)).to_be_hidden()
    tick(today)
    hint(today).get_by_role("button", name="Add to home screen").click()
    expect(hint(today)).to_be_hidden()
    assert today.evaluate("window.asked")

    today.reload()
    today.evaluate(OFFER)
    tick(today, "Toe walking")
    expect(hint(today)).to_be_hidden()


def test_after_a_no_the_hint_never_comes_back(today):
    today.evaluate(OFFER)
    tick(today)
    hint(today).get_by_role("button", name="No, thanks").click()
    today.reload()
    today.evaluate(OFFER)

    expect(hint(today)).to_be_hidden()
    assert not today.evaluate("window.asked")


def test_an_iphone_is_told_how(alice_page, axe):
    alice_page.add_init_script(AN_IPHONE)
    alice_page.goto("/")
    tick(alice_page)

    expect(hint(alice_page).get_by_text("Tap Share, then")).to_be_visible()
    expect(hint(alice_page).get_by_role("button", name="Add to home screen")).to_be_hidden()
    axe(alice_page)


def test_the_badge_counts_what_is_still_due(alice_page):
    alice_page.add_init_script(BADGE)
    alice_page.goto("/")
    tick(alice_page)

    until(lambda: alice_page.evaluate("window.badge"), lambda badge: badge == 9)


def test_the_browser_is_asked_once_to_keep_what_waits(alice_page):
    alice_page.add_init_script(LASTING)
    alice_page.goto("/")
    assert not alice_page.evaluate("window.lasting")
    with hold(alice_page, "**/sets/"):
        alice_page.get_by_role("button", name="Toe presses, Morning: not done").click()
        until(lambda: alice_page.evaluate("window.lasting"), lambda times: times == 1)
    tick(alice_page, "Toe walking")
    settle(alice_page)

    assert alice_page.evaluate("window.lasting") == 1
