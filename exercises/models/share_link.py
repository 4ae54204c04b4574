"""Links that let somebody without an account read a report, for some days."""

import hashlib
from datetime import date, datetime, timedelta
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from exercises.models.user import User

TOKEN_BYTES = 32


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def of(self, user: "User") -> "ShareLinkQuerySet":
        return self.filter(user=user).order_by("-expires_at", "uuid")

    def living(self, now: datetime) -> "ShareLinkQuerySet":
        return self.filter(expires_at__gt=now, user__is_active=True)

    def named(self, token: str, now: datetime) -> "ShareLink | None":
        """The link of that token, with its user, unless it has expired."""
        return self.living(now).filter(digest=digest_of(token)).select_related("user__preferences").first()

    def give(self, user: "User", weeks: int, days: int, notes: bool, now: datetime) -> str:
        """Make a link and return its token. Only the digest is stored, so nobody can read the token again."""
        token = token_urlsafe(TOKEN_BYTES)
        until = now + timedelta(days=days)
        self.create(user=user, weeks=weeks, notes=notes, digest=digest_of(token), expires_at=until)
        return token


class ShareLink(models.Model):
    """A report of `weeks` weeks, up to the day on which it is read. `last_seen` is a day in the owner's time zone.

    Notes of days are private: the report shows them only if `notes` is on.
    """

    pk = models.CompositePrimaryKey("user", "uuid")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    uuid = models.UUIDField(default=uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    weeks = models.PositiveSmallIntegerField(_("weeks"))
    notes = models.BooleanField(_("with notes"), default=False)
    expires_at = models.DateTimeField()
    last_seen = models.DateField(null=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a report")
        verbose_name_plural = _("links to reports")

    def __str__(self) -> str:
        return f"link until {self.expires_at:%Y-%m-%d}"

    def seen(self, today: date) -> None:
        """Store that the report was read today, with at most one write a day."""
        if self.last_seen != today:
            ShareLink.objects.filter(pk=self.pk).update(last_seen=today)


def digest_of(token: str) -> str:
    """SHA-256 is enough: a token is 256 random bits, which nobody guesses."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
