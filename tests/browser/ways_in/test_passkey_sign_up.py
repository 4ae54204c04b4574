"""A sign-up without a password: the address, the code of the mail, the passkey."""

import re

from playwright.sync_api import expect

from exercises.models import User
from tests.support.under_way import until
from tests.support.ways_in.authenticator import Authenticator


def button(page, name):
    return page.get_by_role("main").get_by_role("button", name=name, exact=True)


def code_of(mailing):
    until(lambda: len(mailing.mails), bool)
    return re.search(r"^\d{4} \d{4}\b", mailing.mails[-1].get_body("plain").get_content(), re.MULTILINE)[0]


def test_an_account_is_made_with_a_passkey_which_logs_in_again(page, catalogue, mailing, axe):
    phone = Authenticator(page)
    page.goto(f"{mailing.url}/accounts/signup/")
    axe(page)
    page.get_by_role("link", name="Use a passkey instead").click()
    axe(page)
    page.get_by_label("Email").fill("carla@example.org")
    button(page, "Continue").click()
    page.get_by_label("Code").fill(code_of(mailing))
    page.keyboard.press("Enter")
    expect(button(page, "Not now")).to_be_visible()
    axe(page)
    phone.unlocks(False)
    button(page, "Make my passkey").click()
    phone.expect_answers(1)
    expect(page.locator("[data-passkey-says]:visible")).to_have_count(0)
    phone.unlocks(True)
    button(page, "Make my passkey").click()
    expect(page.get_by_role("heading", name="Where are you sore")).to_be_visible()
    page.goto(f"{mailing.url}/accounts/logout/")
    button(page, "Log out").click()
    page.goto(f"{mailing.url}/accounts/login/")
    button(page, "Log in with a passkey").click()

    expect(page).to_have_url(f"{mailing.url}/")
    assert (phone.count(), User.objects.get().has_usable_password()) == (1, False)
