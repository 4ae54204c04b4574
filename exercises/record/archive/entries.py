"""Turns the entries of a file into facts, or rejects them with a reason. No queries, no clock."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from exercises.models import CompletedSet, DayNote, Exercise, PainRating, Preferences, RestDay, Session, Undo
from exercises.models.training import Fact
from exercises.record import parsing
from exercises.record.event_types import (
    DayEvent,
    DayExcused,
    DayNoted,
    PainRated,
    SessionHeld,
    SetDone,
    SetUndone,
)
from exercises.record.parsing import Rejected
from exercises.record.recording import AHEAD, TOLERANCE, imported_digest
from exercises.rules.days import EARLIEST

# The sections of a file: the model of their entries, and the kind of event as which they are read.
MODELS: dict[str, type[Fact]] = {"sets": CompletedSet, "undos": Undo, "sessions": Session, "pain": PainRating,
                                 "rest_days": RestDay, "notes": DayNote}  # fmt: skip
KINDS = {"sets": "set", "undos": "undo", "sessions": "session", "pain": "pain", "rest_days": "rest_day",
         "notes": "note"}  # fmt: skip
MOST_APART = timedelta(days=2)  # between the UTC date of an instant and its day, in any zone and with any start of day
MOST_SECONDS = 9999

Exercises = Mapping[str, Exercise]


def read_fact(section: str, raw: Any, exercises: Exercises, preferences: Preferences, now: datetime) -> Fact:
    """The fact as it was exported, without a user, not saved. Raises Rejected with the reason.

    A zone that is not known here is that of the `preferences`.
    """
    if section not in KINDS:
        raise Rejected(_("We do not know this kind of entry."))
    if not isinstance(raw, dict):
        raise Rejected(_("This entry cannot be read."))
    kind = KINDS[section]
    common = {
        "id": parsing.read_uuid(raw.get("id"), "id"),
        "digest": imported_digest(kind),
        **parsing.zone_and_offset(raw),
    }
    event: Any = parsing.EVENT_READERS[kind](raw, common)
    fact = FACT_READERS[kind](event, raw, exercises, now)
    fact.uuid, fact.digest = event.id, event.digest
    if isinstance(fact, CompletedSet | Session):
        _needed(raw.get("timezone"))
        fact.time_zone = str(preferences.zone_of(event.zone, event.offset))
    return fact


def _set(event: SetDone, raw: Any, exercises: Exercises, now: datetime) -> CompletedSet:
    dose = raw.get("dose") if isinstance(raw.get("dose"), dict) else {}
    if event.exercise not in exercises:
        raise Rejected(_("We do not know this exercise."))
    return CompletedSet(
        exercise=exercises[event.exercise],
        slot=parsing.read_slot(raw.get("slot")),
        session=event.session,
        completed_at=_past(event.completed_at, now),
        day=_day(raw, event.completed_at),
        source=event.source,
        reps=_needed(event.reps),
        dose_reps=_whole(dose.get("reps"), least=1, most=parsing.MOST_REPS),
        dose_effort_seconds=_whole(dose.get("effort_seconds"), least=0, most=MOST_SECONDS),
        dose_pause_seconds=_whole(dose.get("pause_seconds"), least=0, most=MOST_SECONDS),
        dose_variant=read_variant(dose.get("variant")),
    )


def _undo(event: SetUndone, raw: Any, exercises: Exercises, now: datetime) -> Undo:
    return Undo(target=event.target)


def _session(event: SessionHeld, raw: Any, exercises: Exercises, now: datetime) -> Session:
    return Session(
        slot=event.slot,
        day=_day(raw, event.started_at),
        started_at=_past(event.started_at, now),
        finished_at=event.finished_at and _past(event.finished_at, now),
    )


def _pain(event: PainRated, raw: Any, exercises: Exercises, now: datetime) -> PainRating:
    return PainRating(**_day_and_instant(event, now), site=event.site, score=event.score)


def _rest_day(event: DayExcused, raw: Any, exercises: Exercises, now: datetime) -> RestDay:
    return RestDay(**_day_and_instant(event, now, AHEAD), reason=event.reason, on=event.on)


def _note(event: DayNoted, raw: Any, exercises: Exercises, now: datetime) -> DayNote:
    return DayNote(**_day_and_instant(event, now), text=event.text)


FACT_READERS: dict[str, Callable[..., Fact]] = {
    "set": _set,
    "undo": _undo,
    "session": _session,
    "pain": _pain,
    "rest_day": _rest_day,
    "note": _note,
}


def _day_and_instant(event: DayEvent, now: datetime, ahead: timedelta = timedelta(0)) -> dict[str, Any]:
    if event.day > now.date() + MOST_APART + ahead:
        raise Rejected(_("This day is still to come."))
    return {"day": _not_too_old(event.day), "said_at": _past(event.said_at, now)}


def _day(raw: Any, instant: datetime | None) -> date:
    """The stored day of the entry. It is not computed again."""
    day = parsing.read_day(raw.get("day"))
    if instant and abs(day - instant.date()) > MOST_APART:
        raise Rejected(_("The day and the time of this entry do not match."))
    return _not_too_old(day)


def _not_too_old(day: date) -> date:
    if day.year < EARLIEST:
        raise Rejected(_("This day is too far in the past."))
    return day


def _past(instant: datetime | None, now: datetime) -> datetime:
    if _needed(instant) > now + TOLERANCE:
        raise Rejected(_("The time of this entry is in the future."))
    return _needed(instant)


def _needed(value: Any) -> Any:
    """Our exports always contain this field, though a phone may omit it. Raises Rejected."""
    if value is None:
        raise Rejected(_("A field is missing in this entry."))
    return value


def _whole(number: Any, least: int, most: int) -> int:
    """A whole number in this range, also from its digits. Raises Rejected."""
    if isinstance(number, str) and number.isascii() and number.isdecimal() and len(number) < 6:
        number = int(number)
    if type(number) is not int or not least <= number <= most:
        raise Rejected(_("A number in this entry is missing or out of range."))
    return number


def read_variant(name: Any) -> str:
    if name and (not isinstance(name, str) or not parsing.SLUG.fullmatch(name) or len(name) > 40):
        raise Rejected(_("We do not know this way to do the exercise."))
    return name or ""
