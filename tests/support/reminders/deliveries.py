"""Deliveries as a sender left them."""

from datetime import timedelta
from uuid import uuid4

from exercises.models import Channel, Delivery, State
from tests.support.phone import FRIDAY


def delivery(user, channel=Channel.PUSH, state=State.WAITING, **fields):
    """A reminder of Friday morning, due at 8:00."""
    key = {"user": user, "day": FRIDAY.date(), "slot": "morning", "turn": 1, "channel": channel}
    times = {"not_before": FRIDAY, "until": FRIDAY + timedelta(minutes=90)}
    if state != State.WAITING:
        times |= {"claimed_at": FRIDAY, "claimed_by": uuid4()}
    return Delivery.objects.create(**key | {"state": state} | times | fields)


def states(**fields):
    return sorted(Delivery.objects.filter(**fields).values_list("state", flat=True))
