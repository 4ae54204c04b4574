"""What the sender of reminders keeps: devices, deliveries, feeds, its key and its pulse."""

from datetime import date, datetime, timedelta
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from exercises.models.choices import SESSION_SLOTS
from exercises.models.share_link import TOKEN_BYTES, digest_of

if TYPE_CHECKING:
    from exercises.models.user import User

TEST = "test"  # the slot of a message that the user sends to try it
CLEAR, FIRST, SECOND = 0, 1, 2  # turns: takes the message off a device again; the reminder; once more
PULSE = timedelta(minutes=2)  # a sender that was not at work for longer has ended: it beats every 20 seconds


class Channel(models.TextChoices):
    """By what a reminder reaches a user."""

    PUSH = "push", pgettext_lazy("channel", "Message on a device")
    MAIL = "mail", pgettext_lazy("channel", "Email")
    WEBHOOK = "webhook", pgettext_lazy("channel", "The server’s own service")


class State(models.TextChoices):
    """A delivery waits, is being sent, and then is sent, failed or missed. A message on a device ends as closed."""

    WAITING = "waiting"
    SENDING = "sending"  # some sender has claimed it
    SENT = "sent"
    FAILED = "failed"
    MISSED = "missed"  # too late, or no longer asked for
    CLOSED = "closed"  # the device does not show it any more


ON_ITS_WAY = (State.WAITING, State.SENDING)
DELIVERED = (State.SENT, State.CLOSED)


class PushSubscriptionQuerySet(models.QuerySet["PushSubscription"]):
    def of(self, user: "User") -> "PushSubscriptionQuerySet":
        return self.filter(user=user).order_by("made_at", "uuid")


class PushSubscription(models.Model):
    """A browser that takes messages. The browser makes endpoint and keys (RFC 8030, RFC 8291).

    An endpoint belongs to the user who logged in last on that browser. `origin` is the address under which it knows
    this site: a message leads there. The log-in session of that browser has its uuid under SESSION_KEY, so that it ends
    with the log-in.
    """

    SESSION_KEY = "push_device"

    pk = models.CompositePrimaryKey("user", "uuid")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    uuid = models.UUIDField(default=uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)  # of the endpoint
    endpoint = models.CharField(max_length=1000)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=30)
    origin = models.CharField(max_length=300)
    name = models.CharField(max_length=60)  # "Chrome on Android"
    made_at = models.DateTimeField()

    objects = PushSubscriptionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def of(self, user: "User") -> "DeliveryQuerySet":
        return self.filter(user=user)

    def on(self, device: "PushSubscription", day: date, slot: str) -> "DeliveryQuerySet":
        """All messages about that slot to that device."""
        return self.filter(user=device.user_id, day=day, slot=slot, channel=Channel.PUSH, device=str(device.uuid))

    def close(self) -> int:
        """Store that the device shows these messages no more. Returns how many it may have shown."""
        return self.filter(state=State.SENT).update(state=State.CLOSED)


class Delivery(models.Model):
    """One reminder by one channel, on one device of the channel "push". The key says that it is there once.

    It may be sent from `not_before` until `until`. A sender claims it by a compare-and-set of `state`.
    """

    pk = models.CompositePrimaryKey("user", "day", "slot", "turn", "channel", "device")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    slot = models.CharField(max_length=10)
    turn = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=7, choices=Channel.choices)
    device = models.CharField(max_length=36, blank=True, default="")  # the uuid of a PushSubscription
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    not_before = models.DateTimeField()
    until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.UUIDField(null=True)
    answer = models.CharField(max_length=40, blank=True, default="")  # what came back: "201", "slow"

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes = [
            # What a sender looks for is little. One state each: SQLite uses such an index for `state = ?` alone.
            models.Index(
                fields=["channel", "not_before"], name="delivery_to_send", condition=models.Q(state="waiting")
            ),
            models.Index(
                fields=["channel", "claimed_at"], name="delivery_claimed", condition=models.Q(state="sending")
            ),
            models.Index(fields=["until"], name="delivery_until"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(slot__in=[*SESSION_SLOTS, TEST]), name="delivery_slot"),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="delivery_state"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.slot} by {self.channel}: {self.state}"


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def of(self, user: "User") -> "CalendarFeedQuerySet":
        return self.filter(user=user).order_by("made_at", "uuid")

    def named(self, token: str) -> "CalendarFeed | None":
        """The feed of that token, with its user."""
        living = self.filter(digest=digest_of(token), user__is_active=True)
        return living.select_related("user__preferences").first()

    def give(self, user: "User", now: datetime) -> str:
        """Make a feed and return its token. Only the digest is stored, so nobody can read the token again."""
        token = token_urlsafe(TOKEN_BYTES)
        self.create(user=user, digest=digest_of(token), made_at=now)
        return token


class CalendarFeed(models.Model):
    """A private address from which a calendar reads the sessions. `last_read` is a day in the user's time zone."""

    pk = models.CompositePrimaryKey("user", "uuid")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    uuid = models.UUIDField(default=uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    last_read = models.DateField(null=True)

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"feed of {self.made_at:%Y-%m-%d}"

    def was_read(self, today: date) -> None:
        """Store that a calendar fetched it today, with at most one write a day."""
        if self.last_read != today:
            CalendarFeed.objects.filter(pk=self.pk).update(last_read=today)


class VapidKey(models.Model):
    """The one key pair with which this server signs its messages (RFC 8292). All servers and senders share it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    private = models.CharField(max_length=60)  # the secret number, base64url
    public = models.CharField(max_length=100)  # the point, base64url: what a browser gets to know

    def __str__(self) -> str:
        return "the key of messages"


class Heartbeat(models.Model):
    """When a sender was last at work, for /readyz."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def beat(cls, now: datetime) -> None:
        cls.objects.update_or_create(id=1, defaults={"at": now})

    @classmethod
    def last(cls) -> datetime | None:
        """None if no sender was ever at work."""
        return cls.objects.values_list("at", flat=True).first()

    @staticmethod
    def is_fresh(last: datetime | None, now: datetime) -> bool:
        """Whether a sender is at work. A beat of the future is that of a clock that was set back since."""
        return last is not None and abs(now - last) <= PULSE
