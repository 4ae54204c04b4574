"""Turns the forms of a day's page into the events a phone would send: a set added later, rest days, a note, an undo.

This makes the forms work without JavaScript; static/js/outbox/fact-forms.js reads the same fields in the same way.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from exercises.models import CompletedSet, Plan, Preferences
from exercises.record.event_types import Event
from exercises.record.parsing import CSRF_FIELD, Rejected, read, read_day, read_slot, without_mark
from exercises.record.recording import dose_on
from exercises.rules.days import instant_of

MOST_REST_DAYS = 31
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
NOON = time(12)  # the time of an added extra set

Fields = Mapping[str, str]


def added_set(day: date, fields: Fields, preferences: Preferences) -> Event:
    """A set of that day, at `time` or at the start of its session."""
    fields = without_mark(fields)
    slot = read_slot(fields.get("slot"))
    clock = _read_clock(fields["time"]) if fields.get("time") else _clock_of(slot, preferences)
    try:
        completed_at = instant_of(day, clock, preferences.zone, preferences.day_starts_at)
    except OverflowError as error:
        raise Rejected(_("This date or time does not exist.")) from error
    return read(
        {
            "kind": "set",
            CSRF_FIELD: fields.get(CSRF_FIELD),
            "exercise": fields.get("exercise"),
            "slot": slot,
            "completed_at": completed_at.isoformat(),
            "timezone": preferences.time_zone,
            "source": CompletedSet.Source.BACKDATED,
        }
    )


def is_at_no_time(added: CompletedSet, preferences: Preferences) -> bool:
    """Whether the set was added without a time, so its instant is only the start of its session."""
    clock, zone = _clock_of(added.slot, preferences), added.zone
    usual = instant_of(added.day, clock, zone, preferences.day_starts_at)
    return added.source == CompletedSet.Source.BACKDATED and added.completed_at == usual


def restorable_fields(undone: CompletedSet, plan: Plan, preferences: Preferences) -> dict[str, Any]:
    """The fields of a new event that restores a set. The undo itself cannot be undone.

    Empty if the new set would differ: its day, or the dose of that day, has changed since the set was stored.
    """
    dose = dose_on(undone.day, undone.exercise, plan)
    day = preferences.day(undone.completed_at, undone.zone)
    if (day, dose) != (undone.day, {name: getattr(undone, name) for name in dose}):
        return {}
    fields = {
        "exercise": undone.exercise.slug,
        "slot": undone.slot,
        "completed_at": undone.completed_at.isoformat(),
        "timezone": undone.time_zone,
        "source": undone.source,
        "reps": undone.reps,
    }
    return fields | ({"session": str(undone.session)} if undone.session else {})


def restored_set(undone: CompletedSet, plan: Plan, preferences: Preferences) -> Event:
    """The event that restores a set. Its id follows from the set, so two requests restore it once. Raises Rejected."""
    fields = restorable_fields(undone, plan, preferences)
    if not fields:
        raise Rejected(_("This set cannot be put back as it was. Please add it again on the page for its day."))
    return read({"kind": "set", "id": str(uuid5(undone.uuid, "restored")), **fields})


def rest_days(day: date, fields: Fields) -> list[Event]:
    """An event for each day of `span` (one or more of "2026-11-16/2026-11-22"), of `from` to `until`, or of `day`."""
    chosen = {name: fields[name] for name in ("reason", "on") if name in fields}
    return [read({"kind": "rest_day", "day": each.isoformat(), **chosen}) for each in _days(day, fields)]


def note(day: date, fields: Fields) -> Event:
    return read({"kind": "note", "day": day.isoformat(), "text": fields.get("text")})


def undos(targets: Iterable[UUID]) -> list[Event]:
    return [read({"kind": "undo", "target": str(target)}) for target in targets]


def _days(day: date, fields: Fields) -> list[date]:
    if span := fields.get("span", "").strip():
        spans = [each.partition("/")[::2] for each in span.split()]
    elif "from" in fields:
        spans = [(fields["from"], fields.get("until", ""))]
    else:
        spans = [(day.isoformat(), day.isoformat())]
    ends = [sorted((read_day(first), read_day(last))) for first, last in spans]
    if sum((end - begin).days + 1 for begin, end in ends) > MOST_REST_DAYS:
        raise Rejected(_("Please choose at most %(most)d days at a time.") % {"most": MOST_REST_DAYS})
    days = (begin + timedelta(days=number) for begin, end in ends for number in range((end - begin).days + 1))
    return list(dict.fromkeys(days))


def _clock_of(slot: str, preferences: Preferences) -> time:
    """The time of a set that was added without one."""
    return preferences.starts.get(slot, NOON)


def _read_clock(text: str) -> time:
    if not CLOCK.fullmatch(text):
        raise Rejected(_("Please enter a time like 07:30."))
    return time.fromisoformat(text)
