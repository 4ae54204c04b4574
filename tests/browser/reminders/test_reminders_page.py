"""The page of reminders in a real browser: from nothing to a first reminder, and one to try."""

import re
from datetime import time, timedelta

import pytest
from playwright.sync_api import expect

from exercises.models import Delivery, Preferences, State
from exercises.models.reminder import TEST
from tests.support.phone_day import phone_today
from tests.support.reminders.choices import beat, choose
from tests.support.reminders.devices import a_device
from tests.support.under_way import hold, until
from tests.support.usual_plan import plan_since

PAGE = "/settings/reminders/"
TRIED = "#tried"
AN_ANSWER = "new Promise((done) => document.addEventListener('htmx:afterOnLoad', () => done(), { once: true }))"


def stored(alice, *names):
    return Preferences.objects.filter(user=alice).values_list(*names).get()


def told(page, field):
    return page.locator(f"#id_{field}_saved")


def came_back(alice, state, answer):
    Delivery.objects.of(alice).filter(slot=TEST).update(state=state, answer=answer)


@pytest.fixture
def settings_page(alice_page):
    alice_page.goto("/settings/")
    return alice_page


@pytest.fixture
def reminders(alice_page):
    alice_page.goto(PAGE)
    return alice_page


def test_three_taps_lead_to_a_reminder_and_on_to_its_way(settings_page, alice, axe):
    """On a small phone. The second and the third tap are there without scrolling."""
    settings_page.set_viewport_size({"width": 320, "height": 568})
    settings_page.get_by_role("link", name="Reminders Off").click()
    expect(settings_page.get_by_text("You get no reminders yet. Choose a session below.")).to_be_visible()
    axe(settings_page)
    settings_page.get_by_role("switch", name="Evening").click()

    expect(told(settings_page, "evening_reminded")).to_have_text("Saved.")
    expect(settings_page.get_by_text("Nothing comes yet. Choose below how reminders reach you.")).to_be_attached()
    expect(settings_page.get_by_role("heading", name="How")).to_be_in_viewport()
    until(lambda: settings_page.evaluate("document.activeElement.closest('#ways') !== null"), bool)
    assert stored(alice, "remind_slots", "evening_remind_at") == ("evening", time(19, 30))
    expect(settings_page.get_by_label("Evening: at")).to_have_value("19:30")
    expect(settings_page.get_by_label("Morning: at")).to_be_hidden()
    axe(settings_page)
    settings_page.goto("/settings/")
    expect(settings_page.get_by_role("link", name="Reminders Evening 19:30, but nothing comes yet")).to_be_visible()


def test_whoever_is_reached_stays_where_the_switch_is(alice, alice_page):
    a_device(alice)
    beat()
    alice_page.clock.install()
    alice_page.goto(PAGE)
    alice_page.get_by_role("switch", name="Evening").click()

    expect(alice_page.get_by_text("Next: evening session")).to_be_visible()
    alice_page.clock.run_for(5000)
    expect(alice_page.get_by_role("switch", name="Evening")).to_be_focused()


def test_each_choice_saves_itself_and_the_picture_follows(alice, alice_page, axe):
    choose(alice, remind_slots="evening", evening_remind_at=time(23, 59))
    alice_page.goto(PAGE)
    sample = alice_page.get_by_role("img", name="What a reminder looks like:")
    alice_page.get_by_label("Evening: at").fill("20:15")
    expect(told(alice_page, "evening_remind_at")).to_have_text("Saved.")
    alice_page.get_by_label("Evening: after").fill("I feed the cat")
    alice_page.get_by_role("switch", name="Name the exercises").click()
    expect(sample).to_have_accessible_name(re.compile("Evening session After I feed the cat: Toe presses, Toe walking"))

    alice_page.get_by_role("switch", name="Quiet hours").click()
    expect(told(alice_page, "quiet_hours")).to_have_text("Saved.")
    alice_page.get_by_label("Quiet from").fill("20:00")
    expect(alice_page.get_by_text("It never comes, because it lies in your quiet hours.")).to_be_visible()
    axe(alice_page)
    kept = stored(alice, "evening_remind_at", "evening_after", "remind_with_names", "quiet_from", "quiet_until")
    assert kept == (time(20, 15), "I feed the cat", True, time(20), time(7))


def test_two_tabs_switch_different_sessions(reminders, alice):
    other = reminders.context.new_page()
    other.goto(PAGE)
    for page, session in [(reminders, "morning"), (other, "evening"), (reminders, "midday")]:
        page.get_by_role("switch", name=session.capitalize()).click()
        expect(told(page, f"{session}_reminded")).to_have_text("Saved.")
    other.get_by_role("switch", name="Evening").click()

    until(lambda: stored(alice, "remind_slots"), lambda kept: kept == ("morning midday",))


