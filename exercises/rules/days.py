"""The day of an instant, the week of a day, the session of an hour. The clock is never read here.

Source: docs/architecture.md, "The day rule". static/js/lib/days.js has the same rule; the cases in
tests/rules/days.json and tests/rules/instants.json run against both.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

EARLIEST = 1900  # no record is older; the first year of the calendar has weeks that begin before it
WEEK_NAME = re.compile(r"([0-9]{4})-W([0-9]{2})")
OFFSET = re.compile(r"([+-])([01][0-9]|2[0-3]):([0-5][0-9])")


@cache
def zone_names() -> frozenset[str]:
    """All IANA names, but for two that mean another zone on each machine.

    A name is looked up here first, because ZoneInfo opens a file of the name it is given.
    """
    return frozenset(available_timezones() - {"localtime", "Factory"})


def zone_named(name: Any) -> tzinfo | None:
    """The zone of an IANA name, or of an offset as str() names it, "UTC+05:30". None for all else.

    Not of "UTC+3" or "EST": some systems count such names eastwards, some westwards.
    """
    if not isinstance(name, str):
        return None
    if name in zone_names():
        return _zone(name)
    return offset_of(name) if name.startswith("UTC") and len(name) == len("UTC+05:30") else None


@cache
def _zone(name: str) -> ZoneInfo:
    """Kept: Python keeps the last eight, and reads a file again for each other one."""
    return ZoneInfo(name)


def offset_of(text: Any) -> tzinfo | None:
    """The offset from UTC at the end of a text, like the +05:30 of an instant. None without one, as in one with Z."""
    found = OFFSET.fullmatch(text[-6:]) if isinstance(text, str) else None
    if not found:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-offset if found[1] == "-" else offset)


def local_day(instant: datetime, zone: tzinfo, starts_at: int = 0) -> date:
    """The day an instant belongs to for someone in `zone` whose day starts at `starts_at` o'clock.

    The hours are subtracted from the wall clock. Subtracted from the instant they are an hour wrong on the nights when
    clocks change. Raises ValueError for a naive instant, and for a day outside of the years 1 to 9999.
    """
    if instant.utcoffset() is None:
        raise ValueError("an instant needs its offset from UTC")
    try:
        # Python subtracts from an aware datetime by the wall clock, as it should here.
        return (instant.astimezone(zone) - timedelta(hours=starts_at)).date()
    except OverflowError as error:
        raise ValueError("an instant must lie in the years 1 to 9999") from error


def instant_of(day: date, clock: time, zone: tzinfo, starts_at: int = 0) -> datetime:
    """The instant, in UTC, at which it was `clock` on that day in `zone`: the inverse of `local_day`.

    Hours before the start of the day are in the night after it. An hour that came twice is the first one. An hour that
    was skipped is read by the clock before the change, unless that is another day. Raises OverflowError at the ends of
    the calendar.
    """
    wall = datetime.combine(day + timedelta(days=clock.hour < starts_at), clock, zone)
    readings = [wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    return next((each for each in readings if local_day(each, zone, starts_at) == day), readings[0])


def week_of(day: date, starts_on: int = 0) -> tuple[date, ...]:
    """The seven days of the week that holds `day`; `starts_on` is 0 for Monday to 6 for Sunday."""
    return week_from(day - timedelta(days=(day.weekday() - starts_on) % 7))


def week_from(first: date) -> tuple[date, ...]:
    """The seven days from `first` on."""
    return tuple(first + timedelta(days=n) for n in range(7))


def weeks_up_to(last: date, count: int) -> list[date]:
    """The first days of `count` weeks up to `last`, oldest first. Fewer at the beginning of the calendar."""
    ordinals = (last.toordinal() - 7 * n for n in reversed(range(count)))
    return [date.fromordinal(ordinal) for ordinal in ordinals if ordinal >= 1]


def week_name(first: date) -> str:
    """ "2026-W47": the ISO week of the first day, whichever weekday that is."""
    year, week, _ = first.isocalendar()
    return f"{year:04}-W{week:02}"


def week_named(name: str, starts_on: int = 0) -> date | None:
    """The first day of the week with that name. None if the calendar has no such week."""
    if not (parts := WEEK_NAME.fullmatch(name)):
        return None
    try:
        return date.fromisocalendar(int(parts[1]), int(parts[2]), starts_on + 1)
    except (ValueError, OverflowError):
        return None


def current_slot(now: time, starts: Mapping[str, time], day_starts_at: int = 0) -> str:
    """The session that is due: the last one that has started, or the first one before any has.

    `now` and the starts are wall-clock times in one zone, in the order of the day: if it starts at 3:00, half past
    midnight is still evening. Raises ValueError without starts.
    """
    if not starts:
        raise ValueError("a day needs at least one session")
    slots = sorted(starts, key=lambda slot: into_the_day(starts[slot], day_starts_at))
    started = [slot for slot in slots if into_the_day(starts[slot], day_starts_at) <= into_the_day(now, day_starts_at)]
    return started[-1] if started else slots[0]


def into_the_day(clock: time, day_starts_at: int = 0) -> tuple[int, time]:
    """A sort key for wall-clock times of a day that starts at that hour."""
    return (clock.hour - day_starts_at) % 24, clock
