"""The settings in a real browser: each saves itself and says so, and each group has a Save without a script."""

import re
from datetime import time

import pytest
from playwright.sync_api import expect

from exercises.models import Preferences
from tests.support.under_way import hold, until

SKIN = "(element) => getComputedStyle(element).getPropertyValue('--illo-skin').trim()"
GROUND = "getComputedStyle(document.body).backgroundColor"
TONES = ["#f0ba97", "#d9986c", "#a86a43", "#6f4429"]


def group(page, title):
    return page.get_by_role("region", name=title)


def told(page, field):
    """The message on the line of a setting."""
    return page.locator(f"#id_{field}_saved")


def choose(page, name, field):
    """A radio or a box, as a finger does: on its label."""
    page.locator(f"[data-saves] label:has([name={field}])").filter(has_text=name).click()


@pytest.fixture
def settings(alice_page):
    alice_page.goto("/settings/")
    return alice_page


def stored(alice, *names):
    return Preferences.objects.filter(user=alice).values_list(*names).get()


def test_a_setting_saves_itself_and_says_so_on_its_line(settings, alice, axe):
    settings.clock.install()
    choose(settings, "4", "goal_days")
    expect(told(settings, "goal_days")).to_have_text("Saved.")
    settings.get_by_label("Midday from").fill("12:30")
    expect(told(settings, "midday_at")).to_have_text("Saved.")
    settings.get_by_label("Right hip").check()
    expect(told(settings, "pain_sites")).to_have_text("Saved.")
    assert stored(alice, "goal_days", "midday_at", "pain_sites") == (4, time(12, 30), "right-hip")
    axe(settings)

    settings.clock.run_for(4000)
    expect(settings.get_by_text("Saved.")).to_have_count(0)


@pytest.mark.expects_in_console("422 (Unprocessable Entity)")
def test_a_zone_is_typed(settings, alice, axe):
    choose(settings, "Always the one below", "follows_browser")
    for typed, says in [("kathmandu", "Saved."), ("Atlantis", "We do not know this city.")]:
        settings.get_by_label("Time zone", exact=True).fill(typed)
        settings.keyboard.press("Tab")
        expect(told(settings, "time_zone")).to_contain_text(says)
        axe(settings)
    assert stored(alice, "time_zone") == ("Asia/Kathmandu",)


def test_saving_moves_nothing_on_the_page(settings):
    """At 320 pixels, where names and controls stand close together."""
    settings.set_viewport_size({"width": 320, "height": 640})
    controls = "[...document.querySelectorAll('.line :is(input:not([type=hidden]), select)')]"
    top = "(each) => each.getBoundingClientRect().top + scrollY"
    places = f"{controls}.filter((each) => each.checkVisibility()).map({top})"
    before = settings.evaluate(places)
    choose(settings, "4", "goal_days")
    expect(told(settings, "goal_days")).to_have_text("Saved.")

    assert settings.evaluate(places) == before


def test_a_saved_look_is_put_on_without_a_reload_and_stays(settings):
    settings.emulate_media(color_scheme="light")
    choose(settings, "Dark", "theme")
    choose(settings, "Tone 4", "skin")
    expect(told(settings, "skin")).to_have_text("Saved.")
    expect(settings.locator("html")).to_have_css("color-scheme", "dark")
    settings.goto("/")
    expect(settings.locator("html")).to_have_css("color-scheme", "dark")
    expect(settings.locator(".next-art .illo")).to_have_css("--illo-skin", TONES[3])

    settings.goto("/settings/")
    choose(settings, "Auto", "theme")
    expect(told(settings, "theme")).to_have_text("Saved.")
    assert settings.evaluate("document.documentElement.dataset.theme") is None


@pytest.mark.expects_in_console("422")
def test_a_wrong_time_gets_its_reason_and_stays_typed(settings, alice, axe):
    settings.get_by_label("Midday from").fill("05:00")
    expect(told(settings, "midday_at")).to_contain_text("This time must be later in your day than the one above.")
    expect(settings.get_by_label("Midday from")).to_have_attribute("aria-invalid", "true")
    expect(settings.get_by_label("Midday from")).to_have_value("05:00")
    expect(settings.locator("#toast")).to_be_empty()
    axe(settings)
    choose(settings, "6", "goal_days")
    expect(told(settings, "goal_days")).to_have_text("Saved.")

    settings.get_by_label("Midday from").fill("12:00")
    expect(told(settings, "midday_at")).to_have_text("Saved.")
    assert stored(alice, "midday_at", "goal_days") == (time(12), 6)


