"""Links by which somebody without an account may read a report, for a while."""

import hashlib
from datetime import date, datetime, timedelta
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from exercises.models.user import User

TOKEN_BYTES = 32


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def of(self, user: "User") -> "ShareLinkQuerySet":
        return self.filter(user=user).order_by("-expires_at", "pk")

    def living(self, now: datetime) -> "ShareLinkQuerySet":
        return self.filter(expires_at__gt=now, user__is_active=True)

    def named(self, token: str, now: datetime) -> "ShareLink | None":
        """The living link of that token, with its user."""
        return self.living(now).filter(digest=digest_of(token)).select_related("user__preferences").first()

    def give(self, user: "User", weeks: int, days: int, notes: bool, now: datetime) -> str:
        """A new link's token: from here on nobody can read it again, for only its digest is kept."""
        token = token_urlsafe(TOKEN_BYTES)
        until = now + timedelta(days=days)
        self.create(user=user, weeks=weeks, notes=notes, digest=digest_of(token), expires_at=until)
        return token


class ShareLink(models.Model):
    """A report of so many weeks up to the day it is read on. `last_seen` is a day of its owner's.

    `notes` of days were written for oneself: they go out only where that was chosen.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    weeks = models.PositiveSmallIntegerField(pgettext_lazy("admin", "weeks"))
    notes = models.BooleanField(pgettext_lazy("admin", "with notes"), default=False, db_default=False)
    expires_at = models.DateTimeField()
    last_seen = models.DateField(null=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a report")
        verbose_name_plural = _("links to reports")

    def __str__(self) -> str:
        return f"link until {self.expires_at:%Y-%m-%d}"

    def seen(self, today: date) -> None:
        """Written once a day at most."""
        if self.last_seen != today:
            ShareLink.objects.filter(pk=self.pk).update(last_seen=today)


def digest_of(token: str) -> str:
    """SHA-256 is enough: a token is 256 bits of chance, nobody guesses through those."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
