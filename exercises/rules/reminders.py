"""When a reminder is due. The clock is never read here.

Source: docs/architecture.md, Reminders. A reminder belongs to a user's own day and a slot, not to an instant: it comes
once although a clock hour comes twice, and once although the user travels.
"""

from datetime import date, datetime, time, timedelta, tzinfo
from math import ceil
from typing import NamedTuple

from exercises.rules.days import instant_of, local_day

WINDOW = timedelta(minutes=90)  # later it would be a reproach, and a heap after an outage
SECOND_AFTER = timedelta(minutes=30)  # the second reminder, for those who want one
LATER = timedelta(minutes=10)  # "In 10 minutes"
LARGEST_CHANGE = timedelta(hours=2)  # of clocks: Troll Station's; most change by one hour
MINUTE = timedelta(minutes=1)


class Due(NamedTuple):
    """The day whose reminder is due, and from when until when it may be sent, in UTC."""

    day: date
    since: datetime
    until: datetime


class Quiet(NamedTuple):
    """Wall-clock times between which nothing is sent; `until` may lie in the next morning."""

    since: time
    until: time

    def covers(self, clock: time) -> bool:
        """Whether nothing is sent at that time. Equal times cover nothing."""
        if self.since <= self.until:
            return self.since <= clock < self.until
        return clock >= self.since or clock < self.until


def due_at(now: datetime, at: time, zone: tzinfo, day_starts_at: int = 0, quiet: Quiet | None = None) -> Due | None:
    """The reminder of the wall-clock time `at` that is due at `now`, an aware instant. None if it is not due.

    It is due for WINDOW, but not beyond the user's own day: its sets would count for the next one. A time that the
    clocks skip is read by the clock before the change, of two equal times the first one counts (days.instant_of).
    """
    due = window_of(local_day(now, zone, day_starts_at), at, zone, day_starts_at)
    if not due.since <= now < due.until or (quiet and quiet.covers(now.astimezone(zone).time())):
        return None
    return due


def window_of(day: date, at: time, zone: tzinfo, day_starts_at: int = 0) -> Due:
    """When the reminder of that day may be sent, quiet hours aside."""
    since = instant_of(day, at, zone, day_starts_at)
    return Due(day, since, last_moment(day, since, zone, day_starts_at))


def last_moment(day: date, since: datetime, zone: tzinfo, day_starts_at: int = 0) -> datetime:
    """When it is too late for a message about that day, if its time is `since`."""
    end_of_day = instant_of(day + timedelta(days=1), time(day_starts_at), zone, day_starts_at)
    return min(since + WINDOW, end_of_day)


def first_moment(due: Due, zone: tzinfo, quiet: Quiet | None = None) -> datetime | None:
    """The first moment of `due` outside of quiet hours, to the minute and in `zone`. None if they cover all of it."""
    minutes = range(ceil((due.until - due.since) / MINUTE))
    moments = ((due.since + n * MINUTE).astimezone(zone) for n in minutes)
    return next((each for each in moments if not (quiet and quiet.covers(each.time()))), None)


def second_is_due(now: datetime, due: Due) -> bool:
    """Whether the second reminder of a slot may be sent, if the first one was."""
    return now >= due.since + SECOND_AFTER


class ClockRange(NamedTuple):
    """Wall-clock times from `first` to `last`, both included; `last` may lie after midnight."""

    first: time
    last: time


def clocks_due(now: datetime, zone: tzinfo) -> ClockRange:
    """Every wall-clock time whose reminder may be due at `now` in `zone`. `due_at` then decides.

    Around a change of the clocks the range is wider by that change at both ends.
    """
    near = (now - WINDOW - LARGEST_CHANGE, now, now + LARGEST_CHANGE)
    offsets = [each.astimezone(zone).utcoffset() or timedelta(0) for each in near]
    change, wall = max(offsets) - min(offsets), now.astimezone(zone).replace(tzinfo=None)
    return ClockRange((wall - WINDOW - change).time(), (wall + change).time())
