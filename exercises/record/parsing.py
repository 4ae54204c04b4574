"""What a phone may report: raw fields, from a form or from JSON, read into typed events or refused with a reason.

Nothing here touches the database or the clock. Strings are only let through when they match a
narrow pattern, so that neither junk nor NUL bytes ever reach a query.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, ClassVar
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _

from exercises.models import CompletedSet, DayNote, Reason, Site, Slot

SLUG = re.compile(r"[a-z0-9-]{1,50}")
UUID_TEXT = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
MOST_REPS = 9999
FIELDS = {
    "set": ("exercise", "slot", "completed_at", "timezone", "session", "source", "reps"),
    "undo": ("target", "timezone"),
    "session": ("slot", "started_at", "finished_at", "timezone"),
    "rest_day": ("day", "reason", "on", "said_at", "timezone"),
    "pain": ("day", "site", "score", "said_at", "timezone"),
    "note": ("day", "text", "said_at", "timezone"),
}
FLAGS = {True: True, "true": True, "on": True, False: False, "false": False, "off": False}
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

Raw = Mapping[str, Any]


class Rejected(Exception):
    """An event that cannot be kept; its text tells the user what to change."""


@dataclass(frozen=True)
class Event:
    """`digest` is the SHA-256 of the payload as sent; `zone` is None when the phone named none."""

    kind: ClassVar[str]
    id: UUID
    digest: str
    zone: ZoneInfo | None


@dataclass(frozen=True)
class SetDone(Event):
    """Empty slot: the first open one of that day. No instant: on arrival. No reps: all of the dose."""

    kind = "set"
    exercise: str
    slot: str
    completed_at: datetime | None
    source: str
    session: UUID | None
    reps: int | None


@dataclass(frozen=True)
class SetTakenBack(Event):
    kind = "undo"
    target: UUID


@dataclass(frozen=True)
class SessionHeld(Event):
    kind = "session"
    slot: str
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class Said(Event):
    """Something about a day. No instant: on arrival."""

    day: date
    said_at: datetime | None


@dataclass(frozen=True)
class DayExcused(Said):
    kind = "rest_day"
    reason: str
    on: bool


@dataclass(frozen=True)
class PainRated(Said):
    kind = "pain"
    site: str
    score: int


@dataclass(frozen=True)
class DayNoted(Said):
    kind = "note"
    text: str


def read(raw: Raw) -> Event:
    """One event from its fields as sent, `kind` among them. Raises Rejected with the reason."""
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in READERS:
        raise Rejected(_("We do not know this kind of event."))
    common = {
        "id": read_uuid(raw["id"], "id") if given(raw, "id") else uuid4(),
        "digest": digest(kind, raw),
        "zone": read_zone(raw["timezone"]) if given(raw, "timezone") else None,
    }
    return READERS[kind](raw, common)


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


def _read_undo(raw: Raw, common: dict[str, Any]) -> SetTakenBack:
    return SetTakenBack(**common, target=read_uuid(raw.get("target"), "target"))


def _read_session(raw: Raw, common: dict[str, Any]) -> SessionHeld:
    started = read_instant(raw.get("started_at"))
    finished = read_instant(raw["finished_at"]) if given(raw, "finished_at") else None
    if finished and finished < started:
        raise Rejected(_("A session cannot end before it starts."))
    return SessionHeld(**common, slot=read_slot(raw.get("slot")), started_at=started, finished_at=finished)


def _said(raw: Raw) -> dict[str, Any]:
    said_at = read_instant(raw["said_at"]) if given(raw, "said_at") else None
    return {"day": read_day(raw.get("day")), "said_at": said_at}


def _read_rest_day(raw: Raw, common: dict[str, Any]) -> DayExcused:
    return DayExcused(
        **common,
        **_said(raw),
        reason=_read_reason(raw["reason"]) if given(raw, "reason") else Reason.REST,
        on=_read_flag(raw["on"]) if given(raw, "on") else True,
    )


def _read_pain(raw: Raw, common: dict[str, Any]) -> PainRated:
    return PainRated(**common, **_said(raw), site=_read_site(raw.get("site")), score=_read_score(raw.get("score")))


def _read_note(raw: Raw, common: dict[str, Any]) -> DayNoted:
    return DayNoted(**common, **_said(raw), text=_read_text(raw.get("text")))


READERS: dict[str, Callable[[Raw, dict[str, Any]], Event]] = {
    "set": _read_set,
    "undo": _read_undo,
    "session": _read_session,
    "rest_day": _read_rest_day,
    "pain": _read_pain,
    "note": _read_note,
}


def given(raw: Raw, name: str) -> bool:
    """Whether the field was sent: JSON's null counts as left out, an empty text does not."""
    return raw.get(name) is not None


