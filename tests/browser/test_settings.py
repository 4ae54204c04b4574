"""The settings in a real browser: looks apply at once, also without a script, and errors are easy to find."""

import re

import pytest
from playwright.sync_api import expect

from exercises.models import Preferences

SKIN = "(element) => getComputedStyle(element).getPropertyValue('--illo-skin').trim()"
GROUND = "getComputedStyle(document.body).backgroundColor"
TONES = ["#f0ba97", "#d9986c", "#a86a43", "#6f4429"]


@pytest.fixture(params=[True, False], ids=["with a script", "without"])
def page_of_alice(request, new_context, alice, log_in):
    page = new_context(java_script_enabled=request.param, color_scheme="light").new_page()
    log_in(page, alice)
    page.goto("/settings/")
    return page


def group(page, title):
    return page.get_by_role("region", name=title)


def test_looks_are_put_on_and_stay(page_of_alice):
    page = page_of_alice
    looks = group(page, "How it looks")
    looks.get_by_role("radio", name="Dark").check(force=True)
    looks.get_by_role("radio", name="Tone 4").check(force=True)
    looks.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto("/")

    expect(page.locator("html")).to_have_css("color-scheme", "dark")
    expect(page.locator(".next-art .illo")).to_have_css("--illo-skin", TONES[3])


def test_one_save_keeps_what_was_chosen_in_other_groups_too(alice, alice_page):
    alice_page.goto("/settings/")
    group(alice_page, "Looks").get_by_role("radio", name="Dark").check(force=True)
    group(alice_page, "Pain").get_by_role("checkbox", name="Low back").check(force=True)
    group(alice_page, "The coach").get_by_role("button", name="Save").click()

    expect(alice_page.get_by_text("Saved.")).to_have_count(1)
    expect(alice_page.locator("html")).to_have_css("color-scheme", "dark")
    kept = Preferences.objects.get(user=alice)
    assert (kept.theme, kept.pain_sites) == ("dark", "low-back")


@pytest.mark.expects_in_console("422")
def test_what_is_wrong_in_another_group_is_shown_and_not_passed_over(alice, alice_page):
    alice_page.goto("/settings/")
    zone = group(alice_page, "Time zone")
    zone.get_by_role("combobox").evaluate("(field) => field.append(new Option('Mars', 'Mars', true, true))")
    group(alice_page, "Looks").get_by_role("button", name="Save").click()

    expect(alice_page.get_by_text("Not saved.")).to_be_visible()
    expect(alice_page).to_have_url(re.compile("/settings/zone/"))


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
def test_a_refused_group_has_no_fault_that_axe_finds(alice_page, axe):
    alice_page.goto("/settings/")
    day = group(alice_page, "Your day")
    day.get_by_label("Midday from").fill("05:00")
    day.get_by_role("button", name="Save").click()

    expect(alice_page.get_by_role("alert")).to_contain_text("Not saved.")
    expect(day.get_by_label("Midday from")).to_have_accessible_description(
        "This time must be later in your day than the one above."
    )
    expect(day.get_by_label("Midday from")).to_have_value("05:00")
    axe(alice_page)


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
