"""By what reminders reach a user, and whether a sender is at work. Each function says how many queries it makes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from exercises.models import Channel, Delivery, Heartbeat, Preferences, PushSubscription, User
from exercises.models.reminder import TEST
from exercises.pages.reminders import Made

Way = tuple[Channel, str]  # a channel, and on "push" the device


@dataclass(frozen=True)
class Ways:
    """What a user has switched on: devices, the oldest first; the address of mails, or ""; the server's own service."""

    devices: tuple[PushSubscription, ...]
    mail: str
    webhook: bool

    def __bool__(self) -> bool:
        return bool(self.devices or self.mail or self.webhook)

    @property
    def channels(self) -> list[Way]:
        found = [(Channel.PUSH, str(each.uuid)) for each in self.devices]
        found += [(Channel.MAIL, "")] if self.mail else []
        return found + ([(Channel.WEBHOOK, "")] if self.webhook else [])

    def where(self, channel: str, device: str) -> str:
        """The name of a device, or the address; "" for a device that is gone and for a service."""
        names = {str(each.uuid): each.name for each in self.devices}
        return self.mail if channel == Channel.MAIL else names.get(device, "")


def ways_of(user: User) -> Ways:
    """What this user has switched on and this server has: one query."""
    mail, webhook = (is_chosen(channel, user.preferences) for channel in (Channel.MAIL, Channel.WEBHOOK))
    return Ways(tuple(PushSubscription.objects.of(user)), user.email if mail else "", webhook)


def is_chosen(channel: Channel | str, preferences: Preferences) -> bool:
    """Whether a user chose mail or the webhook, and this server has it. Devices are no choice of preferences."""
    if channel == Channel.MAIL:
        return preferences.remind_by_mail and settings.MAIL_ENABLED
    return channel == Channel.WEBHOOK and preferences.remind_by_webhook and bool(settings.REMINDER_URL)


def made_since(user: User, day: date) -> list[Made]:
    """The messages of that day and those after it, without those that were sent to try: one query."""
    rows = Delivery.objects.of(user).filter(day__gte=day).exclude(slot=TEST)
    return [Made(*row) for row in rows.values_list(*Made._fields)]


def sender_works(now: datetime) -> bool:
    """Whether a sender is at work: one query."""
    return Heartbeat.is_fresh(Heartbeat.last(), now)
