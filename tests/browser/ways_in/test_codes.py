"""Codes of an app in the browser: turned on, asked for, replaced by a recovery code; and what stays on no phone."""

import pytest
from playwright.sync_api import expect

from tests.support.log_ins import fill_in_log_in
from tests.support.pocket import KEPT_PAGES
from tests.support.under_way import until
from tests.support.ways_in.codes import SECRET, code_now, recovery_codes_of, turn_on

COLOURS = "(qr) => [getComputedStyle(qr).backgroundColor, getComputedStyle(qr).fill]"
NOTED = """
window.print = () => (window.printed = true);
if (navigator.clipboard) navigator.clipboard.writeText = async (text) => (window.copied = text);
"""


def log_in_by_form(page):
    page.goto("/accounts/login/")
    fill_in_log_in(page)


def copied(page):
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    return page.evaluate("window.copied")


@pytest.fixture
def here(page, alice):
    """Alice has just logged in."""
    page.add_init_script(NOTED)
    log_in_by_form(page)
    page.wait_for_url("/")
    return page


def test_codes_are_turned_on_in_three_steps(here, axe):
    here.goto("/settings/security/")
    here.get_by_role("link", name="Turn on").click()
    expect(here.get_by_role("heading", name="Add Footcare to the app")).to_be_visible()
    expect(here.get_by_role("link", name="Open my code app")).to_be_hidden()  # this is no phone
    axe(here)
    for scheme in ("dark", "light"):
        here.emulate_media(color_scheme=scheme)
        assert here.locator(".qr-code").evaluate(COLOURS) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    here.get_by_role("button", name="Copy the key").click()
    here.get_by_label("Code of the app").fill(code_now(copied(here).replace(" ", "")))
    here.get_by_label("Code of the app").press("Enter")

    expect(here.get_by_role("heading", name="10 of 10 left")).to_be_visible()
    axe(here)
    here.get_by_role("link", name="Back to log-in and security").click()
    expect(here.get_by_role("region", name="Codes when you log in")).to_contain_text("10 of 10 left.")
    axe(here)


@pytest.mark.expects_in_console("422 (Unprocessable Entity)")
def test_a_wrong_first_code_is_told_where_it_was_typed(here, axe):
    here.goto("/accounts/codes/on/")
    code = here.get_by_label("Code of the app")
    code.fill("000000")
    code.press("Enter")

    expect(here.get_by_text("Please enter the one that the app shows now.")).to_be_in_viewport()
    expect(code).to_be_focused()
    axe(here)


def test_recovery_codes_are_copied_printed_saved_and_replaced(here, alice, axe):
    codes = [f"{each[:4]} {each[4:]}" for each in recovery_codes_of(turn_on(alice))]
    here.goto("/accounts/recovery-codes/")
    here.get_by_role("button", name="Copy").click()
    assert copied(here).split("\n") == codes
    here.get_by_role("button", name="Print").click()
    assert here.evaluate("window.printed")
    with here.expect_download() as saved:
        here.get_by_role("link", name="Save as a file").click()
    assert [line for line in saved.value.path().read_text().splitlines() if line in codes] == codes

    here.get_by_role("link", name="Make new ones").click()
    axe(here)
    here.get_by_role("button", name="Make new recovery codes").click()
    expect(here.get_by_text("The old ones no longer work.")).to_be_visible()
    expect(here.get_by_text(codes[0])).to_have_count(0)


def test_codes_are_turned_off(here, alice, axe):
    turn_on(alice)
    here.goto("/settings/security/")
    here.get_by_role("link", name="Turn off").click()
    axe(here)
    here.get_by_role("button", name="Turn codes off").click()

    expect(here.get_by_text("Codes are off.")).to_be_visible()


def test_a_code_is_asked_for_after_the_password(page, alice, axe):
    turn_on(alice)
    page.goto("/progress/")
    fill_in_log_in(page)
    code = page.get_by_label("Code")
    expect(code).to_be_focused()
    axe(page)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_label("Password")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Password")).to_be_visible()


@pytest.mark.expects_in_console("422 (Unprocessable Entity)")
def test_a_recovery_code_logs_in_and_a_second_tab_is_led_on(page, alice, axe):
    turn_on(alice)
    page.goto("/progress/")
    fill_in_log_in(page)
    code = page.get_by_label("Code")
    second = page.context.new_page()
    second.goto("/accounts/codes/")
    code.fill("000000")
    code.press("Enter")
    expect(page.get_by_text("That code is not right. Please try again.")).to_be_visible()
    expect(code).to_be_focused()
    axe(page)
    code.fill(recovery_codes_of(alice)[0])
    code.press("Enter")
    page.wait_for_url("/progress/")
    second.get_by_label("Code").fill(code_now())
    second.get_by_label("Code").press("Enter")
    second.wait_for_url("/")
    page.goto("/settings/security/")
    expect(page.get_by_role("region", name="Codes when you log in")).to_contain_text("9 of 10 left.")


def test_who_proves_it_again_comes_back(alice_page, alice, axe):
    turn_on(alice)
    alice_page.goto("/accounts/recovery-codes/")
    expect(alice_page.get_by_role("heading", name="Is this you?")).to_be_visible()
    axe(alice_page)
    alice_page.get_by_label("Code of your app").fill(code_now())
    alice_page.get_by_role("button", name="Continue with this code").click()

    expect(alice_page.get_by_role("heading", name="10 of 10 left")).to_be_visible()


def test_a_phone_opens_the_app_that_is_on_it(new_context, alice, axe):
    page = new_context(has_touch=True, is_mobile=True).new_page()
    log_in_by_form(page)
    page.wait_for_url("/")
    page.goto("/accounts/codes/on/")
    button = page.get_by_role("link", name="Open my code app")
    expect(button).to_be_visible()
    key = page.locator("#key").inner_text().replace(" ", "")

    assert f"?secret={key}&issuer=Footcare" in button.get_attribute("href")
    axe(page)


def test_no_phone_stores_a_page_with_recovery_codes(phone, alice):
    turn_on(alice, SECRET)
    phone.goto("/accounts/recovery-codes/")
    phone.get_by_label("Code of your app").fill(code_now())
    phone.get_by_role("button", name="Continue with this code").click()
    expect(phone.get_by_role("heading", name="10 of 10 left")).to_be_visible()
    phone.goto("/settings/security/")

    [[_name, stored]] = until(lambda: phone.evaluate(KEPT_PAGES), lambda kept: "/settings/security/" in kept[0][1])
    assert [path for path in stored if path.startswith("/accounts/")] == []
