"""What a mail may say and how many there may be."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from exercises.models import User
from exercises.web import rate_limits

FOLDER = "account/email/"
TO_CONFIRM, AFTER_SIGN_UP_TO_CONFIRM = f"{FOLDER}email_confirmation", f"{FOLDER}email_confirmation_signup"
# One count for both: from how long a sign-up takes, nobody can tell which of the two was sent.
AFTER_SIGN_UP = {"account_already_exists": "sign_up", "email_confirmation_signup": "sign_up"}


def limits_of(template_prefix: str, email: str, user: User | None) -> list[rate_limits.Limit]:
    """Each kind of mail has its own count for an address and, if it is about an account, for that account.

    So nobody can use up the mails of another account, and the links of those that were sent still work. A log-in ends
    the links of a reset, so the count starts again.
    """
    kind = template_prefix.removeprefix(FOLDER)
    whose = f"{user.pk} {user.last_login}" if user and kind not in AFTER_SIGN_UP else ""
    return rate_limits.of_mail(f"{AFTER_SIGN_UP.get(kind, kind)} {whose} {email}")


def with_public_links(context: dict[str, Any]) -> dict[str, Any]:
    """The context of a mail, with the name of this site from PUBLIC_URL: the Host of a request is the caller's word."""
    links = {
        name: settings.PUBLIC_URL + urlsplit(value)._replace(scheme="", netloc="").geturl()
        for name, value in context.items()
        if name.endswith("_url")
    }
    return {**context, **links, "current_site": {"domain": urlsplit(settings.PUBLIC_URL).netloc}}