@pytest.mark.expects_in_console("net::ERR")
def test_what_could_not_be_sent_is_not_saved_and_can_be_tried_again(settings, alice, axe):
    settings.route("**/settings/days/", lambda route: route.abort())
    choose(settings, "2", "goal_days")
    expect(told(settings, "goal_days")).to_contain_text("Not saved.")
    expect(settings.get_by_role("radio", name="2", exact=True)).to_be_checked()
    expect(settings.get_by_role("alert")).to_have_count(0)
    axe(settings)
    settings.unroute("**/settings/days/")
    again = re.compile("Try again.*Your goal: days a week")
    told(settings, "goal_days").get_by_role("button", name=again).press("Enter")
    expect(told(settings, "goal_days")).to_have_text("Saved.")
    expect(settings.get_by_role("radio", name="2", exact=True)).to_be_focused()
    assert stored(alice, "goal_days") == (2,)


@pytest.mark.expects_in_console("net::ERR")
def test_what_could_not_be_sent_is_sent_when_the_network_is_back(settings, alice):
    settings.context.set_offline(True)
    choose(settings, "2", "goal_days")
    settings.get_by_label("Your week starts on").select_option("Sunday")
    expect(settings.get_by_text("You are offline. Changes can be saved when you are online again.")).to_be_visible()
    expect(told(settings, "goal_days")).to_contain_text("Not saved.")
    expect(told(settings, "week_starts_on")).to_contain_text("Not saved.")
    settings.context.set_offline(False)

    expect(told(settings, "goal_days")).to_have_text("Saved.")
    expect(told(settings, "week_starts_on")).to_have_text("Saved.")
    assert stored(alice, "goal_days", "week_starts_on") == (2, 6)


def test_a_time_that_is_being_typed_is_not_sent_yet(settings, alice):
    sent = []
    settings.on("request", lambda request: sent.append(request.post_data))
    settings.get_by_label("Midday from").focus()
    settings.keyboard.type("0130PM", delay=50)
    expect(told(settings, "midday_at")).to_have_text("Saved.")

    assert sent == ["field=midday_at&midday_at=13%3A30"]
    assert stored(alice, "midday_at") == (time(13, 30),)


def test_of_many_quick_choices_the_last_one_is_stored(settings, alice):
    """The first is on its way while the others come: they wait for it, and the last one goes."""
    with hold(settings, "**/settings/days/"):
        for days in "1234567":
            choose(settings, days, "goal_days")
    expect(told(settings, "goal_days")).to_have_text("Saved.")
    assert stored(alice, "goal_days") == (7,)


def test_what_was_chosen_is_stored_although_the_page_is_left_at_once(settings, alice):
    """One is on its way, one waits for it, and one is just being typed."""
    choose(settings, "2", "goal_days")
    choose(settings, "6", "goal_days")
    settings.get_by_label("Midday from").fill("12:30")
    settings.goto("/progress/")

    until(lambda: stored(alice, "goal_days", "midday_at"), lambda kept: kept == (6, time(12, 30)))


def test_enter_in_a_time_sends_nothing_else(settings, alice):
    Preferences.objects.filter(user=alice).update(goal_days=7)  # in another tab
    settings.get_by_label("Midday from").fill("12:30")
    settings.get_by_label("Midday from").press("Enter")
    expect(told(settings, "midday_at")).to_have_text("Saved.")

    assert stored(alice, "goal_days", "midday_at") == (7, time(12, 30))


@pytest.mark.expects_in_console("422")
def test_a_time_that_was_wrong_is_sent_again_when_its_neighbour_is_right(settings, alice):
    settings.get_by_label("Midday from").fill("18:00")
    expect(told(settings, "midday_at")).to_contain_text("This time must be earlier in your day than the one below.")
    settings.get_by_label("Evening from").fill("20:00")
    expect(told(settings, "midday_at")).to_have_text("Saved.")

    assert stored(alice, "midday_at", "evening_at") == (time(18), time(20))


def test_a_captive_portal_saves_nothing(settings, alice):
    settings.route("**/settings/days/", lambda route: route.fulfill(body="<h1>Log in to HotelNet</h1>"))
    choose(settings, "4", "goal_days")

    expect(told(settings, "goal_days")).to_contain_text("Not saved.")
    expect(told(settings, "goal_days").get_by_role("button")).to_be_visible()
    assert stored(alice, "goal_days") == (5,)


