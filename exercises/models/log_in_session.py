"""The log-in sessions of a user, for the list on "Log-in and security"."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.utils.translation import pgettext_lazy

from exercises.models.account_event import LONGEST_DEVICE

if TYPE_CHECKING:
    from exercises.models.user import User


class LogInSessionQuerySet(models.QuerySet["LogInSession"]):
    def of(self, user: "User", now: datetime) -> "LogInSessionQuerySet":
        """Those that hold, the newest first. A new stamp has ended all that began under another one."""
        unexpired = Session.objects.filter(expire_date__gt=now).values("session_key")
        return self.filter(user=user, stamp=user.session_stamp, key__in=unexpired).order_by("-began_at", "uuid")

    def begin(self, user: "User", key: str, device: str, now: datetime) -> UUID:
        """Store a log-in and forget those that have ended. Returns its id."""
        holding = self.of(user, now).order_by().values("uuid")
        self.filter(user=user).exclude(uuid__in=holding).delete()
        begun = self.create(user=user, key=key, stamp=user.session_stamp, device=device[:LONGEST_DEVICE], began_at=now)
        return begun.uuid


class LogInSession(models.Model):
    """Names a session of Django, which does not say whose it is. Its data has the id under SESSION_KEY.

    One that began before there was this table is not listed. It ends with all others.
    """

    SESSION_KEY = "log_in_session"

    pk = models.CompositePrimaryKey("user", "uuid")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    uuid = models.UUIDField(default=uuid4, editable=False)
    key = models.CharField(max_length=40)
    stamp = models.CharField(max_length=32)  # User.session_stamp
    device = models.CharField(max_length=LONGEST_DEVICE)  # "Chrome on Android"
    began_at = models.DateTimeField()

    objects = LogInSessionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("admin", "log-in session")
        verbose_name_plural = pgettext_lazy("admin", "log-in sessions")

    def __str__(self) -> str:
        return f"{self.device} since {self.began_at:%Y-%m-%d}"
