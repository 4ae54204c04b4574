"""Reads what a phone reports: raw fields, from a form or from JSON, become a typed event or are rejected with a reason.

Nothing here touches the database or the clock. Only strings that match a narrow pattern pass, so neither junk nor NUL
bytes reach a query.
"""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exercises.models import CompletedSet, DayNote, Reason, Site, Slot
from exercises.record.event_types import DayExcused, DayNoted, Event, PainRated, SessionHeld, SetDone, SetUndone
from exercises.rules.days import offset_of, zone_named

SLUG = re.compile(r"[a-z0-9-]{1,50}")
UUID_TEXT = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
MOST_REPS = 9999
CSRF_FIELD = "csrfmiddlewaretoken"
FIELDS = {
    "set": ("exercise", "slot", "completed_at", "timezone", "session", "source", "reps"),
    "undo": ("target", "timezone"),
    "session": ("slot", "started_at", "finished_at", "timezone"),
    "rest_day": ("day", "reason", "on", "said_at", "timezone"),
    "pain": ("day", "site", "score", "said_at", "timezone"),
    "note": ("day", "text", "said_at", "timezone"),
}
INSTANTS = ("completed_at", "started_at", "said_at")
FLAGS = {True: True, "true": True, "on": True, False: False, "false": False, "off": False}
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

Raw = Mapping[str, Any]


class Rejected(Exception):
    """An event that cannot be kept. Its text tells the user what to change."""


def one_of(values: Collection[Any], sentence: Promise) -> Callable[[Any], Any]:
    """A function that returns a value if it is one of these, and rejects it with that sentence if not."""

    def read_value(value: Any) -> Any:
        if not isinstance(value, str | bool) or value not in values:
            raise Rejected(str(sentence))
        return value

    return read_value


read_slot = one_of(Slot.values, gettext_lazy("The session must be morning, midday, evening or extra."))
_read_source = one_of(CompletedSet.Source.values, gettext_lazy("The source must be timed, ticked or backdated."))
_read_reason = one_of(Reason.values, gettext_lazy("The reason must be rest, sick or away."))
_read_site = one_of(Site.values, gettext_lazy("We do not know this place of pain."))
_read_flag = one_of(FLAGS, gettext_lazy("The field “on” must be true or false."))


def whole_number(least: int, most: int, sentence: Promise) -> Callable[[Any], int]:
    """A function that returns a whole number in this range, also from its digits, and rejects all else."""
    digits = re.compile(f"[0-9]{{1,{len(str(most))}}}")

    def read_number(number: Any) -> int:
        if isinstance(number, str) and digits.fullmatch(number):
            number = int(number)
        if type(number) is not int or not least <= number <= most:
            raise Rejected(str(sentence) % {"most": most})
        return number

    return read_number


_read_score = whole_number(0, 10, gettext_lazy("Pain must be a whole number from 0 to 10."))
_read_reps = whole_number(1, MOST_REPS, gettext_lazy("The reps must be a whole number from 1 to %(most)d."))


def read(raw: Raw) -> Event:
    """One event from its fields as sent, `kind` among them. Raises Rejected with the reason."""
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in EVENT_READERS:
        raise Rejected(_("We do not know this kind of event."))
    common = {
        "id": read_uuid(raw["id"], "id") if given(raw, "id") else _id_of_form(kind, raw),
        "digest": digest(kind, raw),
        **zone_and_offset(raw),
    }
    return EVENT_READERS[kind](raw, common)


def _id_of_form(kind: str, raw: Raw) -> UUID:
    """Without scripts a form has no id. Sent twice, it is one event, because the CSRF token is new on each page."""
    token = raw.get(CSRF_FIELD)
    return uuid5(NAMESPACE_OID, f"{token!a} {digest(kind, raw)}") if token else uuid4()


def zone_and_offset(raw: Raw) -> dict[str, Any]:
    """The zone and the offset of an event. No name is rejected: a machine guessed it, and no user can mend that."""
    zone = zone_named(raw.get("timezone"))
    instants = [raw[name] for name in INSTANTS if given(raw, name)]
    unknown = given(raw, "timezone") and zone is None
    return {"zone": zone, "offset": offset_of(instants[0]) if unknown and instants else None}


def _read_set(raw: Raw, common: dict[str, Any]) -> SetDone:
    return SetDone(
        **common,
        exercise=_read_slug(raw.get("exercise")),
        slot=read_slot(raw["slot"]) if given(raw, "slot") else "",
        completed_at=read_instant(raw["completed_at"]) if given(raw, "completed_at") else None,
        source=_read_source(raw["source"]) if given(raw, "source") else CompletedSet.Source.TICKED,
        session=read_uuid(raw["session"], "session") if given(raw, "session") else None,
        reps=_read_reps(raw["reps"]) if given(raw, "reps") else None,
    )