def digest(kind: str, raw: Raw) -> str:
    """The payload's digest: same fields, same digest, whether a form or JSON brought them."""
    payload = {name: str(raw[name]) for name in FIELDS[kind] if given(raw, name)}
    return hashlib.sha256(json.dumps([kind, payload], sort_keys=True).encode()).hexdigest()


def read_uuid(text: Any, name: str) -> UUID:
    if not isinstance(text, str) or not UUID_TEXT.fullmatch(text):
        raise Rejected(_("The field “%(name)s” must be a UUID.") % {"name": name})
    return UUID(text)


def read_instant(text: Any) -> datetime:
    """ISO 8601 with its offset, as UTC."""
    try:
        instant = datetime.fromisoformat(text)
        if instant.utcoffset() is None:
            raise Rejected(_("A time must include its UTC offset, like 2026-11-22T08:00:00+01:00."))
        return instant.astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise Rejected(_("A time must look like 2026-11-22T08:00:00+01:00.")) from error


def read_day(text: Any) -> date:
    """A day in the one way of writing that our links have; Python would read others too."""
    try:
        read = date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise Rejected(_("A day must look like 2026-11-20.")) from error
    if read.isoformat() != text:
        raise Rejected(_("A day must look like 2026-11-20."))
    return read


def read_zone(text: Any) -> ZoneInfo:
    if not isinstance(text, str) or text not in zone_names():
        raise Rejected(_("We do not know this time zone."))
    return ZoneInfo(text)


@cache
def zone_names() -> frozenset[str]:
    """All IANA names. Looked up here first: ZoneInfo reads files by the name it is given.

    Two that mean another zone on each machine are left out.
    """
    return frozenset(available_timezones() - {"localtime", "Factory"})


def read_slot(text: Any) -> str:
    if text not in Slot.values:
        raise Rejected(_("The session must be morning, midday, evening or extra."))
    return text


def _read_slug(text: Any) -> str:
    if not isinstance(text, str) or not SLUG.fullmatch(text):
        raise Rejected(_("We do not know this exercise."))
    return text


def _read_source(text: Any) -> str:
    if text not in CompletedSet.Source.values:
        raise Rejected(_("The source must be timed, ticked or backdated."))
    return text


def _read_reps(number: Any) -> int:
    """A whole number, or a text that is one."""
    if isinstance(number, str) and re.fullmatch(r"[0-9]{1,4}", number):
        number = int(number)
    if type(number) is not int or not 1 <= number <= MOST_REPS:
        raise Rejected(_("The reps must be a whole number from 1 to %(most)d.") % {"most": MOST_REPS})
    return number


def _read_reason(text: Any) -> str:
    if text not in Reason.values:
        raise Rejected(_("The reason must be rest, sick or away."))
    return text


def _read_flag(flag: Any) -> bool:
    if not isinstance(flag, bool | str) or flag not in FLAGS:
        raise Rejected(_("The field “on” must be true or false."))
    return FLAGS[flag]


def _read_site(text: Any) -> str:
    if text not in Site.values:
        raise Rejected(_("We do not know this place of pain."))
    return text


def _read_score(number: Any) -> int:
    """A whole number, or a text that is one."""
    if isinstance(number, str) and re.fullmatch(r"[0-9]{1,2}", number):
        number = int(number)
    if type(number) is not int or not 0 <= number <= 10:
        raise Rejected(_("Pain must be a whole number from 0 to 10."))
    return number


def _read_text(text: Any) -> str:
    """Browsers send a new line as two characters, and count it as one."""
    if not isinstance(text, str):
        raise Rejected(_("A note must be text."))
    text = text.replace("\r\n", "\n").strip()
    if UNWRITABLE.search(text):
        raise Rejected(_("This note has characters that cannot be saved."))
    if len(text) > DayNote.LONGEST:
        raise Rejected(_("A note can have at most %(most)d characters.") % {"most": DayNote.LONGEST})
    return text