@pytest.mark.expects_in_console("net::ERR")
def test_without_a_network_nothing_is_lost(reminders, alice):
    reminders.context.set_offline(True)
    reminders.get_by_role("switch", name="Morning").click()
    expect(told(reminders, "morning_reminded")).to_contain_text("Not saved.")
    expect(reminders.get_by_text("You are offline.").first).to_be_visible()
    reminders.context.set_offline(False)

    expect(told(reminders, "morning_reminded")).to_have_text("Saved.")
    assert stored(alice, "remind_slots") == ("morning",)


def test_a_double_tap_on_a_switch_leaves_it_as_it_was_and_leads_nowhere(alice_page, alice):
    alice_page.clock.install()
    alice_page.goto(PAGE)
    morning = alice_page.get_by_role("switch", name="Morning")
    with hold(alice_page, f"**{PAGE}when/"):
        morning.dblclick()
    expect(told(alice_page, "morning_reminded")).to_have_text("Saved.")
    assert stored(alice, "remind_slots") == ("",)

    alice_page.clock.run_for(5000)
    expect(morning).to_be_focused()
    expect(morning).not_to_be_checked()


def test_one_to_try_goes_out_and_says_what_came_back(alice, alice_page, axe):
    a_device(alice)
    beat()
    alice_page.goto(PAGE)
    alice_page.get_by_role("button", name="Send one now").dblclick()
    expect(alice_page.locator(TRIED)).to_contain_text("On its way to Chrome on Android.")
    axe(alice_page)
    shown = alice_page.locator(f"{TRIED} li")
    shown.evaluate("(each) => void (each.isTheSame = true)")
    alice_page.evaluate(AN_ANSWER)
    assert shown.evaluate("(each) => each.isTheSame")  # else a screen reader says it again
    came_back(alice, State.SENT, "201")

    expect(alice_page.locator(TRIED)).to_contain_text("Sent to Chrome on Android.")
    expect(alice_page.get_by_role("link", name="Look again")).to_have_count(0)
    expect(alice_page).to_have_url(re.compile(f"{PAGE}$"))
    assert Delivery.objects.of(alice).filter(slot=TEST).count() == 1


@pytest.mark.expects_in_console("422")
def test_there_is_nothing_to_try_without_a_way(reminders):
    reminders.get_by_role("button", name="Send one now").click()

    expect(reminders.get_by_text("First choose how reminders reach you. Then try it.")).to_be_visible()


@pytest.mark.expects_in_console("422")
def test_without_a_script_all_of_it_works(new_context, alice, log_in):
    page = new_context(java_script_enabled=False).new_page()
    log_in(page, alice)
    page.goto(PAGE)
    page.get_by_role("switch", name="Evening").click()
    page.get_by_label("Evening: after").fill("the news")
    when = page.get_by_role("region", name="When")
    when.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert stored(alice, "remind_slots", "evening_remind_at", "evening_after") == ("evening", time(19, 30), "the news")

    page.get_by_role("switch", name="Quiet hours").click()
    page.get_by_label("Quiet from").fill("07:00")
    page.get_by_role("region", name="More").get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Not saved.")
    expect(page.get_by_label("Quiet from")).to_have_accessible_description("Please choose two different times.")

    page.goto(PAGE)
    a_device(alice)
    beat()
    page.get_by_role("button", name="Send one now").click()
    came_back(alice, State.FAILED, "gone")
    page.get_by_role("link", name="Look again").click()
    expect(page.locator(TRIED)).to_contain_text("Chrome on Android no longer takes messages from here.")


def test_keys_right_to_left_and_forced_colours(reminders):
    reminders.get_by_role("switch", name="Midday").focus()
    reminders.keyboard.press("Space")
    expect(told(reminders, "midday_reminded")).to_have_text("Saved.")
    reminders.evaluate("document.documentElement.dir = 'rtl'")
    for width in (195, 320, 1280):
        reminders.set_viewport_size({"width": width, "height": 700})
        assert reminders.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    reminders.emulate_media(forced_colors="active")
    on, off = (reminders.get_by_role("switch", name=name) for name in ("Midday", "Evening"))
    ground = "(each) => getComputedStyle(each).backgroundColor"
    assert on.evaluate(ground) != off.evaluate(ground)


def test_the_offer_on_today_goes_after_a_no(reminders, alice, axe):
    choose(alice, reminders_offered=False)
    plan_since(alice, phone_today() - timedelta(days=3))
    reminders.goto("/")
    offer = reminders.get_by_role("region", name="A reminder at the right moment?")
    expect(offer.get_by_role("link", name="Choose")).to_have_attribute("href", PAGE)
    axe(reminders)
    offer.get_by_role("button", name="No, thanks").click()

    expect(offer).to_have_count(0)
    assert stored(alice, "reminders_offered") == (True,)
