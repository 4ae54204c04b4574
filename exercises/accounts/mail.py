"""What a mail may say and how many there may be."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from exercises.models import User
from exercises.web import rate_limits

FOLDER = "account/email/"
TO_CONFIRM, AFTER_SIGN_UP_TO_CONFIRM = f"{FOLDER}email_confirmation", f"{FOLDER}email_confirmation_signup"
NO_MORE_TODAY = "code-tomorrow"
# One count for all of a line: from how long it takes, or from what a page says, nobody can tell which of them was sent.
ALIKE = {
    "account_already_exists": "sign_up",
    "email_confirmation_signup": "sign_up",
    "login_code": "log_in",
    "login_code_unconfirmed": "log_in",
    "login_code_unknown": "log_in",
}


def limits_of(template_prefix: str, email: str, user: User | None) -> list[rate_limits.Limit]:
    """Each kind of mail has its own count for an address and, if it is about an account, for that account.

    So nobody can use up the mails of another account, and the links of those that were sent still work. A log-in ends
    the links of a reset, so the count starts again.
    """
    kind = template_prefix.removeprefix(FOLDER)
    whose = f"{user.pk} {user.last_login}" if user and kind not in ALIKE else ""
    return rate_limits.of_mail(f"{ALIKE.get(kind, kind)} {whose} {email}")


def said_of_mail(request: HttpRequest) -> str:
    """The code (exercises/said.py) of what became of the mail that this request asked for."""
    wait: int = getattr(request, "held_back", 0)
    if not wait:
        return "code-sent"
    return "code-wait" if wait <= rate_limits.BETWEEN_MAILS else NO_MORE_TODAY


def with_public_links(context: dict[str, Any]) -> dict[str, Any]:
    """The context of a mail, with the name of this site from PUBLIC_URL: the Host of a request is the caller's word."""
    links = {
        name: settings.PUBLIC_URL + urlsplit(value)._replace(scheme="", netloc="").geturl()
        for name, value in context.items()
        if name.endswith("_url")
    }
    return {**context, **links, "current_site": {"domain": urlsplit(settings.PUBLIC_URL).netloc}}
