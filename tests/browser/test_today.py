"""Today in a real browser: tick, take back, double tap, no answer, no JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet, Undo


def mark(page, exercise, sitting):
    return page.get_by_role("button", name=re.compile(f"^{exercise}, {sitting}"))


def ring(page, done):
    return page.get_by_role("img", name=f"{done} of 10 sets done today")


def test_a_tap_ticks_and_a_second_tap_later_takes_it_back(alice_page):
    alice_page.clock.install()
    alice_page.goto("/")
    mark(alice_page, "Toe presses", "Morning").click()

    expect(mark(alice_page, "Toe presses", "Morning")).to_have_attribute("aria-pressed", "true")
    expect(ring(alice_page, 1)).to_be_visible()
    expect(mark(alice_page, "Toe presses", "Morning")).to_be_focused()

    alice_page.clock.run_for(2500)
    mark(alice_page, "Toe presses", "Morning").click()

    expect(mark(alice_page, "Toe presses", "Morning")).to_have_attribute("aria-pressed", "false")
    expect(ring(alice_page, 0)).to_be_visible()


def test_a_double_tap_is_one_set(alice_page):
    alice_page.goto("/")
    mark(alice_page, "Toe presses", "Morning").dblclick()
    expect(ring(alice_page, 1)).to_be_visible()
    mark(alice_page, "Toe presses", "Morning").click()
    mark(alice_page, "Ankle circles", "Morning").click()
    expect(ring(alice_page, 2)).to_be_visible()

    assert CompletedSet.objects.count() == 2
    assert not Undo.objects.exists()


def test_the_toast_takes_it_back_and_goes_by_itself(alice_page):
    alice_page.clock.install()
    alice_page.goto("/")
    mark(alice_page, "Toe presses", "Morning").click()
    toast = alice_page.get_by_role("status")
    expect(toast).to_contain_text("Toe presses, Morning: done.")
    toast.get_by_role("button", name="Undo").click()

    expect(ring(alice_page, 0)).to_be_visible()
    expect(toast).to_contain_text("Taken back.")
    expect(mark(alice_page, "Toe presses", "Morning")).to_be_focused()
    alice_page.mouse.move(0, 0)
    alice_page.clock.run_for(9000)
    expect(toast).to_be_empty()


def test_the_tick_carries_the_time_and_zone_of_the_phone(alice_page):
    alice_page.goto("/")
    mark(alice_page, "Toe presses", "Morning").click()
    expect(ring(alice_page, 1)).to_be_visible()

    assert CompletedSet.objects.get().time_zone == "Europe/Berlin"


@pytest.mark.expects_in_console("net::ERR", "htmx:")
def test_without_an_answer_the_mark_stays_open_and_says_so(alice_page):
    alice_page.goto("/")
    alice_page.context.set_offline(True)
    mark(alice_page, "Toe presses", "Morning").click()
    expect(alice_page.get_by_role("alert")).to_contain_text("Not saved")
    expect(mark(alice_page, "Toe presses", "Morning")).to_have_attribute("aria-pressed", "false")

    alice_page.context.set_offline(False)
    mark(alice_page, "Toe presses", "Morning").click()
    expect(ring(alice_page, 1)).to_be_visible()
    expect(alice_page.get_by_text("Not saved")).to_be_hidden()


@pytest.mark.expects_in_console("404")
def test_a_refusal_is_shown_in_one_sentence(alice_page):
    alice_page.goto("/")
    mark(alice_page, "Toe presses", "Morning").click()
    expect(ring(alice_page, 1)).to_be_visible()
    CompletedSet.objects.all().delete()
    alice_page.get_by_role("status").get_by_role("button", name="Undo").click()

    expect(alice_page.get_by_role("alert")).to_have_text("There is nothing here.")


def test_it_all_works_without_javascript(new_context, alice, log_in):
    page = new_context(java_script_enabled=False).new_page()
    log_in(page, alice)
    page.goto("/")
    mark(page, "Toe presses", "Morning").click()
    expect(ring(page, 1)).to_be_visible()
    mark(page, "Toe presses", "Morning").click()
    expect(ring(page, 0)).to_be_visible()


def test_the_keyboard_ticks_too(alice_page):
    alice_page.goto("/")
    mark(alice_page, "Toe walking", "Evening").focus()
    alice_page.keyboard.press("Space")

    expect(ring(alice_page, 1)).to_be_visible()


@pytest.mark.expects_in_console("net::ERR", "htmx:")
def test_a_tap_whose_answer_was_lost_is_the_same_set_when_tapped_again(alice_page):
    def lose_the_answer(route):
        route.fetch()
        route.abort()

    alice_page.route("**/sets/", lose_the_answer, times=1)
    alice_page.goto("/")
    mark(alice_page, "Toe presses", "Morning").click()
    expect(alice_page.get_by_role("alert")).to_contain_text("Not saved")
    mark(alice_page, "Toe presses", "Morning").click()

    expect(ring(alice_page, 1)).to_be_visible()
    assert CompletedSet.objects.count() == 1
