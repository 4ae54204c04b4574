"""The link of the server's owner in the browser, on a phone where somebody else is logged in."""

from playwright.sync_api import expect

from exercises.accounts.login_links import token_for
from tests.support.ways_in.codes import turn_on


def test_it_shows_whom_it_logs_in_and_does_so_by_one_button(page, alice, bob, log_in, axe):
    log_in(page, bob)
    page.goto(f"/accounts/link/{token_for(turn_on(alice))}/")
    expect(page.get_by_text("bob@example.org is logged in on this device now and will be logged out.")).to_be_visible()
    axe(page)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Log-in and security")).to_be_visible()
    page.go_back()
    page.go_forward()

    assert page.locator("body").get_attribute("data-user") == str(alice.pk)