def _read_undo(raw: Raw, common: dict[str, Any]) -> SetUndone:
    return SetUndone(**common, target=read_uuid(raw.get("target"), "target"))


def _read_session(raw: Raw, common: dict[str, Any]) -> SessionHeld:
    """A session that ends before it starts, because the phone's clock was put back meanwhile, starts at its end."""
    started = read_instant(raw.get("started_at"))
    finished = read_instant(raw["finished_at"]) if given(raw, "finished_at") else None
    started = min(started, finished or started)
    return SessionHeld(**common, slot=read_slot(raw.get("slot")), started_at=started, finished_at=finished)


def _day_and_instant(raw: Raw) -> dict[str, Any]:
    said_at = read_instant(raw["said_at"]) if given(raw, "said_at") else None
    return {"day": read_day(raw.get("day")), "said_at": said_at}


def _read_rest_day(raw: Raw, common: dict[str, Any]) -> DayExcused:
    return DayExcused(
        **common,
        **_day_and_instant(raw),
        reason=_read_reason(raw["reason"]) if given(raw, "reason") else Reason.REST,
        on=FLAGS[_read_flag(raw["on"])] if given(raw, "on") else True,
    )


def _read_pain(raw: Raw, common: dict[str, Any]) -> PainRated:
    return PainRated(
        **common, **_day_and_instant(raw), site=_read_site(raw.get("site")), score=_read_score(raw.get("score"))
    )


def _read_note(raw: Raw, common: dict[str, Any]) -> DayNoted:
    return DayNoted(**common, **_day_and_instant(raw), text=_read_text(raw.get("text")))


EVENT_READERS: dict[str, Callable[[Raw, dict[str, Any]], Event]] = {
    "set": _read_set,
    "undo": _read_undo,
    "session": _read_session,
    "rest_day": _read_rest_day,
    "pain": _read_pain,
    "note": _read_note,
}


def without_mark(raw: Raw) -> dict[str, Any]:
    """The fields with `mark` split into slot and exercise: a button can send only one value, "morning/toe-presses"."""
    fields = {name: raw[name] for name in raw}  # not dict(): the values of a QueryDict are lists
    slot, slash, exercise = fields.pop("mark", "").partition("/")
    return {**fields, "slot": slot, "exercise": exercise} if slash else fields


def given(raw: Raw, name: str) -> bool:
    """Whether the field was sent. JSON's null counts as left out, an empty text does not."""
    return raw.get(name) is not None


def digest(kind: str, raw: Raw) -> str:
    """The digest of a payload. The same fields have the same digest, from a form or from JSON."""
    payload = {name: str(raw[name]) for name in FIELDS[kind] if given(raw, name)}
    return hashlib.sha256(json.dumps([kind, payload], sort_keys=True).encode()).hexdigest()


def read_uuid(text: Any, name: str) -> UUID:
    if not isinstance(text, str) or not UUID_TEXT.fullmatch(text):
        raise Rejected(_("The field “%(name)s” must be a UUID.") % {"name": name})
    return UUID(text)


def read_instant(text: Any) -> datetime:
    """An instant in UTC, from ISO 8601 with an offset."""
    try:
        instant = datetime.fromisoformat(text)
        if instant.utcoffset() is None:
            raise Rejected(_("A time must include its UTC offset, like 2026-11-22T08:00:00+01:00."))
        return instant.astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise Rejected(_("A time must look like 2026-11-22T08:00:00+01:00.")) from error


def read_day(text: Any) -> date:
    """A day written as in our links. Python would read other spellings too."""
    try:
        day = date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise Rejected(_("A day must look like 2026-11-20.")) from error
    if day.isoformat() != text:
        raise Rejected(_("A day must look like 2026-11-20."))
    return day


def _read_slug(text: Any) -> str:
    if not isinstance(text, str) or not SLUG.fullmatch(text):
        raise Rejected(_("We do not know this exercise."))
    return text


def _read_text(text: Any) -> str:
    """A note. Browsers send a new line as two characters and count it as one."""
    if not isinstance(text, str):
        raise Rejected(_("A note must be text."))
    text = text.replace("\r\n", "\n").strip()
    if UNWRITABLE.search(text):
        raise Rejected(_("This note has characters that cannot be saved."))
    if len(text) > DayNote.LONGEST:
        raise Rejected(_("A note can have at most %(most)d characters.") % {"most": DayNote.LONGEST})
    return text
