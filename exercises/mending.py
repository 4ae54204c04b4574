"""What a form says of days, as the events a phone would send: a set added later, days of rest, a note, an undo.

The forms work without a script by this; static/js/facts.js reads the same fields in the same way.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from exercises.days import instant_of
from exercises.intake import Event, Refused, read, read_day, read_slot
from exercises.models import CompletedSet, Preferences
from exercises.words import rest_text

MOST_REST_DAYS = 31
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
NOON = time(12)  # of a set that belongs to no sitting

Fields = Mapping[str, str]


def added_set(day: date, fields: Fields, preferences: Preferences) -> Event:
    """A set of that day, at the `time` given, else at that of its sitting. `mark` is "morning/toe-presses"."""
    slot, _slash, exercise = fields.get("mark", "").partition("/")
    slot = read_slot(slot or fields.get("slot"))
    clock = _read_clock(fields["time"]) if fields.get("time") else preferences.starts.get(slot, NOON)
    try:
        completed_at = instant_of(day, clock, preferences.zone, preferences.day_starts_at)
    except OverflowError as error:
        raise Refused(_("This time is not in the calendar.")) from error
    return read(
        {
            "kind": "set",
            "exercise": exercise or fields.get("exercise"),
            "slot": slot,
            "completed_at": completed_at.isoformat(),
            "timezone": preferences.time_zone,
            "source": CompletedSet.Source.BACKDATED,
        }
    )


def rest_days(day: date, fields: Fields) -> list[Event]:
    """One for each day: of `span` ("2026-11-16/2026-11-22"), else of `from` to `until`, else of `day` alone."""
    said = {name: fields[name] for name in ("reason", "on") if name in fields}
    return [read({"kind": "rest_day", "day": each.isoformat(), **said}) for each in _days(day, fields)]


def note(day: date, fields: Fields) -> Event:
    return read({"kind": "note", "day": day.isoformat(), "text": fields.get("text")})


def undos(targets: Iterable[UUID]) -> list[Event]:
    return [read({"kind": "undo", "target": str(target)}) for target in targets]


class Rest(NamedTuple):
    """Rest days in a row, for one reason."""

    first: date
    last: date
    reason: str

    @property
    def span(self) -> str:
        return f"{self.first}/{self.last}"

    @property
    def text(self) -> str:
        return rest_text(self.reason)


def in_a_row(excused: Mapping[date, str]) -> list[Rest]:
    """The rest days of which there may be many, as few lines."""
    found: list[Rest] = []
    for day, reason in sorted(excused.items()):
        if found and (found[-1].last, found[-1].reason) == (day - timedelta(days=1), reason):
            found[-1] = found[-1]._replace(last=day)
        else:
            found.append(Rest(day, day, reason))
    return found


def _days(day: date, fields: Fields) -> list[date]:
    if span := fields.get("span"):
        first, _slash, last = span.partition("/")
    elif "from" in fields:
        first, last = fields["from"], fields.get("until", "")
    else:
        first = last = day.isoformat()
    begin, end = sorted((read_day(first), read_day(last)))
    if (end - begin).days >= MOST_REST_DAYS:
        raise Refused(_("At most %(most)d days at a time, please.") % {"most": MOST_REST_DAYS})
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]


def _read_clock(text: str) -> time:
    if not CLOCK.fullmatch(text):
        raise Refused(_("Please give a time like 07:30."))
    return time.fromisoformat(text)
