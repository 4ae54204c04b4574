"""What happened to an account lately: log-ins, new devices, changed ways in."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from exercises.models.user import User

MOST = 20  # events of a user; the oldest go
LONGEST_DEVICE = 60


class AccountEventQuerySet(models.QuerySet["AccountEvent"]):
    def of(self, user: "User") -> "AccountEventQuerySet":
        """The newest first."""
        return self.filter(user=user).order_by("-at", "uuid")

    def keep(self, user: "User", kind: str, device: str, now: datetime) -> None:
        """Store an event and delete the oldest beyond MOST."""
        with transaction.atomic():
            self.create(user=user, kind=kind, device=device[:LONGEST_DEVICE], at=now)
            newest = list(self.of(user).values_list("uuid", flat=True)[:MOST])
            self.filter(user=user).exclude(uuid__in=newest).delete()


class AccountEvent(models.Model):
    """`device` is in words, "Chrome on Android". No network address is kept."""

    class Kind(models.TextChoices):
        LOGGED_IN = "logged-in", pgettext_lazy("account event", "Logged in")
        LOGGED_IN_ON_NEW_DEVICE = "new-device", pgettext_lazy("account event", "Logged in on a new device")
        ENDED_OTHERS = "ended-others", pgettext_lazy("account event", "Logged out on all other devices")
        ENDED_ONE = "ended-one", pgettext_lazy("account event", "Logged out on another device")
        PASSWORD_CHANGED = "password-changed", pgettext_lazy("account event", "New password")
        PASSWORD_SET = "password-set", pgettext_lazy("account event", "Password added")
        EMAIL_CHANGED = "email-changed", pgettext_lazy("account event", "New email address")
        PASSKEY_ADDED = "passkey-added", pgettext_lazy("account event", "Passkey added")
        PASSKEY_REMOVED = "passkey-removed", pgettext_lazy("account event", "Passkey removed")
        CODES_ON = "codes-on", pgettext_lazy("account event", "Codes at log-in turned on")
        CODES_OFF = "codes-off", pgettext_lazy("account event", "Codes at log-in turned off")
        RECOVERY_CODES_MADE = "recovery-made", pgettext_lazy("account event", "New recovery codes made")
        RECOVERY_CODE_USED = "recovery-used", pgettext_lazy("account event", "Recovery code used")
        LINKED = "linked", pgettext_lazy("account event", "Another log-in linked")
        UNLINKED = "unlinked", pgettext_lazy("account event", "Another log-in unlinked")
        LET_IN = "let-in", pgettext_lazy("account event", "Logged in with a link from the person who runs this site")

    pk = models.CompositePrimaryKey("user", "uuid")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    uuid = models.UUIDField(default=uuid4, editable=False)
    at = models.DateTimeField(pgettext_lazy("admin", "at"))
    kind = models.CharField(pgettext_lazy("admin", "kind"), max_length=20)
    device = models.CharField(pgettext_lazy("admin", "device"), max_length=LONGEST_DEVICE, blank=True)

    objects = AccountEventQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("admin", "account event")
        verbose_name_plural = pgettext_lazy("admin", "account events")

    def __str__(self) -> str:
        return str(self.Kind(self.kind).label)
