"""Days on the phone: the server's rule, and pages that stay open past midnight."""

import json
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet, Session
from tests.conftest import ROOT
from tests.support.pocket import FRIDAY, Pocket, until
from tests.support.session_page import SessionPage

pytestmark = pytest.mark.expects_in_console("net::ERR", "htmx:sendError", "htmx:afterRequest")

CASES, INSTANTS = (json.loads((ROOT / "tests" / "rules" / name).read_text()) for name in ("days.json", "instants.json"))
ALL_DAYS = """
async ([url, cases, times]) => {
    const { localDay, instantOf } = await import(url);
    const instants = times.map(({ day, clock, zone, starts_at }) => instantOf(day, clock, zone, starts_at).getTime());
    return [cases.map(({ instant, zone, starts_at }) => localDay(new Date(instant), zone, starts_at)), instants];
}
"""
LATE = FRIDAY.replace(hour=23, minute=58)


def in_zone(name):
    return pytest.param(name, marks=pytest.mark.browser_context_args(timezone_id=name), id=name)


def at(text):
    return datetime.fromisoformat(text)


@pytest.fixture
def days_module(static_files):
    (module,) = (static_files / "js" / "lib").glob("days.????????????.js")
    return f"/static/js/lib/{module.name}"


def test_the_browser_has_the_servers_rule_of_days(alice_page, days_module):
    alice_page.goto("/help/")

    days, instants = alice_page.evaluate(ALL_DAYS, [days_module, CASES, INSTANTS])
    assert [(case["why"], day) for case, day in zip(CASES, days, strict=True)] == [
        (case["why"], case["day"]) for case in CASES
    ]
    assert [(case["why"], instant) for case, instant in zip(INSTANTS, instants, strict=True)] == [
        (case["why"], at(case["instant"]).timestamp() * 1000) for case in INSTANTS
    ]


@pytest.mark.parametrize("zone", [in_zone("Europe/Berlin"), in_zone("Australia/Lord_Howe"), in_zone("Pacific/Apia")])
def test_the_rule_is_the_same_in_the_phones_own_zone(page, days_module, zone):
    page.goto("/help/")
    cases, times = ([case | {"zone": ""} for case in each if case["zone"] == zone] for each in (CASES, INSTANTS))

    days, instants = page.evaluate(ALL_DAYS, [days_module, cases, times])
    assert days == [case["day"] for case in cases]
    assert instants == [at(case["instant"]).timestamp() * 1000 for case in times]


def test_a_tick_of_friday_sent_on_sunday_lands_on_friday(pocket):
    pocket.open(at=FRIDAY).offline().tick()
    pocket.expect_waiting(1)
    sunday = FRIDAY + timedelta(days=2)
    pocket.page.clock.set_system_time(sunday)
    pocket.server(now=sunday.isoformat()).online()

    pocket.expect_waiting(0)
    pocket.expect_ring(0)
    assert [each["day"] for each in pocket.sets()] == ["2026-11-20"]


@pytest.mark.parametrize("online", [True, False], ids=["online", "offline"])
@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_is_an_hour_off_is_corrected(pocket, hours, online):
    pocket.page.clock.install(time=FRIDAY + timedelta(hours=hours))
    pocket.server(now=FRIDAY.isoformat()).open()
    if online:
        pocket.tick()
    else:
        pocket.offline().tick().expect_waiting(1)
        pocket.online()

    pocket.expect_ring(1)
    pocket.expect_empty()
    assert abs(CompletedSet.objects.get().completed_at - FRIDAY) < timedelta(minutes=1)


def test_the_small_hours_of_a_night_clocks_change_belong_to_the_day_before(pocket, alice):
    alice.preferences.day_starts_at = 3
    alice.preferences.save()
    for half_past_two, exercise in [("02:30:00+02:00", "Toe presses"), ("02:30:00+01:00", "Ankle circles")]:
        pocket.open(at=at(f"2025-10-26T{half_past_two}")).offline().tick(exercise)
        pocket.expect_mark("done, not sent yet", exercise)
        pocket.expect_waiting(1)
        assert [each["day"] for each in pocket.entries()] == ["2025-10-25"]
        pocket.online()
        pocket.expect_waiting(0)
        pocket.expect_empty()

    assert {each["day"] for each in pocket.sets()} == {"2025-10-25"}


