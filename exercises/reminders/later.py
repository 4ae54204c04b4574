""" "In 10 minutes": one more message about a slot, on the device on which it was asked for."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from exercises.models import Channel, Delivery, PushSubscription, User
from exercises.models.reminder import ON_ITS_WAY, SECOND
from exercises.record.parsing import Rejected
from exercises.rules.reminders import LATER, last_moment


def remind_later(user: User, device: PushSubscription, day: date, slot: str, now: datetime) -> None:
    """Ask the sender for the next turn. A second tap finds the first one waiting.

    Raises Rejected if that day is over by then.
    """
    preferences = user.preferences
    if preferences.day(now) != day:
        raise Rejected(_("This day is over, so no more reminders come for it."))
    if preferences.day(now + LATER) != day:
        raise Rejected(_("In 10 minutes this day is over, so no more reminders come for it."))
    with transaction.atomic():
        user.take_turn()
        sent = Delivery.objects.on(device, day, slot)
        if sent.filter(turn__gt=SECOND, state__in=ON_ITS_WAY).exists():
            return
        sent.close()
        last = sent.aggregate(last=Max("turn"))["last"] or SECOND
        Delivery.objects.create(
            user=user,
            day=day,
            slot=slot,
            turn=max(SECOND, last) + 1,
            channel=Channel.PUSH,
            device=str(device.uuid),
            not_before=now + LATER,
            until=last_moment(day, now, preferences.zone, preferences.day_starts_at),
        )
