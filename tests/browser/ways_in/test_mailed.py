"""By mail, in a browser: sign up, log in with a code, change the address; and seeing the password that one types."""

import re

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from exercises.models import User
from tests.support.log_ins import ALICE, fill_in_log_in
from tests.support.ways_in.letters import code_to, enter

WRONG = pytest.mark.expects_in_console("the server responded with a status of 422")


def stays_within(page):
    for width in (320, 1280, 390):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, width)


def has_heading(page, words):
    expect(page.get_by_role("heading", name=words)).to_be_visible()


@WRONG
def test_a_sign_up_is_finished_by_the_code_of_a_mail(page, catalogue, mailing, axe):
    page.goto(f"{mailing.url}/accounts/signup/")
    page.get_by_label("Email").fill("crala@example.org")
    page.get_by_label("Password").fill("ten sets a day")
    page.keyboard.press("Enter")
    has_heading(page, "Check your email")
    axe(page)
    stays_within(page)
    page.get_by_role("button", name="Use another address").click()
    has_heading(page, "Make an account")
    page.get_by_label("Email").fill("carla@example.org")
    page.get_by_label("Password").fill("ten sets a day")
    page.keyboard.press("Enter")
    has_heading(page, "Check your email")

    enter(page, "0000 0000")
    expect(page.get_by_text("That code is not right, or too old.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Send a new code").click()
    expect(page.get_by_text("Please wait three minutes before you ask again.")).to_be_visible()
    enter(page, code_to("carla@example.org", mailing).replace(" ", " - "))
    expect(page).to_have_url(re.compile("/first/1/"))
    assert [user.email for user in User.objects.all()] == ["carla@example.org"]


def test_a_code_logs_in_and_a_new_address_is_confirmed_by_another(page, alice, mailing, axe):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    page.goto(f"{mailing.url}/accounts/login/?next=/settings/security/")
    page.get_by_role("link", name="Mail me a code").click()
    has_heading(page, "Log in with a code")
    axe(page)
    page.get_by_label("Email").fill(alice.email)
    page.keyboard.press("Enter")
    has_heading(page, "Check your email")
    stays_within(page)
    enter(page, code_to(alice.email, mailing))
    expect(page).to_have_url(re.compile("/settings/security/$"))

    page.get_by_role("link", name="Change the email address").click()
    page.get_by_label("New email address").fill("new@example.org")
    page.keyboard.press("Enter")
    has_heading(page, "Check your email")
    axe(page)
    page.goto(f"{mailing.url}/accounts/email/")
    axe(page)
    stays_within(page)
    page.get_by_role("link", name="Enter the code").click()
    enter(page, code_to("new@example.org", mailing))
    expect(page.get_by_text("Email address confirmed.")).to_be_visible()
    axe(page)
    assert User.objects.get().email == "new@example.org"


@WRONG
def test_a_password_is_seen_while_its_button_is_pressed(page, alice):
    page.goto("/accounts/login/")
    password, show = page.get_by_label("Password"), page.get_by_role("button", name="Show the password")
    password.fill("a guess")
    show.focus()
    page.keyboard.press("Space")
    assert (password.get_attribute("type"), show.get_attribute("aria-pressed")) == ("text", "true")
    page.keyboard.press("Space")
    assert (password.get_attribute("type"), show.get_attribute("aria-pressed")) == ("password", "false")

    show.click()
    page.evaluate(
        "document.querySelector('#id_password').form.addEventListener('submit', (event) => event.preventDefault())"
    )
    fill_in_log_in(page)
    assert password.get_attribute("type") == "password"
    assert password.input_value() == ALICE["password"]


def test_without_a_script_there_is_no_button_to_show_it(browser, base_url, transactional_db):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto("/accounts/login/")

    expect(page.get_by_label("Password")).to_be_visible()
    expect(page.get_by_role("button", name="Show")).to_have_count(0)
    context.close()


def test_the_pages_of_a_new_password_show_it_too(alice_page, axe):
    alice_page.goto("/accounts/password/change/")
    alice_page.get_by_role("button", name="Show the password").nth(1).click()
    axe(alice_page)
    stays_within(alice_page)

    assert alice_page.locator("#id_password1").get_attribute("type") == "text"
    assert alice_page.locator("#id_oldpassword").get_attribute("type") == "password"
