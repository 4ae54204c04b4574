"""The trial: a session done before there is an account. Its sets are stored at the sign-up, in that account only.

Until then they are on the phone only. The phone makes an id for the trial. The first account that claims it keeps it,
so sets that a browser sends again, or with the form of another account, do not count twice.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from exercises.models import SESSION_SLOTS, Preferences, Slot, User
from exercises.record import parsing, recording
from exercises.record.event_types import Event
from exercises.rules.days import current_slot, local_day

TRIED = Slot.MIDDAY  # the shortest session of the usual plan
MOST_SETS = 10
LONGEST_AGO = timedelta(days=31)  # with an older first day, all days since would show as missed


@dataclass(frozen=True)
class Trial:
    """`day` is the day of its first set on the phone, `sent_at` the clock of the phone at the sign-up."""

    id: UUID
    day: date
    sets: tuple[Event, ...]
    sent_at: datetime | None


def read(text: str) -> Trial | None:
    """The trial in a field of the sign-up form. None if malformed: bad trial data must never block a sign-up."""
    try:
        raw = json.loads(text)
        if not isinstance(raw["sets"], list) or len(raw["sets"]) > MOST_SETS:
            return None
        return Trial(
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


def begin(user: User, now: datetime, zone: tzinfo, tried: Trial | None) -> None:
    """Begin the plan of a new user in this slot of today, or on the day of the trial, and store the sets of the trial.

    The first questions follow. A trial of an earlier day begins in its own slot, and so does one of an earlier slot of
    today: its sets count.
    """
    today = local_day(now, zone)
    kept = tried if tried and _claim(user, tried) else None
    day = kept.day if kept and today - LONGEST_AGO <= kept.day <= today else today
    slots = [TRIED] if kept and day == kept.day else []
    if day == today:
        slots.append(Slot(current_slot(now.astimezone(zone).time(), Preferences().starts)))
    first_slot = min(slots, key=SESSION_SLOTS.index)
    user.begin(day, first_slot, time_zone=str(zone), first_questions_done=False)
    if kept is None:
        return
    for event in kept.sets:
        try:
            recording.record(user, event, now, kept.sent_at)
        except parsing.Rejected:  # the new user could not correct it
            pass


def _claim(user: User, tried: Trial) -> bool:
    """Whether this account is the first one with this trial. A unique column decides between two at once."""
    user.trial_id = tried.id
    try:
        with transaction.atomic():
            user.save(update_fields=["trial_id"])
    except IntegrityError:
        user.trial_id = None
    return user.trial_id is not None
