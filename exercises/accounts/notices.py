"""Tells users what happened to their account: on "Log-in and security" and, where there is mail, by mail."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from exercises.accounts import mail
from exercises.models import AccountEvent, User
from exercises.web import rate_limits
from exercises.web.device_names import device_name

logger = logging.getLogger(__name__)
Kind = AccountEvent.Kind
# The mails that allauth's own flows would send, by their templates, and what they are about.
OF_ALLAUTH = {
    "account/email/email_changed": Kind.EMAIL_CHANGED,
    "account/email/password_changed": Kind.PASSWORD_CHANGED,
    "account/email/password_reset": Kind.PASSWORD_CHANGED,
    "account/email/password_set": Kind.PASSWORD_SET,
}


# Log-ins on a known device are told on the page alone.
ON_THE_PAGE_ALONE = {Kind.LOGGED_IN}
MOST_A_DAY = 10  # mails of one kind, which so can be silenced by none of another kind


def tell(request: HttpRequest, user: User, kind: str, emails: Sequence[str | None] = ()) -> None:
    """Stores the event, and mails it after the transaction to `emails` or, without any, to the confirmed address."""
    device = device_name(request.headers.get("User-Agent", ""))
    now = timezone.now()
    AccountEvent.objects.keep(user, kind, device, now)
    if settings.MAIL_ENABLED and kind not in ON_THE_PAGE_ALONE:
        notice = Notice(request, user.pk, str(Kind(kind).label), kind, device, now.astimezone(user.preferences.zone))
        to = [each for each in emails if each]
        transaction.on_commit(lambda: notice.mail(to or _confirmed(user)), robust=True)


def _confirmed(user: User) -> list[str]:
    return list(EmailAddress.objects.filter(user=user, verified=True, primary=True).values_list("email", flat=True))


@dataclass(frozen=True)
class Notice:
    """`at` is in the zone of the user."""

    request: HttpRequest
    user: int
    what: str
    kind: str
    device: str
    at: datetime

    def mail(self, emails: Sequence[str]) -> None:
        """A mail server that is down stops nothing: what happened stays on the page."""
        for email in emails:
            try:
                self._mail(email, timezone.now())
            except (OSError, SMTPException, UnicodeError, rate_limits.RateLimited) as error:
                logger.warning("a notice could not be mailed", exc_info=error)

    def _mail(self, email: str, now: datetime) -> None:
        limits = [rate_limits.Limit(f"notices {self.kind} {self.user} {email}", MOST_A_DAY, rate_limits.LONGEST)]
        acquired = rate_limits.acquire(limits, now)
        try:
            get_adapter(self.request).render_mail("account/email/notice", email, self._context(email)).send()
        except (OSError, SMTPException, UnicodeError):
            rate_limits.release(limits, acquired, now)
            raise

    def _context(self, email: str) -> dict[str, Any]:
        """`elsewhere`: this address is no longer that of the account, so no reset comes here."""
        links = {"security_url": reverse("security"), "password_reset_url": reverse("account_reset_password")}
        return mail.with_public_links(
            {
                **links,
                "what": self.what,
                "when": date_format(self.at, "l, j F Y, H:i"),
                "device": self.device,
                "elsewhere": self.kind == Kind.EMAIL_CHANGED and not User.objects.filter(email=email).exists(),
            }
        )
