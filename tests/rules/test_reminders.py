"""When a reminder is due, compared with an oracle that walks through a year half an hour at a time."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from exercises.rules.reminders import SECOND_AFTER, WINDOW, Due, Quiet, due_at, second_is_due

STEP = timedelta(minutes=30)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
TIMES = [time(0, 30), time(2), time(2, 30), time(7, 30), time(19), time(23, 30)]
# Clocks change by an hour and by half of one, at 2:00, 3:00 and midnight, in both halves of the earth, and not at all.
ZONES = [
    ("Europe/Berlin", 0),
    ("Europe/Berlin", 3),
    ("America/New_York", 0),
    ("America/New_York", 2),
    ("America/Santiago", 0),
    ("Africa/Cairo", 0),
    ("Africa/Casablanca", 4),
    ("Australia/Lord_Howe", 0),
    ("Australia/Lord_Howe", 2),
    ("America/Havana", 1),
    ("Asia/Kolkata", 6),
]


class Walk:
    """What the clock on the wall shows at each half hour of the year. It knows no rule of ours."""

    def __init__(self, zone, starts_at):
        self.starts_at = timedelta(hours=starts_at)
        instants = [datetime(2025, 12, 31, tzinfo=UTC) + n * STEP for n in range(48 * 367)]
        self.shown = [(each, each.astimezone(zone).replace(tzinfo=None)) for each in instants]
        self.day_of = {instant: (wall - self.starts_at).date() for instant, wall in self.shown}
        self.first_shown = {wall: instant for instant, wall in reversed(self.shown)}

    def begins(self, day, at):
        """When the clock shows `at` first. A skipped time is read by the clock before the change, or the one after."""
        wall = datetime.combine(day + timedelta(days=timedelta(hours=at.hour) < self.starts_at), at)
        if wall in self.first_shown:
            return self.first_shown[wall]
        jump = next((before, after) for before, after in pairwise(self.shown) if before[1] < wall < after[1])
        readings = [instant + (wall - shown) for instant, shown in jump]
        return next(each for each in readings if self.day_of[each] == day)

    def due(self, day, at):
        """Each half hour at which the reminder of that day is due."""
        begins = self.begins(day, at)
        return {each for each in (begins, begins + STEP, begins + 2 * STEP) if self.day_of[each] == day}


@pytest.mark.parametrize(("zone", "starts_at"), ZONES)
def test_a_reminder_is_due_when_the_clock_on_the_wall_says_so(zone, starts_at):
    zone = ZoneInfo(zone)
    walk = Walk(zone, starts_at)
    for number in range((LAST - FIRST).days):
        day = FIRST + timedelta(days=number)
        for at in TIMES:
            begins, due = walk.begins(day, at), walk.due(day, at)
            around = [begins + n * STEP for n in range(-1, 5)]
            found = {each: due_at(each, at, zone, starts_at) for each in around}
            assert {each for each in around if found[each] and found[each].day == day} == due, (day, at)
            assert {found[each].since for each in due} == {begins}


BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)  # 19:30 in Berlin


@pytest.mark.parametrize(
    ("minutes", "is_due"), [(-1 / 60, False), (0, True), (89, True), (89.99, True), (90, False), (24 * 60 - 1, False)]
)
def test_it_is_due_for_ninety_minutes_to_the_second(minutes, is_due):
    assert bool(due_at(EVENING + timedelta(minutes=minutes), time(19, 30), BERLIN)) is is_due


def test_it_is_due_no_longer_than_its_day():
    """At midnight a set would count for the next day."""
    late = datetime(2026, 11, 20, 22, 50, tzinfo=UTC)  # 23:50
    midnight = datetime(2026, 11, 20, 23, tzinfo=UTC)

    assert due_at(late, time(23, 30), BERLIN).until == midnight
    assert due_at(midnight, time(23, 30), BERLIN) is None
    assert due_at(midnight, time(23, 30), BERLIN, day_starts_at=3).day == date(2026, 11, 20)


def test_an_hour_that_comes_twice_asks_for_one_day_once():
    """25 October: 2:30 comes at 0:30 and at 1:30 UTC."""
    half_past = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    found = [due_at(each, time(2, 30), BERLIN) for each in half_past]

    assert {each.since for each in found} == {half_past[0]}
    assert {each.day for each in found} == {date(2026, 10, 25)}


def test_whoever_travels_keeps_the_day():
    """At the same instant it is the evening of one day in Auckland and the morning of that day in Berlin."""
    now = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)

    assert due_at(now, time(19, 30), ZoneInfo("Pacific/Auckland")).day == date(2026, 11, 20)
    assert due_at(now, time(7, 30), BERLIN).day == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("quiet", "covered"),
    [
        (Quiet(time(22), time(6)), [22, 23, *range(6)]),
        (Quiet(time(13), time(15)), [13, 14]),
        (Quiet(time(0), time(6)), [*range(6)]),
        (Quiet(time(8), time(8)), []),
    ],
)
def test_quiet_hours_cover_their_times_and_no_other(quiet, covered):
    for hour in range(24):
        assert [quiet.covers(time(hour, minute)) for minute in (0, 59)] == 2 * [hour in covered]


def test_a_reminder_waits_for_the_end_of_the_quiet_hours():
    quiet = Quiet(time(22), time(20))  # until 20:00

    assert due_at(EVENING, time(19, 30), BERLIN, quiet=quiet) is None
    assert due_at(EVENING + timedelta(minutes=30), time(19, 30), BERLIN, quiet=quiet)
    assert due_at(EVENING + WINDOW, time(19, 30), BERLIN, quiet=quiet) is None


def test_the_second_reminder_comes_half_an_hour_after_the_first_was_due():
    due = Due(date(2026, 11, 20), EVENING, EVENING + WINDOW)

    assert not second_is_due(EVENING + SECOND_AFTER - timedelta(seconds=1), due)
    assert second_is_due(EVENING + SECOND_AFTER, due)
