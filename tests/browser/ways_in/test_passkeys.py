"""Passkeys in a real browser: made, used, proved again, cancelled, in two tabs, and where there can be none."""

import re

import pytest
from allauth.mfa.models import Authenticator as Kept
from playwright.sync_api import expect

from exercises.models import CompletedSet
from tests.support.log_ins import ALICE
from tests.support.pocket import PLAIN
from tests.support.under_way import hold
from tests.support.ways_in.authenticator import Authenticator

SECURITY, ADD, LOG_IN = "/settings/security/", "/accounts/passkeys/add/", "/accounts/login/"
HINT = "Your fingerprint, face or screen lock. No password."
OFFLINE = ("status of 401", "net::ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")


def button(page, name):
    return page.get_by_role("main").get_by_role("button", name=name, exact=True)


def is_at(page, path):
    expect(page).to_have_url(re.compile(rf"^http://localhost:\d+{re.escape(path)}$"))


def log_out(page):
    page.goto("/accounts/logout/")
    button(page, "Log out").click()
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()


def test_a_passkey_is_added_after_a_proof_and_gets_its_name(alice_page, alice, axe):
    page, phone = alice_page, Authenticator(alice_page)
    page.goto(SECURITY)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(ALICE["password"])  # she logged in long ago
    button(page, "Continue").click()
    is_at(page, ADD)
    axe(page)
    page.get_by_label("Name of this device").fill("My phone")
    button(page, "Add a passkey").click()
    expect(page.get_by_text("Passkey added.")).to_be_visible()
    is_at(page, SECURITY)
    expect(page.get_by_role("listitem").filter(has_text="My phone")).to_contain_text("Added today, not used yet")
    axe(page)
    page.get_by_role("link", name="Rename the passkey My phone").click()
    page.get_by_label("Name of the device").fill("Red phone")
    axe(page)
    button(page, "Save").click()
    expect(page.get_by_role("listitem").filter(has_text="Red phone")).to_be_visible()

    assert phone.count() == 1
    assert Kept.objects.get().data["name"] == "Red phone"


def test_it_comes_first_at_the_next_log_in_until_it_is_removed(alice_page, alice, axe):
    page, phone = alice_page, Authenticator(alice_page)
    phone.keep_passkey_of(alice)
    log_out(page)
    page.goto(f"{LOG_IN}?next=/progress/")
    button(page, "Log in with a passkey").click()
    is_at(page, "/progress/")
    page.go_back()  # the form of the log-in is not for her any more
    is_at(page, "/progress/")
    log_out(page)
    page.goto(LOG_IN)
    expect(page.get_by_text(HINT)).to_be_visible()
    axe(page)
    tab_to(page, "Log in with a passkey")
    page.keyboard.press("Enter")
    is_at(page, "/")
    page.goto(SECURITY)
    expect(page.get_by_role("listitem").filter(has_text="Phone")).to_contain_text("Added today, last used today")
    page.get_by_role("link", name="Remove the passkey Phone").click()
    axe(page)
    button(page, "Remove this passkey").click()
    expect(page.get_by_text("Passkey removed.")).to_be_visible()
    log_out(page)
    page.goto(LOG_IN)
    expect(page.get_by_text(HINT)).to_be_hidden()


def test_one_that_was_removed_here_and_not_on_the_phone_is_told(page, alice, axe):
    phone = Authenticator(page)
    phone.keep_passkey_of(alice).delete()
    page.goto(f"{LOG_IN}?next=/progress/")
    button(page, "Log in with a passkey").click()
    expect(page.get_by_text("This passkey did not work here.")).to_be_visible()
    expect(page.get_by_text(HINT)).to_be_hidden()
    axe(page)
    page.get_by_label("Email").fill(ALICE["login"])
    page.get_by_label("Password").fill(ALICE["password"])
    button(page, "Log in").click()

    is_at(page, "/progress/")


def tab_to(page, name):
    """By the keyboard alone."""
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    pytest.fail(f"The keyboard does not reach {name}.")


def test_whoever_cancels_hears_nothing_and_can_try_again(page, alice):
    phone = Authenticator(page)
    phone.keep_passkey_of(alice)
    page.goto(LOG_IN)
    phone.unlocks(False)
    with hold(page, "**/passkeys/log-in/"):
        button(page, "Log in with a passkey").click()
        expect(page.get_by_text("Your device asks for your fingerprint")).to_be_visible()
    phone.expect_answers(1)
    expect(page.locator("[data-passkey-says]:visible")).to_have_count(0)
    phone.unlocks(True)
    button(page, "Log in with a passkey").click()

    is_at(page, "/")


def test_a_passkey_proves_again_and_a_second_one_on_this_phone_is_told(alice_page, alice, axe):
    page, phone = alice_page, Authenticator(alice_page)
    phone.keep_passkey_of(alice)
    page.goto(ADD)
    axe(page)
    button(page, "Use a passkey").click()
    is_at(page, ADD)
    button(page, "Add a passkey").click()

    expect(page.get_by_text("This device already has a passkey for your account.")).to_be_visible()
    axe(page)
    assert Kept.objects.count() == 1


