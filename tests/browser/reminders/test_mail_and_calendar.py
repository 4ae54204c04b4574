"""The pages of mails and calendars: an address is made and copied, and mails are stopped by one button."""

from playwright.sync_api import expect

from exercises.models import CalendarFeed, Preferences
from exercises.reminders.stop_link import stop_path


def stays_within(page):
    for width in (195, 320, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, width)


def test_an_address_for_the_calendar_is_made_copied_and_ended(alice_page, alice, base_url, axe):
    page = alice_page
    page.context.grant_permissions(["clipboard-write"])
    page.goto("/settings/reminders/")
    page.get_by_role("button", name="Make a private address").click()
    address = page.get_by_label("Address").input_value()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status").get_by_text("Copied.")).to_be_visible()

    assert address.startswith(f"{base_url}/calendar/")
    add = page.get_by_role("link", name="Add to calendar").get_attribute("href")
    assert add == address.replace("http://", "webcal://")
    assert page.request.get(address).ok
    axe(page)
    stays_within(page)

    page.get_by_role("link", name="Back to the reminders").click()
    stays_within(page)
    page.get_by_role("button", name="End", exact=True).click()
    expect(page.get_by_text("This address no longer works.")).to_be_visible()
    assert not CalendarFeed.objects.exists()


def test_mails_are_stopped_by_one_button_without_a_log_in(page, alice, axe):
    Preferences.objects.filter(user=alice).update(remind_by_mail=True)
    page.goto(stop_path(alice))
    axe(page)
    stays_within(page)
    page.get_by_role("button", name="Stop reminders by email").click()
    expect(page.get_by_role("status")).to_have_text("You get no more reminders by email.")
    axe(page)
    stays_within(page)

    assert not Preferences.objects.get(user=alice).remind_by_mail
