"""Tells users what happened to their account: on "Log-in and security" and, where there is mail, by mail."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from exercises.models import AccountEvent, User
from exercises.web.device_names import device_name

Kind = AccountEvent.Kind
# The mails that allauth would send, by their templates, and what they are about.
OF_ALLAUTH = {
    "account/email/email_changed": Kind.EMAIL_CHANGED,
    "account/email/password_changed": Kind.PASSWORD_CHANGED,
    "account/email/password_reset": Kind.PASSWORD_CHANGED,
    "account/email/password_set": Kind.PASSWORD_SET,
    "mfa/email/recovery_codes_generated": Kind.RECOVERY_CODES_MADE,
    "mfa/email/totp_activated": Kind.CODES_ON,
    "mfa/email/totp_deactivated": Kind.CODES_OFF,
    "mfa/email/webauthn_added": Kind.PASSKEY_ADDED,
    "mfa/email/webauthn_removed": Kind.PASSKEY_REMOVED,
    "socialaccount/email/account_connected": Kind.LINKED,
    "socialaccount/email/account_disconnected": Kind.UNLINKED,
}


def tell(request: HttpRequest, user: User, kind: str, **_facts: Any) -> None:
    """Stores the event."""
    AccountEvent.objects.keep(user, kind, device_name(request.headers.get("User-Agent", "")), timezone.now())
