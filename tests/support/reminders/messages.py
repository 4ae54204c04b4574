"""Messages as the sender makes them, and their rows."""

import json
from datetime import timedelta

from django.utils import timezone

from exercises.models import Channel, Delivery, State, User
from exercises.reminders.job import Job
from exercises.reminders.message import message_of
from exercises.reminders.payload import payload_of


def a_sent_message(device, slot="morning", turn=1, day=None, left=10):
    """The payload of a message about the user's own day, as it reaches the device; its row says that it was sent."""
    user, now = User.objects.select_related("preferences").get(pk=device.user_id), timezone.now()
    day = day or user.preferences.day(now)
    key = {"user": user, "day": day, "slot": slot, "turn": turn, "channel": Channel.PUSH, "device": str(device.uuid)}
    sent = {"state": State.SENT, "not_before": now, "until": now + timedelta(minutes=90)}
    delivery, _made = Delivery.objects.get_or_create(**key, defaults=sent)
    due = [each for each in user.plan.on(day) if slot in each.slots]
    message = message_of(delivery, user.preferences, due)
    payload = json.loads(payload_of(Job(delivery, user, message, device), device.origin))
    payload["notification"]["data"]["left"] = left
    return payload


def states_of(device, slot="morning"):
    """By turn."""
    rows = Delivery.objects.filter(device=str(device.uuid), slot=slot).order_by("turn")
    return dict(rows.values_list("turn", "state"))
