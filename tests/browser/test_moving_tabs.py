"""Today moves at once with what was done elsewhere: in another tab, by the coach, on another device."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.drawn_day import (
    BANNERS,
    FRESH,
    LATER,
    LOST,
    TICKED,
    another_device,
    come_back,
    cut_off,
    expect_day,
    tap_undo,
    toast,
    with_worker,
)
from tests.support.phone import a_set
from tests.support.pocket import FRIDAY, PLAIN, Pocket
from tests.support.session_page import SessionPage
from tests.support.under_way import hold

pytestmark = pytest.mark.expects_in_console(*LOST)


@pytest.fixture
def tabs(pocket):
    """Two of Today on one phone."""
    other = Pocket(pocket.page.context.new_page(), pocket.user, pocket.moods).open(at=FRIDAY)
    for tab in (pocket.open(at=FRIDAY), other):
        expect_day(tab.stop_time(), **FRESH)
    return pocket, other


def test_a_tick_in_one_tab_moves_the_other(tabs):
    one, other = tabs
    cut_off(one.stop_time()).tick()
    expect_day(other, **TICKED)
    other.expect_mark("done, not sent yet")
    tap_undo(one)
    expect_day(other, **FRESH)
    other.tick("Ankle circles")
    expect_day(one, ring=TICKED["ring"])
    come_back(one)

    for tab in tabs:
        expect_day(tab, ring=TICKED["ring"])
        tab.expect_mark("done$", "Ankle circles")


@pytest.mark.expects_in_console("Cross-Origin-Opener-Policy")  # this server believes that it is asked at home only
def test_over_plain_http_a_tick_that_was_sent_moves_the_other_tab(pocket, server, log_in):
    plain = server.replace("localhost", PLAIN)
    log_in(pocket.page, pocket.user, domain=PLAIN)
    other = Pocket(pocket.page.context.new_page(), pocket.user, pocket.moods).open(f"{plain}/", at=FRIDAY)
    pocket.open(f"{plain}/", at=FRIDAY).stop_time().server(now=LATER.isoformat())
    assert not pocket.page.evaluate("'locks' in navigator || 'serviceWorker' in navigator")
    with hold(other.settle().page, f"{plain}/"):  # it moves by itself, not by the server's page
        pocket.tick()
        expect_day(other, **TICKED)
        other.expect_mark("done$")
        tap_undo(pocket)
        expect_day(other, **FRESH)
        other.expect_mark("not done")

    for tab in (pocket, other):
        expect_day(tab.settle(), **FRESH)


@pytest.fixture
def coach(pocket, server):
    """The page of the morning session, and Today open in another tab; that one is not fetched again."""
    today = Pocket(pocket.page.context.new_page(), pocket.user, pocket.moods).open(at=FRIDAY)
    today.settle()
    session = SessionPage(pocket.open("/session/morning/", at=FRIDAY).page).hold_time()
    with hold(today.page, f"{server}/"):
        yield pocket.settle(), session, today


@pytest.mark.parametrize("how", [*BANNERS, "online"])
def test_a_set_ticked_off_in_the_session_moves_today(coach, how):
    pocket, session, today = coach
    if how in BANNERS:
        cut_off(pocket, how)
    session.tap("Tick off: Toe presses")

    expect_day(today, **TICKED)
    today.expect_mark("done, not sent yet" if how in BANNERS else "done$")


@pytest.mark.parametrize("how", [*BANNERS, "online"])
def test_a_set_of_the_coach_moves_today(short_doses, coach, how):
    pocket, session, today = coach
    session.start()
    if how in BANNERS:
        cut_off(pocket, how)
    session.run_steps(last=1) if how == "online" else session.run(session.sheet()["steps"][0]["end"] + 0.02)

    expect_day(today, ring=TICKED["ring"], pill=TICKED["pill"], height=TICKED["height"])
    today.expect_mark("done, not sent yet" if how in BANNERS else "done$")


@with_worker
@pytest.mark.parametrize("how", BANNERS)
def test_a_set_of_the_session_is_there_on_the_way_back_to_today(kept, how):
    cut_off(kept, how).page.goto("/session/morning/")
    kept.page.get_by_role("button", name="Tick off: Toe presses").click()
    kept.expect_waiting(1)
    kept.settle().page.go_back()
    expect_day(kept, **TICKED)
    kept.page.go_forward()
    kept.page.get_by_role("link", name="Today").first.click()

    expect_day(kept, **TICKED)


def done_elsewhere(user, at=FRIDAY, **fields):
    """Another device does a set, of Toe presses in the morning if nothing else is said."""
    tick = a_set(completed_at=at.isoformat(), timezone="Europe/Berlin", **fields)
    with another_device(user, at) as device:
        assert device.answers(tick) == ["created"]


def test_a_mark_that_two_devices_ticked_stays_done_by_the_other(pocket):
    pocket.open(at=FRIDAY).stop_time().tick().expect_ring(1)
    done_elsewhere(pocket.user)
    pocket.pass_time(3)  # no double tap
    with hold(pocket.page, "**/sets/*/undo/"):
        pocket.tick()
        expect_day(pocket, **FRESH)
        pocket.expect_mark("undone, not sent yet")

    expect_day(pocket, **TICKED)
    pocket.expect_mark("done$")
    expect(toast(pocket)).to_have_text("Undone. Another set is still there.")
    pocket.settle().open().settle()
    expect_day(pocket, **TICKED)
    assert len(pocket.sets()) == 1


def test_the_toast_undoes_only_the_set_of_this_phone(pocket):
    pocket.open(at=FRIDAY).stop_time()
    done_elsewhere(pocket.user)
    pocket.tick().expect_ring(1)
    cut_off(pocket)
    tap_undo(pocket)
    expect_day(pocket, **FRESH)
    expect(toast(pocket)).to_have_text("Undone.")
    come_back(pocket)

    expect_day(pocket, **TICKED)
    pocket.expect_mark("done$")
    expect(toast(pocket)).to_have_text("Undone. Another set is still there.")


def test_a_mark_with_two_sets_says_that_one_is_left(pocket):
    done_elsewhere(pocket.user)
    done_elsewhere(pocket.user)
    cut_off(pocket.open(at=FRIDAY)).tick()
    expect_day(pocket, **TICKED, extras="")

    expect(toast(pocket)).to_have_text("Undone. Another set is still there.")
    pocket.tick("Ankle circles").expect_ring(2)
    expect(toast(pocket)).to_contain_text("Ankle circles, Morning: done.")


def test_a_second_set_is_an_extra_and_its_button_undoes_it(pocket):
    done_elsewhere(pocket.user)
    done_elsewhere(pocket.user)
    pocket.open(at=FRIDAY)
    expect_day(pocket, **TICKED, extras="+1 extra")
    cut_off(pocket).page.get_by_role("button", name="Toe presses, extra sets: 1. Undo one").click()
    expect_day(pocket, **TICKED, extras="")
    come_back(pocket)

    pocket.open().settle()
    expect_day(pocket, **TICKED, extras="")
    assert len(pocket.sets()) == 1


@pytest.mark.parametrize("extra", [{}, {"exercise": "toe-walking", "slot": "midday"}], ids=["a mark", "no mark"])
def test_an_extra_set_is_undone_by_one_answer(pocket, extra):
    """Its button goes at once, and it may belong to a session in which nothing is due."""
    done_elsewhere(pocket.user)
    done_elsewhere(pocket.user, **extra)
    pocket.open(at=FRIDAY).stop_time()
    expect_day(pocket, **TICKED, extras="+1 extra")
    with hold(pocket.page, "**/sets/*/undo/"):
        pocket.page.get_by_role("button", name=re.compile("extra sets: 1")).click()
        expect_day(pocket, **TICKED, extras="")

    pocket.expect_empty()
    expect_day(pocket, **TICKED, extras="")
    pocket.tick("Ankle circles").expect_ring(2)
    assert len(pocket.sets()) == 2


def test_an_extra_set_of_another_tab_is_counted_at_once(pocket):
    other = Pocket(pocket.page.context.new_page(), pocket.user, pocket.moods)
    pocket.open(at=FRIDAY)
    other.open("/session/extra/?exercise=toe-presses", at=FRIDAY).settle()
    cut_off(pocket)
    other.page.get_by_role("button", name="Tick off: Toe presses").click()
    expect_day(pocket, **FRESH, extras="+1 extra")
    come_back(other)
    expect_day(pocket.settle(), **FRESH, extras="+1 extra")
    pocket.page.get_by_role("button", name="Toe presses, extra sets: 1. Undo one").click()

    expect_day(pocket, **FRESH, extras="")
    pocket.expect_empty()
    assert pocket.sets() == []
