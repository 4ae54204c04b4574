"""Reminders by mail: a neutral subject, and one click to stop them (RFC 8058)."""

import logging
from datetime import datetime
from email.utils import parseaddr
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.encoding import iri_to_uri, punycode
from django.utils.translation import pgettext

from exercises.models import Delivery, Slot, State
from exercises.models.reminder import TEST
from exercises.reminders.job import Job, Outcome, again
from exercises.reminders.stop_link import stop_path
from exercises.web.letters import dress

logger = logging.getLogger(__name__)
THREADS = 2
REPEATS = True
SUBJECTS = {
    Slot.MORNING: lambda: pgettext("mail", "Your morning session"),
    Slot.MIDDAY: lambda: pgettext("mail", "Your midday session"),
    Slot.EVENING: lambda: pgettext("mail", "Your evening session"),
    TEST: lambda: pgettext("mail", "A test of your reminders"),
}
OF_THIS_MAIL = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)


def ready() -> None:
    """Needs nothing of the database."""


def send(job: Job, now: datetime) -> Outcome:
    """Hands the mail to the mail server, by a connection of its own."""
    try:
        _letter(job).send()
    except (OSError, SMTPException, ValueError) as error:  # ValueError: a header or an address that no mail can have
        return _failed(error, job, now)
    return Outcome(State.SENT, "250")


def _letter(job: Job) -> EmailMultiAlternatives:
    stop = iri_to_uri(settings.PUBLIC_URL + stop_path(job.user))
    context = {
        "body": job.message.body,
        "link": settings.PUBLIC_URL + job.message.path,
        "reminders": settings.PUBLIC_URL + reverse("reminders"),
        "stop": stop,
        "site": settings.PUBLIC_URL.partition("://")[2],
    }
    headers = {
        "Message-ID": _message_id(job.delivery),
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    text = render_to_string("reminders/mail.txt", context)
    letter = EmailMultiAlternatives(SUBJECTS[job.delivery.slot](), text, to=[job.user.email], headers=headers)
    dress(letter)
    return letter


def _message_id(delivery: Delivery) -> str:
    """One for each reminder: a mail that was sent twice is one mail. It tells nothing of the user."""
    named = f"{delivery.user_id} {delivery.day} {delivery.slot} {delivery.turn}"
    digest = salted_hmac("footcare.message-id", named, algorithm="sha256").hexdigest()[:32]
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{digest}@{punycode(domain)}>"


def _failed(error: Exception, job: Job, now: datetime) -> Outcome:
    """What the server says of this mail may be its last word; trouble with the server itself may pass."""
    code = _code_of(error)
    if isinstance(error, (ValueError, SMTPNotSupportedError)) or (isinstance(error, OF_THIS_MAIL) and code >= 500):
        return Outcome(State.FAILED, "refused")
    logger.warning("a reminder could not be mailed yet", exc_info=error)
    return again(job, now, "busy" if 400 <= code < 500 else "unreachable")


def _code_of(error: Exception) -> int:
    """The number that the mail server answered. 0 if it did not answer."""
    if isinstance(error, SMTPRecipientsRefused):
        return max((code for code, _words in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, SMTPResponseException) else 0
