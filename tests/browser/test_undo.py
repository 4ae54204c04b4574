"""Undoing a set on a phone and adding it again; and what the form for rest days offers."""

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet, Undo
from tests.support.pocket import FRIDAY

pytestmark = pytest.mark.expects_in_console("net::ERR")
WEDNESDAY = "/progress/2026-11-18/"
AS_DONE = ("exercise_id", "slot", "day", "completed_at", "time_zone", "source", "reps", "session")
SESSION = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def done(pocket):
    """A set of Wednesday with the timer, not all of it, on the page of its day."""
    pocket.open("/help/", at=FRIDAY)
    times = {"completed_at": "2026-11-18T07:31:12+01:00", "timezone": "Europe/Berlin"}
    event = {"kind": "set", "id": "22222222-2222-4222-8222-222222222222", "exercise": "toe-presses", "slot": "morning"}
    pocket.write({**event, **times, "source": "timed", "reps": 7, "session": SESSION})
    pocket.open(WEDNESDAY)
    pocket.expect_empty()
    pocket.open(WEDNESDAY).stop_time()  # the toast of an undo stays
    return CompletedSet.objects.get()


def undo_set(pocket):
    pocket.page.get_by_role("button", name="Undo: Toe presses, Morning, 07:31").click()
    expect(pocket.page.get_by_role("status")).to_contain_text("Toe presses, Morning: undone.")


def tap_undo(pocket, words):
    pocket.page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(pocket.page.get_by_role("status")).to_contain_text(words)


def as_done(each):
    return [getattr(each, name) for name in AS_DONE]


def test_an_undone_set_comes_back_as_it_was(pocket, done):
    undo_set(pocket)
    expect(pocket.page.get_by_text("No sets on this day.")).to_be_visible()
    tap_undo(pocket, "Toe presses, Morning: added again.")
    expect(pocket.page.get_by_role("button", name="Undo: Toe presses, Morning, 07:31")).to_be_visible()
    pocket.expect_empty()

    (again,) = CompletedSet.objects.not_undone()
    assert again.uuid != done.uuid
    assert as_done(again) == as_done(done)


def test_undone_and_added_again_offline_many_times_it_is_one_set(pocket, done):
    pocket.offline()
    for _ in range(2):
        undo_set(pocket)
        tap_undo(pocket, "Toe presses, Morning: added again.")
        pocket.pass_time(2)  # no double tap
    undo_set(pocket)
    tap_undo(pocket, "Toe presses, Morning: added again.")
    tap_undo(pocket, "Toe presses, Morning: undone.")
    tap_undo(pocket, "Toe presses, Morning: added again.")
    pocket.settle().online().page.clock.resume()
    pocket.expect_empty()

    (again,) = CompletedSet.objects.not_undone()
    assert as_done(again) == as_done(done)
    assert Undo.objects.count() == 4


def test_an_undone_mark_is_named_and_comes_back(pocket, done):
    CompletedSet.objects.update(reps=10)
    pocket.open(WEDNESDAY)
    pocket.tick()
    expect(pocket.page.get_by_role("status")).to_contain_text("Toe presses, Morning: undone.")
    tap_undo(pocket, "Toe presses, Morning: added again.")
    pocket.expect_mark("done$")
    pocket.expect_empty()

    assert [each.source for each in CompletedSet.objects.not_undone()] == ["timed"]


def test_a_further_set_undone_offline_says_so_in_its_line(pocket, done):
    CompletedSet.objects.update(slot="extra")
    pocket.open(WEDNESDAY).offline()
    pocket.page.get_by_role("button", name="Extra set: Toe presses, Extra, 07:31: done").click()
    expect(pocket.page.get_by_text("undone, not sent yet", exact=True)).to_be_visible()
    pocket.settle().online()

    expect(pocket.page.get_by_text("No sets on this day.")).to_be_visible()
    pocket.expect_empty()
    assert not CompletedSet.objects.not_undone().exists()


def test_days_count_again_only_where_they_are_rest(pocket):
    back = pocket.page.get_by_role("button", name="Remove rest", exact=True)
    pocket.open(WEDNESDAY, at=FRIDAY).stop_time()
    pocket.page.get_by_text("Add rest days").click()
    expect(pocket.page.get_by_role("button", name="Save rest days")).to_be_visible()
    expect(back).to_be_hidden()
    pocket.page.get_by_text("Other days").click()
    pocket.page.get_by_label("From").fill("2026-11-10")
    pocket.page.get_by_label("To", exact=True).fill("2026-11-12")
    expect(back).to_be_hidden()
    pocket.page.get_by_role("button", name="Save rest days").click()
    expect(pocket.page.get_by_role("status")).to_contain_text("Rest saved: Tue, 10 Nov to Thu, 12 Nov.")
    pocket.expect_empty()

    pocket.open(WEDNESDAY)
    pocket.page.get_by_text("Add rest days").click()
    expect(back).to_be_hidden()
    pocket.page.get_by_text("Other days").click()
    expect(back).to_be_hidden()
    pocket.page.get_by_label("From").fill("2026-11-12")
    expect(back).to_be_visible()
    back.click()
    expect(pocket.page.get_by_role("status")).to_contain_text("Rest removed: Thu, 12 Nov to Wed, 18 Nov.")


def test_the_forms_of_a_day_of_rest_have_no_fault_that_axe_finds(pocket, done, axe):
    page = pocket.page
    page.set_viewport_size({"width": 320, "height": 640})
    for words in ("Add a set", "Add rest days"):
        page.get_by_text(words, exact=True).click()
    page.get_by_role("button", name="Save rest days").click()
    expect(page.get_by_role("status")).to_contain_text("Rest saved: Wed, 18 Nov.")
    expect(page.get_by_role("heading", name="Rest day", exact=True)).to_be_visible()
    pocket.settle()
    for words in ("Add a set", "Add rest days"):
        page.get_by_text(words, exact=True).click()
    expect(page.get_by_role("button", name="Remove rest", exact=True)).to_be_visible()

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