def test_today_left_open_turns_to_the_new_day_by_itself(pocket):
    pocket.open(at=LATE).tick()
    pocket.expect_ring(1)
    pocket.server(now=(LATE + timedelta(minutes=5)).isoformat()).pass_time(5 * 60)

    expect(pocket.page.get_by_text("Saturday, 21 November", exact=True)).to_be_visible()
    pocket.expect_ring(0)
    pocket.tick()
    pocket.expect_ring(1)
    assert sorted(each["day"] for each in pocket.sets()) == ["2026-11-20", "2026-11-21"]


def test_it_turns_offline_too_and_ticking_goes_on(pocket):
    pocket.open(at=LATE).tick()
    pocket.expect_ring(1)
    pocket.offline().tick("Ankle circles")
    pocket.expect_mark("done, not sent yet", "Ankle circles")
    pocket.expect_waiting(1)
    pocket.pass_time(5 * 60)
    expect(pocket.page.get_by_text("Saturday, 21 November", exact=True)).to_be_visible()
    pocket.expect_ring(0)
    pocket.expect_mark("not done")
    pocket.expect_mark("not done", "Ankle circles")
    pocket.tick()
    pocket.expect_mark("done, not sent yet")
    pocket.expect_waiting(2)
    pocket.settle().server(now=(LATE + timedelta(minutes=6)).isoformat()).online()

    pocket.expect_ring(1)
    expect(pocket.page.get_by_text("Saturday, 21 November", exact=True)).to_be_visible()
    days = [(each["exercise"], each["day"]) for each in pocket.sets()]
    assert sorted(days) == [
        ("ankle-circles", "2026-11-20"),
        ("toe-presses", "2026-11-20"),
        ("toe-presses", "2026-11-21"),
    ]


def test_a_phone_whose_date_is_wrong_is_shown_the_servers_day(pocket):
    pocket.page.clock.install(time=FRIDAY + timedelta(days=1))
    pocket.server(now=FRIDAY.isoformat()).open()
    friday = pocket.page.get_by_text("Friday, 20 November", exact=True)
    expect(friday).to_be_visible()

    pocket.settle().tick().expect_ring(1)
    expect(friday).to_be_visible()
    pocket.expect_mark("done$")


def test_a_session_started_after_midnight_is_another_one(pocket, alice):
    alice.prescriptions.update(reps=2, effort_seconds=2, pause_seconds=1)
    pocket.open("/session/midday/", at=LATE)
    session = SessionPage(pocket.page).hold_time()
    session.tap("Tick off: Toe presses")
    session.expect_done(1)
    pocket.server(now=(LATE + timedelta(minutes=5)).isoformat()).pass_time(5 * 60)
    session.expect_done(0)
    session.start()
    session.run_steps(last=1)

    assert [(each["exercise"], each["day"]) for each in pocket.sets()] == [
        ("toe-presses", "2026-11-20"),
        ("toe-presses", "2026-11-21"),
    ]


def test_a_session_cut_short_is_reported_when_its_day_is_over(pocket, alice):
    alice.prescriptions.update(reps=2, effort_seconds=2, pause_seconds=1)
    session = SessionPage(pocket.page)
    pocket.open("/session/morning/", at=FRIDAY)
    session.hold_time().start()
    session.run_steps(last=1)
    until(pocket.entries, lambda entries: [each["event"]["kind"] for each in entries] == ["session"])
    pocket.page.close()
    again = Pocket(pocket.page.context.new_page(), alice, pocket.moods).open(at=FRIDAY + timedelta(hours=4))
    again.expect_ring(1)
    again.settle().expect_waiting(0)
    assert not Session.objects.exists()
    again.open(at=FRIDAY + timedelta(days=1)).expect_empty()

    session = Session.objects.get()
    assert session.day.isoformat() == "2026-11-20"
    assert session.finished_at == CompletedSet.objects.get().completed_at
    assert session.uuid == CompletedSet.objects.get().session
