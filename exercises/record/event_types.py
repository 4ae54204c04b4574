"""The events a phone may report, as typed values. parsing.py reads them, recording.py keeps them as facts."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class Event:
    """`digest` is the SHA-256 of the payload as sent.

    `zone` is None when the phone named none that is known here; `offset` is then that of its instant, if it named one.
    """

    kind: ClassVar[str]
    id: UUID
    digest: str
    zone: tzinfo | None
    offset: tzinfo | None


@dataclass(frozen=True)
class SetDone(Event):
    """Without a slot: the first open one of that day. Without an instant: now. Without reps: the whole dose."""

    kind = "set"
    exercise: str
    slot: str
    completed_at: datetime | None
    source: str
    session: UUID | None
    reps: int | None


@dataclass(frozen=True)
class SetUndone(Event):
    """Undoes the fact with the id `target`: a set, or a fact of a day."""

    kind = "undo"
    target: UUID


@dataclass(frozen=True)
class SessionHeld(Event):
    kind = "session"
    slot: str
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class DayEvent(Event):
    """Something said about a day. Without an instant: now."""

    day: date
    said_at: datetime | None


@dataclass(frozen=True)
class DayExcused(DayEvent):
    kind = "rest_day"
    reason: str
    on: bool


@dataclass(frozen=True)
class PainRated(DayEvent):
    kind = "pain"
    site: str
    score: int


@dataclass(frozen=True)
class DayNoted(DayEvent):
    kind = "note"
    text: str
