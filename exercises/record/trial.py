"""The try-out: a session done before there was an account. Its sets come with the sign-up, into that account alone.

Until then they are on the phone only. The phone gives the try-out an id; the first account made with it has it for
ever, so whatever a browser sends again, or on from another account's form, counts no second time.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from exercises.models import Slot, User
from exercises.record import parsing, recording
from exercises.record.event_types import Event
from exercises.rules.days import local_day

TRIED = Slot.MIDDAY  # the shortest session of the usual plan
MOST_SETS = 10
LONGEST_AGO = timedelta(days=31)  # a plan that began long ago would show all the days since as missed


@dataclass(frozen=True)
class TryOut:
    """`day` is that of its first set, on the phone; `sent_at` the phone's clock at the sign-up."""

    id: UUID
    day: date
    sets: tuple[Event, ...]
    sent_at: datetime | None


def read(text: str) -> TryOut | None:
    """As the form of the sign-up brings it. None for what is none: no junk is to keep anybody from an account."""
    try:
        raw = json.loads(text)
        if not isinstance(raw["sets"], list) or len(raw["sets"]) > MOST_SETS:
            return None
        return TryOut(
            id=parsing.read_uuid(raw["id"], "id"),
            day=date.fromisoformat(raw["day"]),
            sets=tuple(_read_set(each) for each in raw["sets"]),
            sent_at=parsing.read_instant(raw["sent_at"]) if parsing.given(raw, "sent_at") else None,
        )
    except (KeyError, TypeError, ValueError, RecursionError, parsing.Rejected):
        return None


def _read_set(raw: Any) -> Event:
    if not isinstance(raw, dict) or raw.get("kind") != "set":
        raise TypeError("not a set")
    return parsing.read(raw)


def begin(user: User, now: datetime, zone: ZoneInfo, tried: TryOut | None) -> None:
    """The plan of a new user: from today on, or from the day of the try-out that came along, with its sets."""
    today = local_day(now, zone)
    if tried is None or not _claim(user, tried):
        user.begin(today, zone.key)
        return
    user.begin(tried.day if today - LONGEST_AGO <= tried.day <= today else today, zone.key)
    for event in tried.sets:
        try:
            recording.record(user, event, now, tried.sent_at)
        except parsing.Rejected:  # nobody is there yet who could mend it
            pass


def _claim(user: User, tried: TryOut) -> bool:
    """Whether this account is the first that was made with it: the database lets one through."""
    user.tried_out = tried.id
    try:
        with transaction.atomic():
            user.save(update_fields=["tried_out"])
    except IntegrityError:
        user.tried_out = None
    return user.tried_out is not None
