"""Log-in and security in a browser: one device logs another out, and is itself still in."""

from playwright.sync_api import expect

from tests.support.log_ins import fill_in_log_in

PAGE = "/settings/security/"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def logged_in_page(context, base_url):
    page = context.new_page()
    page.goto(f"{base_url}/accounts/login/")
    fill_in_log_in(page)
    expect(page).to_have_url(f"{base_url}/")
    return page


def test_a_lost_device_is_logged_out_by_keyboard(new_context, base_url, alice, axe):
    phone = logged_in_page(new_context(), base_url)
    laptop = logged_in_page(new_context(user_agent=LAPTOP), base_url)
    phone.goto(f"{base_url}{PAGE}")
    listed = phone.locator("#where ~ .security-list > li")
    expect(listed).to_have_count(2)
    expect(listed.first).to_contain_text("This device")
    button = listed.nth(1).get_by_role("button", name="Log out")
    expect(button).to_have_accessible_description("Firefox on Windows")
    axe(phone)

    button.focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("That device is logged out.")).to_be_visible()
    expect(listed).to_have_count(1)
    laptop.goto(f"{base_url}/progress/")
    expect(laptop.get_by_role("heading", name="Welcome back")).to_be_visible()

    phone.get_by_role("button", name="Log out everywhere else").click()
    expect(phone.get_by_text("All other devices are logged out.")).to_be_visible()
    phone.go_back()
    phone.reload()
    expect(listed).to_have_count(1)
