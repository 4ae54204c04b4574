"""Editing the plan: the minutes follow each change, also by keyboard, and without a script after Save."""

import re

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet, User
from exercises.record.plan_changes import change_plan
from tests.support.phone_day import phone_today

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
    minutes = alice_page.locator("#plan-sum")
    expect(minutes).to_contain_text("19:53 minutes a day")
    presses = unfold(card(alice_page, "Toe presses"))

    presses.get_by_role("spinbutton", name="How many times").press("ArrowDown")
    expect(minutes).to_contain_text("19:35 minutes a day was 19:53")
    presses.get_by_role("button", name="How many times: more").press("Enter")
    expect(minutes).to_contain_text("19:53 minutes a day")
    expect(card(alice_page, "What changes")).to_have_count(0)

    presses.get_by_role("checkbox", name="Midday").press("Space")
    expect(minutes).to_contain_text("Midday 0:52")
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
    expect(circles.get_by_role("button")).to_have_count(0)
    circles.get_by_role("spinbutton", name="Seconds each way").fill("5")
    circles.get_by_role("checkbox", name="Midday").uncheck(force=True)
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Saved. From today a day takes")).to_be_visible()
    expect(page.locator("#plan-sum")).to_contain_text("Midday 1:03")


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
