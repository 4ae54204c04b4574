"""Editing the plan: the minutes follow each change, also by keyboard, and without a script after Save."""

import re

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet, User
from exercises.record.plan_changes import change_plan
from tests.support.phone_day import phone_today
from tests.support.steps import two_bad_days

PAGE = "/settings/plan/"


def card(page, name):
    return page.get_by_role("region", name=name, exact=True)


def unfold(card):
    card.locator("summary").press("Enter")
    return card


def due_today(user):
    day = phone_today()
    return {each.exercise.slug: (each.reps, [*each.slots]) for each in User.objects.get(pk=user.pk).plan.on(day)}


def test_the_minutes_follow_the_keyboard_and_the_buttons(alice_page, alice):
    alice_page.goto(PAGE)
    minutes, save = alice_page.locator("#plan-sum"), alice_page.get_by_role("button", name="Save")
    expect(alice_page.locator("#plan-split")).to_contain_text("19:53 minutes a day")
    expect(save).to_be_hidden()
    presses = unfold(card(alice_page, "Toe presses"))

    presses.get_by_role("spinbutton", name="How many times").press("ArrowDown")
    expect(minutes).to_contain_text("19:35 minutes a day was 19:53")
    presses.get_by_role("button", name="How many times: more").press("Enter")
    expect(minutes).to_contain_text("19:53 minutes a day")
    expect(save).to_be_hidden()  # as it was
    expect(card(alice_page, "What changes")).to_have_count(0)

    presses.get_by_role("checkbox", name="Midday").press("Space")
    expect(alice_page.locator("#plan-split")).to_contain_text("Midday 0:52")
    expect(presses.locator("summary")).to_contain_text("Standing · morning and evening")
    expect(card(alice_page, "What changes")).to_contain_text("Sessions: morning, evening (was morning, midday")
    presses.get_by_role("spinbutton", name="How many times").press("Enter")

    expect(alice_page.get_by_text(re.compile("Saved. From today a day takes 18:42 minutes."))).to_be_visible()
    assert due_today(alice)["toe-presses"] == (10, ["morning", "evening"])


@pytest.mark.expects_in_console("422")
def test_an_impossible_plan_is_explained_beside_the_minutes(alice_page, axe):
    alice_page.goto(PAGE)
    walking = unfold(card(alice_page, "Toe walking"))
    walking.get_by_role("spinbutton", name="Walk (seconds)").fill("120")
    walking.get_by_role("spinbutton", name="How many walks").fill("20")
    walking.get_by_role("spinbutton", name="How many walks").press("Tab")

    minutes = alice_page.locator("#plan-sum")
    expect(minutes).to_contain_text("A session can last at most 30 minutes")
    axe(alice_page)
    walking.get_by_role("button", name="How many walks: less").click(click_count=15)
    expect(minutes).to_contain_text("minutes a day was 19:53")
    expect(alice_page.get_by_role("button", name="Save")).to_be_in_viewport()


@pytest.mark.expects_in_console("422")  # of the minutes, if they come before the page that refuses the form
def test_a_wrong_number_in_a_folded_part_opens_it(alice_page):
    alice_page.goto(PAGE)
    presses = unfold(card(alice_page, "Toe presses"))
    times = presses.get_by_role("spinbutton", name="How many times")
    times.fill("0")
    unfold(presses)
    expect(times).to_be_hidden()
    alice_page.get_by_role("button", name="Save").click()

    expect(times).to_be_focused()
    expect(times).to_be_in_viewport()


def test_without_a_script_it_is_saved_and_told_all_the_same(new_context, alice, log_in):
    page = new_context(java_script_enabled=False).new_page()
    log_in(page, alice)
    page.goto(PAGE)
    circles = unfold(card(page, "Ankle circles"))
    expect(circles.get_by_role("button", include_hidden=True)).to_have_count(4)
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    expect(circles.get_by_role("button")).to_have_count(0)
    circles.get_by_role("spinbutton", name="Seconds each way").fill("5")
    circles.get_by_role("checkbox", name="Midday").uncheck(force=True)
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Saved. From today a day takes")).to_be_visible()
    expect(page.locator("#plan-split")).to_contain_text("Midday 1:03")


