"""The wall-clock times that the database is asked for leave nobody out whom the exact rule finds due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.rules.reminders import clocks_due, due_at

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Antarctica/Troll", "Asia/Kathmandu"]
# The nights on which clocks change there, and any other moment of the year.
CHANGES = [datetime(2026, 3, 29, 1), datetime(2026, 10, 25, 1), datetime(2026, 3, 8, 7), datetime(2026, 11, 1, 6)]
CHANGES += [datetime(2026, 4, 4, 15), datetime(2026, 10, 3, 15, 30)]
NEAR = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes), st.sampled_from(CHANGES), st.integers(-300, 300)
)
MOMENTS = NEAR | st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31))


def covers(clocks, at):
    if clocks.first <= clocks.last:
        return clocks.first <= at <= clocks.last
    return at >= clocks.first or at <= clocks.last


@pytest.mark.parametrize("name", ZONES)
def test_each_time_that_is_due_is_asked_for(name):
    zone = ZoneInfo(name)

    @given(MOMENTS, st.integers(-30, 240), st.integers(0, 6))
    def holds(moment, minutes_ago, day_starts_at):
        now = moment.replace(tzinfo=UTC)
        at = ((now - timedelta(minutes=minutes_ago)).astimezone(zone)).time().replace(second=0, microsecond=0)
        for clock in (at, *((datetime.combine(now, at) + timedelta(hours=hours)).time() for hours in (-2, -1, 1, 2))):
            if due_at(now, clock, zone, day_starts_at):
                assert covers(clocks_due(now, zone), clock)

    holds()


@given(MOMENTS, st.sampled_from(ZONES))
def test_few_others_are_asked_for(moment, name):
    """An hour and a half of the day; around the change of two hours in Troll five and a half."""
    clocks = clocks_due(moment.replace(tzinfo=UTC), ZoneInfo(name))
    length = (datetime.combine(moment, clocks.last) - datetime.combine(moment, clocks.first)) % timedelta(days=1)

    assert length <= timedelta(hours=5.5)
    if not any(abs(moment - change) < timedelta(hours=9) for change in CHANGES):
        assert length == timedelta(hours=1.5)
