"""Takes messages off devices: a session that is done needs no reminder, on whichever device it was done.

The sender asks for sets of the slots that messages are about, so a tick does nothing for reminders.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from exercises.models import SESSION_SLOTS, Channel, CompletedSet, Delivery, RestDay, State
from exercises.models.reminder import CLEAR, FIRST
from exercises.reminders.batches import in_batches
from exercises.reminders.still_open import still_open

SHOWN = timedelta(hours=6)  # after its time is over a message may still be on a device, and is taken off
FOR = timedelta(hours=3)  # a device that is off for longer shows the message until it is swiped away
KEY = ["user", "day", "slot", "turn", "channel", "device"]


class Clearer:
    """What one sender remembers: how many facts there were about a message when it looked last."""

    def __init__(self) -> None:
        self._seen: dict[tuple, int] = {}

    def clear(self, now: datetime) -> int:
        """Write a delivery for each device whose message is about a slot that is done by now. Returns how many."""
        found = list(_with_facts(now))
        news = [each for each in found if self._seen.get(each.pk) != each.facts]
        cleared = sum(_clear(some, now) for some in in_batches(news))
        self._seen = {each.pk: each.facts for each in found}
        return cleared


def _with_facts(now: datetime) -> QuerySet[Any]:
    """The messages that may be on a device and about whose slot there are facts: `facts` is their number."""
    about = {"user": OuterRef("user"), "day": OuterRef("day")}
    sets, rest = CompletedSet.objects.filter(**about, slot=OuterRef("slot")), RestDay.objects.filter(**about)
    shown = Delivery.objects.filter(channel=Channel.PUSH, state=State.SENT, turn__gte=FIRST, slot__in=SESSION_SLOTS)
    said = shown.filter(Exists(sets) | Exists(rest), until__gt=now - SHOWN)
    return said.annotate(facts=_number(sets) + _number(rest)).order_by("until", *KEY)


def _number(facts: QuerySet) -> Coalesce:
    counted = facts.order_by().values("user").annotate(number=Count(F("uuid"))).values("number")
    return Coalesce(Subquery(counted), 0)


def _clear(shown: Sequence[Delivery], now: datetime) -> int:
    is_open = _open(shown)
    done = [each for each in shown if (each.user_id, each.day, each.slot) not in is_open]
    return _close(done, now) if done else 0


def _open(shown: Sequence[Delivery]) -> set[tuple]:
    users = defaultdict(set)
    for each in shown:
        users[each.day].add(each.user_id)
    return {(user, day, slot) for day, some in users.items() for user, slot in still_open(some, day)}


def _close(done: Sequence[Delivery], now: datetime) -> int:
    """Only those that nobody else closed: so each device gets one message, however many senders look."""
    look, these = uuid4(), Delivery.objects.filter(pk__in=[each.pk for each in done])
    with transaction.atomic():
        these.filter(state=State.SENT).update(state=State.CLOSED, claimed_by=look)
        closed = these.filter(claimed_by=look)
        devices = {(each.user_id, each.day, each.slot, each.device) for each in closed}
        fields: dict[str, Any] = {"turn": CLEAR, "channel": Channel.PUSH, "not_before": now, "until": now + FOR}
        rows = [
            Delivery(user_id=user, day=day, slot=slot, device=device, **fields) for user, day, slot, device in devices
        ]
        # There may be one of today: a set was undone after it, and done again.
        again = ["state", "not_before", "until", "tries", "claimed_at", "claimed_by", "answer"]
        Delivery.objects.bulk_create(rows, update_conflicts=True, update_fields=again, unique_fields=KEY)
    return len(rows)