def test_a_later_day_is_asked_for_only_when_it_is_chosen(alice_page):
    alice_page.goto(PAGE)
    day = alice_page.get_by_label("Which day")
    expect(day).to_be_hidden()

    alice_page.get_by_role("radio", name="From a later day").check(force=True)
    expect(day).to_be_visible()


def test_a_ready_made_plan_is_filled_in_by_a_tap_and_saved_by_another(alice_page, alice):
    alice_page.goto(PAGE)
    alice_page.get_by_role("link", name="13 min Step 2").click()
    expect(card(alice_page, "What changes")).to_contain_text("How many times: 7 (was 10)")
    expect(card(alice_page, "Toe presses")).to_contain_text("7 times, 4 seconds each")
    alice_page.get_by_role("button", name="Save").click()

    expect(alice_page.get_by_text("Saved. From today a day takes 12:47 minutes.")).to_be_visible()
    expect(alice_page.get_by_role("link", name="13 min Step 2 Your plan now")).to_be_visible()
    assert due_today(alice)["toe-presses"][0] == 7


def test_another_way_is_chosen_by_its_picture(alice_page, alice):
    alice_page.goto(f"{PAGE}?exercise=toe-walking#plan-toe-walking")
    walking = card(alice_page, "Toe walking")
    expect(walking).to_be_in_viewport()
    walking.get_by_role("radio", name="Heel raises at the counter").check()
    expect(card(alice_page, "What changes")).to_contain_text(
        "Way to do it: Heel raises at the counter (was Toe walking)"
    )
    expect(card(alice_page, "Heel raises at the counter")).to_contain_text("6 times, 20 seconds each")
    alice_page.get_by_role("button", name="Save").click()

    expect(alice_page.get_by_text(re.compile("Saved. From today"))).to_be_visible()
    assert User.objects.get(pk=alice.pk).plan.on(phone_today())[1].variant == "heel-raises"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_step_is_taken_and_undone_by_one_tap_each(new_context, alice, log_in, scripts):
    two_bad_days(alice, phone_today())
    page = new_context(java_script_enabled=scripts).new_page()
    log_in(page, alice)
    page.goto("/")
    before = due_today(alice)
    card(page, "A little less for now?").get_by_role("button", name="Take step 3").click()
    expect(page.get_by_text("Saved. From today a day takes 15:39 minutes.")).to_be_visible()
    expect(card(page, "A little less for now?")).to_have_count(0)
    assert due_today(alice)["toe-presses"][0] == 8

    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("Undone.", exact=True)).to_be_visible()
    assert due_today(alice) == before

    card(page, "A little less for now?").get_by_role("button", name="Not now").click()
    expect(page.get_by_text("All right. We will not ask again for two weeks.")).to_be_visible()
    expect(card(page, "A little less for now?")).to_have_count(0)


def test_a_session_that_is_open_while_its_exercise_is_turned_off_goes_on(alice_page, alice):
    alice_page.goto("/session/morning/")
    day = phone_today()
    change_plan(alice, [each.changed(slots=()) for each in alice.plan.on(day)[:1]], day, day)
    alice_page.get_by_role("button", name="Tick off: Toe presses").click()

    expect(alice_page.locator("#steps")).not_to_contain_text("Toe presses")  # it is not the answer's any more
    expect(alice_page.get_by_role("button", name="Tick off: Toe walking")).to_be_visible()
    assert CompletedSet.objects.of(alice).get().exercise.slug == "toe-presses"
    alice_page.goto("/")
    expect(alice_page.get_by_role("button", name="Toe presses, extra sets: 1")).to_be_visible()