def test_tabs_that_stood_open_lead_on_or_ask_again(page, alice, bob, log_in):
    Authenticator(page).keep_passkey_of(alice)
    page.goto(LOG_IN)
    other = page.context.new_page()
    Authenticator(other).keep_passkey_of(alice)
    other.goto(LOG_IN)
    button(other, "Log in with a passkey").click()
    is_at(other, "/")
    button(page, "Log in with a passkey").click()
    is_at(page, "/")  # logged in by the other tab already

    page.goto(ADD)
    log_in(other, bob)  # on the same phone
    button(page, "Add a passkey").click()
    expect(page.get_by_role("heading", name="Is this you?")).to_be_visible()  # it asks Bob
    assert Kept.objects.filter(user=alice).count() == 2
    assert not Kept.objects.filter(user=bob).exists()


def test_a_page_of_somebody_else_adds_no_passkey(page, alice, bob, log_in):
    Authenticator(page).keep_passkey_of(alice)
    other = page.context.new_page()
    Authenticator(other).keep_passkey_of(bob)
    page.goto(LOG_IN)
    button(page, "Log in with a passkey").click()
    is_at(page, "/")
    page.goto(ADD)
    other.context.clear_cookies(name="sessionid")
    other.goto(LOG_IN)
    button(other, "Log in with a passkey").click()
    is_at(other, "/")
    button(page, "Add a passkey").click()

    expect(page.locator(f"body[data-user='{bob.pk}']")).to_be_attached()
    assert Kept.objects.count() == 2


@pytest.mark.expects_in_console(
    "status of 401", "net::ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest"
)
def test_a_set_that_waits_on_the_phone_is_sent_after_the_log_in(pocket, alice):
    Authenticator(pocket.page).keep_passkey_of(alice)
    pocket.open().offline().tick()
    pocket.expect_waiting(1)
    pocket.page.context.clear_cookies(name="sessionid")
    with pocket.expect_asked():
        pocket.online()
    pocket.page.goto(LOG_IN)
    assert CompletedSet.objects.count() == 0
    button(pocket.page, "Log in with a passkey").click()

    pocket.expect_ring(1)
    pocket.expect_empty()
    assert CompletedSet.objects.count() == 1


@pytest.mark.expects_in_console("net::ERR_FAILED", "status of 429")
def test_without_an_answer_or_with_a_refusal_it_says_so(page, alice):
    Authenticator(page).keep_passkey_of(alice)
    page.goto(LOG_IN)
    page.route("**/passkeys/log-in/", lambda route: route.abort())
    button(page, "Log in with a passkey").click()
    expect(page.get_by_text("Check your connection and try again.")).to_be_visible()
    page.unroute("**/passkeys/log-in/")
    refusal = {"error": "Too many tries. Please wait a minute, then try again."}
    page.route("**/passkeys/log-in/", lambda route: route.fulfill(status=429, json=refusal))
    button(page, "Log in with a passkey").click()

    expect(page.get_by_text("Too many tries. Please wait a minute, then try again.")).to_be_visible()


NO_PASSKEYS = "delete window.PublicKeyCredential"
WHY_NOT = {
    "browser": ("localhost", NO_PASSKEYS, "This browser cannot use passkeys."),
    "number": ("127.0.0.1", "", "Passkeys need a name in the address of this page."),
    "http": (PLAIN, "", "Passkeys need an address that starts with https."),
}


@pytest.mark.expects_in_console("Cross-Origin-Opener-Policy")
@pytest.mark.parametrize(("host", "script", "reason"), WHY_NOT.values(), ids=WHY_NOT)
def test_where_there_can_be_none_it_says_why(page, alice, log_in, server, axe, host, script, reason):
    page.add_init_script(script)
    here = server.replace("localhost", host)
    page.goto(here + LOG_IN)
    expect(button(page, "Log in")).to_be_visible()
    expect(page.get_by_text("Log in with a passkey")).to_have_count(2)
    expect(page.locator("button:visible")).to_have_text(["Show the password", "Log in"])
    log_in(page, alice, domain=host)
    page.goto(here + SECURITY)

    expect(page.get_by_text(reason)).to_be_visible()
    expect(page.get_by_role("link", name="Add a passkey")).to_be_hidden()
    axe(page)


def test_a_browser_that_leaves_the_reading_to_us_logs_in_too(page, alice):
    page.add_init_script(
        "for (const name of ['parseCreationOptionsFromJSON', 'parseRequestOptionsFromJSON'])"
        " delete PublicKeyCredential[name]"
    )
    Authenticator(page)
    page.goto(LOG_IN)
    page.get_by_label("Email").fill(ALICE["login"])
    page.get_by_label("Password").fill(ALICE["password"])
    button(page, "Log in").click()
    is_at(page, "/")
    page.goto(ADD)
    button(page, "Add a passkey").click()
    expect(page.get_by_text("Passkey added.")).to_be_visible()
    log_out(page)
    page.goto(LOG_IN)
    button(page, "Log in with a passkey").click()

    is_at(page, "/")