@pytest.mark.expects_in_console("403")
def test_a_refusal_says_why_and_once(settings):
    settings.context.clear_cookies(name="csrftoken")
    choose(settings, "4", "goal_days")

    expect(told(settings, "goal_days")).to_have_text(
        "Not saved. This page has been open too long. Please open it again, then try again."
    )
    expect(settings.locator("#toast")).to_be_empty()


@pytest.mark.expects_in_console("401")
def test_a_log_in_that_ended_is_asked_for_again(settings):
    settings.context.clear_cookies(name="sessionid")
    choose(settings, "4", "goal_days")

    expect(settings.get_by_role("button", name="Log in", exact=True)).to_be_visible()


@pytest.mark.parametrize("group_of", ["You", "Coach and sound", "Days and times"])
def test_without_a_script_each_group_has_one_save(new_context, alice, log_in, group_of):
    page = new_context(java_script_enabled=False).new_page()
    log_in(page, alice)
    page.goto("/settings/")
    save = group(page, group_of).get_by_role("button", name="Save")
    expect(save).to_have_count(1)
    save.click()

    expect(page.get_by_text("Saved.")).to_be_visible()


@pytest.mark.parametrize("pocket", [True], ids=["worker"], indirect=True)
def test_what_was_saved_is_said_while_the_worker_stores_its_pages(pocket):
    """Six times, with the pages of a whole round on their way at the same moment."""
    pocket.open("/settings/")
    for _ in range(6):
        pocket.page.evaluate(f"navigator.serviceWorker.controller.postMessage({{ keepFor: '{pocket.user.pk}' }})")
        pocket.page.get_by_role("button", name="Start on this day").click()
        expect(pocket.page.locator("main > div.banner")).to_have_text("Saved.")
        expect(pocket.page).to_have_url(re.compile("/settings/$"))  # so that a reload does not say it again
        pocket.page.reload()
        expect(pocket.page.locator("main > div.banner")).to_have_count(0)


def test_with_a_script_only_the_first_day_has_a_button(settings):
    expect(settings.get_by_text("Changes save by themselves.")).to_be_visible()
    expect(settings.get_by_role("button", name="Save")).to_have_count(0)
    expect(settings.get_by_role("button", name="Start on this day")).to_be_visible()


def test_each_swatch_shows_its_own_tone_whatever_the_page_wears(alice, alice_page):
    alice.preferences.skin = 3
    alice.preferences.save()
    alice_page.emulate_media(color_scheme="light")
    alice_page.goto("/settings/")

    assert [swatch.evaluate(SKIN) for swatch in alice_page.locator(".swatch").all()] == TONES


def test_light_stays_light_in_a_dark_room(alice, alice_page):
    alice_page.emulate_media(color_scheme="light")
    alice_page.goto("/")
    light = alice_page.evaluate(GROUND)
    alice_page.emulate_media(color_scheme="dark")
    assert alice_page.evaluate(GROUND) != light

    alice.preferences.theme = "light"
    alice.preferences.save()
    alice_page.reload()
    assert alice_page.evaluate(GROUND) == light


@pytest.mark.expects_in_console("422")
def test_without_a_script_a_wrong_time_is_marked_and_stays_typed(new_context, alice, log_in):
    page = new_context(java_script_enabled=False).new_page()
    log_in(page, alice)
    page.goto("/settings/")
    page.get_by_label("Midday from").fill("05:00")
    group(page, "Days and times").get_by_role("button", name="Save").click()

    expect(page.get_by_role("alert")).to_contain_text("Not saved.")
    expect(page.get_by_label("Midday from")).to_have_accessible_description(
        "This time must be later in your day than the one above."
    )
    expect(page.get_by_label("Midday from")).to_have_value("05:00")


def test_a_footer_stands_clear_of_the_bar_and_away_from_the_stage(alice_page):
    alice_page.goto("/session/morning/")
    link = alice_page.get_by_role("contentinfo").get_by_role("link", name="When to see a doctor")
    link.scroll_into_view_if_needed()
    bar = alice_page.get_by_role("navigation", name="Main").bounding_box()
    assert link.bounding_box()["y"] + link.bounding_box()["height"] <= bar["y"]

    alice_page.get_by_role("button", name="Start").click()
    expect(alice_page.get_by_role("contentinfo")).to_be_hidden()
    help_link = alice_page.get_by_role("link", name="When to see a doctor")
    expect(help_link).to_be_in_viewport()
    alice_page.get_by_role("button", name="Pause").click()
    expect(help_link).to_be_in_viewport()
