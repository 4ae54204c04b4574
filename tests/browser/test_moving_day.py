"""Today moves at once with every tap, whether the server answers, is slow or is gone. Then it comes to the server's."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.support.drawn_day import (
    BANNERS,
    FRESH,
    LAST,
    LATER,
    LOST,
    TICKED,
    another_device,
    come_back,
    cut_off,
    day_on,
    expect_day,
    seen_since,
    tap_undo,
    toast,
    watch,
    with_worker,
)
from tests.support.phone import an_undo
from tests.support.pocket import FRIDAY
from tests.support.under_way import hold
from tests.support.usual_plan import plan_since

pytestmark = pytest.mark.expects_in_console(*LOST)
unanswered = pytest.mark.parametrize("how", BANNERS)
LATE = FRIDAY.replace(hour=23, minute=58)
SATURDAY = LATE + timedelta(minutes=5)


@with_worker
@unanswered
def test_a_tick_moves_the_day_without_an_answer(kept, how):
    cut_off(kept.stop_time(), how).tick()
    expect_day(kept, **TICKED)
    expect(toast(kept)).to_contain_text("Toe presses, Morning: done.")
    expect(kept.notice).to_have_text(f"{BANNERS[how]} You can keep going. 1 saved on this phone, not sent yet.")
    kept.settle().page.reload()
    expect_day(kept, **TICKED)
    kept.expect_mark("done, not sent yet")
    expect(kept.notice).to_contain_text(BANNERS[how])
    come_back(kept)

    expect_day(kept, **TICKED)
    kept.expect_mark("done$")
    kept.open().settle()
    expect_day(kept, **TICKED)
    assert len(kept.sets()) == 1


@with_worker
@unanswered
def test_the_undo_of_its_toast_moves_it_back(kept, how):
    cut_off(kept.stop_time(), how).tick()
    expect_day(kept, **TICKED)
    tap_undo(kept)
    expect_day(kept, **FRESH)
    expect(toast(kept)).to_have_text("Undone.")
    kept.expect_mark("undone, not sent yet")
    kept.settle().page.reload()
    expect_day(kept, **FRESH)
    kept.expect_mark("undone, not sent yet")
    come_back(kept)

    expect_day(kept, **FRESH)
    kept.expect_mark("not done")
    kept.open().settle()
    expect_day(kept, **FRESH)
    assert kept.sets() == []


@with_worker
def test_the_servers_day_wins_at_the_next_load(kept):
    cut_off(kept).tick()
    expect_day(kept, **TICKED)
    come_back(kept)
    with another_device(kept.user, at=LAST) as device:
        (done,) = device.sets()
        assert device.answers(an_undo(done["id"])) == ["created"]
    expect_day(kept, **TICKED)
    kept.server(now=LAST.isoformat()).open().settle()

    expect_day(kept, **FRESH)
    kept.settle()
    expect_day(kept, **FRESH)


def test_a_tick_moves_the_day_before_a_slow_server_answers(pocket):
    pocket.open(at=FRIDAY).stop_time()
    with hold(pocket.page, "**/sets/"):
        pocket.tick()
        expect_day(pocket, **TICKED)
        expect(toast(pocket)).to_contain_text("Toe presses, Morning: done.")
        assert pocket.sets() == []

    pocket.expect_empty()
    expect_day(pocket, **TICKED)
    pocket.expect_mark("done$")
    assert len(pocket.sets()) == 1


def test_a_tick_counts_although_the_servers_clock_went_back(pocket):
    """Its answer is older than the page by that clock, and may come before the page has read its outbox again."""
    pocket.open(at=FRIDAY).stop_time()
    pocket.server(now=(FRIDAY - timedelta(minutes=1)).isoformat())
    pocket.page.evaluate(
        "document.body.addEventListener('outbox:read', (event) => event.stopImmediatePropagation(), true)"
    )
    pocket.tick()
    expect_day(pocket, **TICKED)
    pocket.expect_mark("done$")


def test_an_answer_shows_nothing_that_was_undone_since(pocket):
    watch(pocket.open(at=FRIDAY).stop_time())
    with hold(pocket.page, "**/sets/"):
        pocket.tick()
        expect_day(pocket, **TICKED)
        tap_undo(pocket)
        expect_day(pocket, **FRESH)
    pocket.expect_empty()

    was_seen = [
        "0 of 10: not done",
        "1 of 10: done, not sent yet",
        "0 of 10: undone, not sent yet",
        "0 of 10: not done",
    ]
    assert seen_since(pocket) == was_seen


def test_a_fetched_day_shows_what_waits_here_at_once(pocket, server):
    pocket.open(at=FRIDAY).settle().offline().tick("Ankle circles").expect_ring(1)
    watch(pocket.server(post_sets="is down", now=LATER.isoformat()))
    with hold(pocket.page, f"{server}/"):
        with pocket.page.expect_request(f"{server}/"):
            pocket.online()
        pocket.server(post_sets="is down", get_sync="is down", now=LATER.isoformat()).tick()
        expect_day(pocket, ring="2 of 10 sets done today")
    pocket.settle()

    assert seen_since(pocket) == ["1 of 10: not done", "2 of 10: done, not sent yet"]


@with_worker
def test_when_all_is_done_by_hand_the_card_says_so(kept):
    cut_off(kept)
    for label in day_on(kept.page)["marks"]:
        mark, _words = label.split(": ")
        kept.tick(*mark.split(", "))

    expect_day(
        kept,
        ring="10 of 10 sets done today",
        next=["All sets are done", "You are done for today. See you tomorrow.", ""],
        pill=["Friday, 20 November: 10 of 10 sets", "pill", "fill is-full"],
        height=56,
    )


@pytest.mark.expects_in_console("status of 422", "Error Code 422")
def test_a_tick_that_is_rejected_at_once_moves_back(pocket, server):
    pocket.open(at=FRIDAY).stop_time()
    plan_since(pocket.user, "2026-11-22")
    with hold(pocket.page, f"{server}/"):  # it moves by itself, not by the server's page
        with hold(pocket.page, "**/sets/"):
            pocket.tick()
            expect_day(pocket, **TICKED)

        expect_day(pocket, **FRESH)
        pocket.expect_mark("not accepted, please check")
        expect(pocket.needs_you).to_contain_text("This day is before the first day of your plan.")


def test_a_rejected_tick_moves_back_and_the_list_says_why(pocket):
    pocket.page.clock.install(time=FRIDAY + timedelta(hours=2))  # a clock that is wrong, and then put right
    pocket.server(now=FRIDAY.isoformat()).open()
    cut_off(pocket).tick()
    expect_day(pocket, ring=TICKED["ring"], pill=TICKED["pill"], height=TICKED["height"])
    pocket.settle().page.clock.set_system_time(FRIDAY)
    pocket.online()

    expect_day(pocket, **FRESH)
    pocket.expect_mark("not accepted, please check")
    expect(pocket.needs_you).to_contain_text("Toe presses · Morning")
    expect(pocket.needs_you).to_contain_text("This time is in the future. Please check the clock on your phone.")
    pocket.settle()
    expect_day(pocket, **FRESH)


@unanswered
def test_a_day_that_turns_without_an_answer_follows_the_plan(pocket, how):
    """From tomorrow on one exercise is off, one is on, one is done seated; one has other reps, and comes last."""
    plan, slots = pocket.user.prescriptions, {"morning": False, "midday": False, "evening": False}
    plan.filter(exercise__slug="resisted-plantar-flexion").update(**slots)
    changes = {"toe-walking": slots, "resisted-plantar-flexion": {"evening": True}}
    changes |= {"ankle-circles": {"variant": "seated"}, "toe-presses": {"reps": 40, "order": 9}}
    for slug, fields in changes.items():
        plan.get(exercise__slug=slug).changed(since=SATURDAY.date(), **fields).save(force_insert=True)
    cut_off(pocket.open(at=LATE).tick(session="Evening"), how).pass_time(5 * 60)
    expect_day(pocket, ring="0 of 7 sets done today")
    drawn = day_on(pocket.page)
    assert drawn["next"][1] == "Ankle circles, seated, then one more"
    assert drawn["marks"][1] == "Ankle circles, seated, Morning: not done, to do now"
    assert drawn["art"].endswith("#ankle-circles-seated-art")
    assert drawn["pill"][0] == "Saturday, 21 November: 0 of 7 sets"
    assert drawn["marks"][0] == "Band press, Evening: not done"
    assert drawn["marks"][-3] == "Toe presses, Morning: not done, to do now"

    pocket.server(now=SATURDAY.isoformat()).online().open().settle()
    expect_day(pocket, **drawn)


@with_worker
def test_after_a_week_without_a_network_the_page_says_it_is_too_old(kept):
    old = kept.page.get_by_text("This page is too old. Please go online.")
    kept.settle().offline()
    for days, told in [(0, False), (6, False), (7, True), (8, True)]:
        kept.page.clock.set_system_time(FRIDAY + timedelta(days=days))
        kept.page.reload()
        expect(kept.page.locator("[data-date]")).to_contain_text(f"{20 + days} November")
        expect(old).to_be_visible(visible=told)


COLUMNS = """() => [...document.querySelectorAll("#today th[scope=col]")]
    .filter((each) => each.checkVisibility()).map((each) => each.textContent).slice(1)"""
OF_DAY_ONE = "() => [...document.querySelectorAll('.day-one')].filter((each) => each.checkVisibility()).length"


@unanswered
def test_the_day_after_the_first_brings_its_column_back(pocket, how):
    """The plan began in the evening: what was before is not to be done, and tomorrow it is."""
    pocket.user.prescriptions.update(since=FRIDAY.date(), first_slot="evening")
    pocket.open(at=LATE)
    expect_day(pocket, ring="0 of 4 sets done today")
    assert pocket.page.evaluate(COLUMNS) == ["Evening"]
    expect(pocket.page.get_by_role("heading", level=1)).to_have_text("Day 1", use_inner_text=True)
    expect(pocket.page.locator("[data-needs]:visible")).to_contain_text("A wall or a counter")
    cut_off(pocket.tick(session="Evening"), how).pass_time(5 * 60)

    expect_day(pocket, ring="0 of 10 sets done today")
    assert pocket.page.evaluate(COLUMNS) == ["Morning", "Midday", "Evening"]
    expect(pocket.page.get_by_role("heading", level=1)).to_have_text("Today", use_inner_text=True)
    assert pocket.page.evaluate(OF_DAY_ONE) == 0
    assert "Toe presses, Morning: not done, to do now" in day_on(pocket.page)["marks"]


def test_on_the_first_day_the_card_names_what_the_next_session_needs(pocket):
    at_midday = FRIDAY.replace(hour=12)
    pocket.user.prescriptions.update(since=FRIDAY.date(), first_slot="midday")
    cut_off(pocket.open(at=at_midday))  # nor does the server draw the card again
    expect(pocket.page.locator("[data-needs]:visible")).not_to_contain_text("A wall or a counter")
    pocket.tick(session="Midday").tick("Ankle circles", session="Midday")

    expect(pocket.page.locator("[data-needs]:visible")).to_contain_text("A wall or a counter")
