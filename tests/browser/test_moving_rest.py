"""A day of rest is drawn at once, today and on a day to come, and so is its end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.support.drawn_day import (
    BANNERS,
    FRESH,
    LAST,
    LATER,
    LOST,
    another_device,
    come_back,
    cut_off,
    day_on,
    expect_day,
    tap_undo,
    to_do_now,
    toast,
    with_worker,
)
from tests.support.pocket import FRIDAY

pytestmark = pytest.mark.expects_in_console(*LOST)
unanswered = pytest.mark.parametrize("how", BANNERS)
SATURDAY = FRIDAY + timedelta(days=1)
LATE = FRIDAY.replace(hour=23, minute=58)


RESTING = {
    "ring": "",
    "next": ["Rest day", "Nothing to do today. Enjoy your rest.", "Start · 9 min"],
    "pill": ["Friday, 20 November: rest day", "moon"],
}


def rest_today(pocket):
    pocket.page.get_by_text("Rest today?").click()
    pocket.page.get_by_role("button", name="Rest today").click()


@with_worker
def test_a_rest_day_offline_is_drawn_and_removed(kept):
    cut_off(kept)
    rest_today(kept)
    expect_day(kept, **RESTING)
    expect(to_do_now(kept)).to_have_count(0)
    kept.settle().page.reload()
    expect_day(kept, **RESTING)
    come_back(kept)
    kept.open().settle()
    expect_day(kept, **RESTING)
    cut_off(kept)
    kept.page.get_by_role("button", name="Remove rest day").click()
    expect_day(kept, **FRESH)
    expect(to_do_now(kept)).to_have_count(4)
    kept.settle().page.reload()
    expect_day(kept, **FRESH)
    come_back(kept, at=LAST)
    kept.open().settle()
    expect_day(kept, **FRESH)


def test_the_question_is_closed_again_after_a_rest_day_was_removed(pocket):
    question, answer = pocket.page.get_by_text("Rest today?"), pocket.page.get_by_role("button", name="Rest today")
    cut_off(pocket.open(at=FRIDAY).stop_time())
    rest_today(pocket)
    expect(question).to_be_hidden()
    pocket.page.get_by_role("button", name="Remove rest day").click()
    expect(question).to_be_visible()
    expect(answer).to_be_hidden()
    rest_today(pocket.pass_time(2))  # no double tap
    tap_undo(pocket)

    expect(question).to_be_visible()
    expect(answer).to_be_hidden()


def test_an_open_question_stays_open_after_a_tick(pocket):
    cut_off(pocket.open(at=FRIDAY).stop_time())
    pocket.page.get_by_text("Rest today?").click()
    pocket.tick().expect_ring(1)

    expect(pocket.page.get_by_role("button", name="Rest today")).to_be_visible()


def test_more_than_one_rest_day_begins_with_the_day_that_is_drawn(pocket):
    more = pocket.page.get_by_role("link", name="Not well, away, or more than one day?")
    pocket.open(at=LATE).page.get_by_text("Rest today?").click()
    expect(more).to_have_attribute("href", "/progress/2026-11-20/#rest-days-title")
    cut_off(pocket).pass_time(5 * 60)
    expect(pocket.page.locator("[data-date]")).to_have_text("Saturday, 21 November")

    expect(more).to_have_attribute("href", "/progress/2026-11-21/#rest-days-title")


@unanswered
def test_the_undo_of_its_toast_removes_a_rest_day(pocket, how):
    cut_off(pocket.open(at=FRIDAY).stop_time(), how)
    rest_today(pocket)
    expect_day(pocket, **RESTING)
    expect(toast(pocket)).to_contain_text("Rest day saved.")
    expect(pocket.notice).to_have_text(f"{BANNERS[how]} You can keep going. 1 saved on this phone, not sent yet.")
    tap_undo(pocket)
    expect_day(pocket, **FRESH)
    come_back(pocket)

    expect_day(pocket, **FRESH)
    pocket.open().settle()
    expect_day(pocket, **FRESH)


def test_a_rest_day_that_was_sent_is_undone_by_its_toast(pocket):
    pocket.open(at=FRIDAY).stop_time()
    rest_today(pocket)
    expect_day(pocket.settle(), **RESTING)
    pocket.server(now=LATER.isoformat()).page.evaluate("document.body.dispatchEvent(new Event('outbox:synced'))")
    expect_day(cut_off(pocket), **RESTING)
    tap_undo(pocket)
    expect_day(pocket, **FRESH)
    come_back(pocket, at=LAST)

    expect_day(pocket, **FRESH)


def test_a_rest_day_saved_again_after_its_undo_stays(pocket):
    pocket.open(at=FRIDAY).stop_time().server(now=LATER.isoformat())
    rest_today(pocket)
    expect_day(pocket.settle(), **RESTING)
    tap_undo(pocket)
    expect_day(pocket.settle(), **FRESH)
    pocket.pass_time(2).server(now=LAST.isoformat())  # no double tap
    rest_today(pocket)
    expect_day(pocket.settle(), **RESTING)

    pocket.server(now=(LAST + timedelta(minutes=1)).isoformat()).open().settle()
    expect_day(pocket, **RESTING)


def test_the_undo_of_a_removed_rest_day_brings_it_back_at_once(pocket):
    pocket.open(at=FRIDAY).stop_time()
    rest_today(pocket)
    pocket.expect_empty()
    pocket.pass_time(2).server(now=LATER.isoformat())  # the end of the rest is said after it
    pocket.page.get_by_role("button", name="Remove rest day").click()
    expect(toast(pocket)).to_contain_text("Rest day removed.")
    pocket.expect_empty()
    pocket.server(now=LAST.isoformat()).page.evaluate("document.body.dispatchEvent(new Event('outbox:synced'))")
    cut_off(pocket)
    expect_day(pocket, **FRESH)
    tap_undo(pocket)
    expect_day(pocket.settle(), **RESTING)
    come_back(pocket, at=LAST)

    pocket.open().settle()
    expect_day(pocket, **RESTING)


@with_worker
def test_a_rest_day_tomorrow_is_drawn_tomorrow_without_a_network(kept):
    ill = {"kind": "rest_day", "id": str(uuid4()), "day": "2026-11-21", "reason": "sick", "timezone": "Europe/Berlin"}
    with another_device(kept.user) as device:
        assert device.answers(ill | {"on": "true", "said_at": FRIDAY.isoformat()}) == ["created"]
    kept.open().settle().offline().page.clock.set_system_time(SATURDAY)
    kept.page.reload()
    expect_day(kept, ring="", pill=["Saturday, 21 November: rest day: not well", "moon"])
    drawn = day_on(kept.stop_time().page)
    assert drawn["next"][:2] == ["Rest day: not well", "Nothing to do today. Get well soon."]
    expect(to_do_now(kept)).to_have_count(0)
    kept.page.get_by_role("button", name="Remove rest day").click()
    expect(toast(kept)).to_contain_text("Rest day removed.")
    expect_day(kept, **FRESH | {"pill": ["Saturday, 21 November: 0 of 10 sets", "pill", "fill"]})
    tap_undo(kept)
    expect_day(kept, **drawn)

    come_back(kept, at=SATURDAY)
    kept.open().settle()
    expect_day(kept, **drawn)
