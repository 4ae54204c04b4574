"""Correcting past days on a phone: each fact goes through the outbox and arrives once."""

from datetime import datetime
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet, DayNote, RestDay, Undo
from tests.support.pocket import FRIDAY

pytestmark = pytest.mark.expects_in_console("net::ERR")
WEDNESDAY = "/progress/2026-11-18/"


def write(pocket, text):
    pocket.page.get_by_role("textbox", name="Note").fill(text)
    pocket.page.get_by_role("button", name="Save the note").click()
    expect(pocket.page.get_by_role("status")).to_contain_text("Note saved.")


def mark_week_as_away(pocket):
    pocket.page.get_by_text("Add rest days").click()
    pocket.page.get_by_text("Away", exact=True).click()
    pocket.page.get_by_text("The whole week, Mon, 16 Nov to Sun, 22 Nov").click()
    pocket.page.get_by_role("button", name="Save rest days").click()
    expect(pocket.page.get_by_role("status")).to_contain_text("Rest saved: Mon, 16 Nov to Sun, 22 Nov.")


def bring_up_to_date(pocket):
    """As when something else was sent meanwhile."""
    with pocket.page.expect_request_finished(lambda request: request.url.endswith(WEDNESDAY)):
        pocket.page.evaluate("document.body.dispatchEvent(new Event('outbox:synced'))")
    pocket.settle()


def test_facts_about_a_day_told_offline_arrive_once(pocket):
    rest_day = pocket.page.get_by_role("heading", name="Rest day: away")
    pocket.open(WEDNESDAY, at=FRIDAY).stop_time().offline()
    write(pocket, "Long walk.")
    pocket.tick(session="Evening")
    pocket.expect_mark("done, not sent yet", session="Evening")
    expect(pocket.page.get_by_text("done, not sent yet", exact=True)).to_have_count(1)  # in the line of the mark
    mark_week_as_away(pocket)
    pocket.expect_waiting(9)
    expect(pocket.page.get_by_text("Saved on this phone: rest day", exact=True)).to_be_visible()
    assert RestDay.objects.count() == 0
    pocket.settle().online()

    expect(rest_day).to_be_visible()
    pocket.expect_mark("done$", session="Evening")
    expect(pocket.page.get_by_role("textbox", name="Note")).to_have_value("Long walk.")
    pocket.expect_waiting(0)
    pocket.expect_empty()
    kept = CompletedSet.objects.get()
    assert (kept.source, kept.completed_at) == ("backdated", datetime.fromisoformat("2026-11-18T17:00:00+01:00"))
    assert DayNote.objects.get().text == "Long walk."
    assert sorted(each.day.day for each in RestDay.objects.all()) == [16, 17, 18, 19, 20, 21, 22]


def test_one_tap_undoes_a_week_of_rest_and_leaves_the_note_being_typed(pocket):
    rest_day = pocket.page.get_by_role("heading", name="Rest day: away")
    note = pocket.page.get_by_role("textbox", name="Note")
    pocket.open(WEDNESDAY, at=FRIDAY).stop_time()
    mark_week_as_away(pocket)
    expect(rest_day).to_be_visible()
    pocket.page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(rest_day).to_be_hidden()
    pocket.expect_empty()
    assert (RestDay.objects.count(), Undo.objects.count(), RestDay.objects.not_undone().count()) == (7, 7, 0)

    pocket.settle()
    note.press_sequentially("Half a")
    bring_up_to_date(pocket)
    expect(note).to_have_value("Half a")
    write(pocket, "Half a set.")
    expect(note).to_have_value("Half a set.")


def test_an_emptied_note_is_reported_as_removed(pocket):
    pocket.open(WEDNESDAY, at=FRIDAY).stop_time()
    pocket.page.get_by_role("textbox", name="Note").fill(" ")
    pocket.page.get_by_role("button", name="Save the note").click()

    expect(pocket.page.get_by_role("status")).to_contain_text("Note removed.")


def test_a_choice_survives_a_refresh_and_is_sent(pocket):
    pocket.open(WEDNESDAY, at=FRIDAY)
    pocket.page.get_by_text("Add rest days").click()
    pocket.page.get_by_text("Away", exact=True).click()
    bring_up_to_date(pocket)
    expect(pocket.page.get_by_role("radio", name="Away")).to_be_checked()
    pocket.page.get_by_role("button", name="Save rest days").click()
    expect(pocket.page.get_by_role("heading", name="Rest day: away")).to_be_visible()

    pocket.settle().page.get_by_text("Add a set", exact=True).click()
    pocket.page.get_by_label("Exercise").select_option("Ankle circles")
    bring_up_to_date(pocket)
    pocket.page.get_by_role("button", name="Add the set").click()
    expect(pocket.page.get_by_role("button", name="Extra set: Ankle circles, Extra")).to_be_visible()


def test_today_is_for_rest_by_the_phones_own_day(pocket):
    pocket.open(at=FRIDAY).offline()
    pocket.page.get_by_text("Rest today?").click()
    pocket.page.get_by_role("button", name="Rest today").click()
    pocket.expect_waiting(1)
    pocket.settle().online()

    expect(pocket.page.get_by_role("heading", name="Nothing to do today. Enjoy your rest.")).to_be_visible()
    pocket.page.get_by_role("button", name="Remove rest day").click()
    pocket.expect_ring(0)
    assert [(each.day.isoformat(), each.on) for each in RestDay.objects.order_by("said_at")] == [
        ("2026-11-20", True),
        ("2026-11-20", False),
    ]


def test_the_list_of_rejected_facts_names_them(pocket):
    common = {"timezone": "UTC", "said_at": FRIDAY.isoformat(), "day": "2024-12-31"}
    pocket.open("/help/", at=FRIDAY)
    pocket.write(
        {"kind": "rest_day", "id": str(uuid4()), "reason": "rest", **common},
        {"kind": "note", "id": str(uuid4()), "text": "Long walk.", **common, "day": "2024-09-03"},
    )
    pocket.open(WEDNESDAY)

    titles = pocket.needs_you.locator("p:has([data-what])")
    expect(titles.nth(0)).to_have_text("Rest day", use_inner_text=True)
    expect(titles.nth(1)).to_have_text("Note: Long walk.", use_inner_text=True)
    expect(pocket.needs_you.get_by_role("time").nth(0)).to_have_text("Tue, 31 Dec")
    expect(pocket.needs_you.get_by_role("time").nth(1)).to_have_text("Tue, 3 Sep")
    expect(pocket.needs_you).to_contain_text("You can move that day back in Settings.")
    expect(pocket.needs_you.get_by_role("button", name="Save as done just now")).to_have_count(0)
