"""The second step of a log-in: a code of an app, for users who turned that on."""

from typing import Any, ClassVar

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.stages import LoginStage
from allauth.core import context
from allauth.core.internal.httpkit import headed_redirect_response
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.internal.constants import LoginStageKey
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from exercises.accounts import codes, encryption
from exercises.models import User
from footcare.network import public_host


class MfaAdapter(DefaultMFAAdapter):
    """Passkeys and codes as allauth keeps them, with our words and rules. Secrets are stored encrypted."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultMFAAdapter.error_messages, "incorrect_code": codes.WRONG}

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises Unreadable."""
        return encryption.decrypt(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey holds for one name: that of PUBLIC_URL, else the one in the address of this request."""
        return {"id": public_host(context.request), "name": "Footcare"}


class SecondStep(LoginStage):
    """Asks for a code where the user has codes. After a passkey it asks for none: a passkey is a way in of its own.

    allauth's own stage asks everybody with a passkey too, and imports what reads passkeys at each log-in.
    """

    key = LoginStageKey.MFA_AUTHENTICATE.value
    urlname = "mfa_authenticate"

    def handle(self) -> tuple[Any, bool]:
        if _came_by_passkey(self.request, self.login.user):
            return None, True
        self.state["stamp"] = self.login.user.session_stamp
        return (headed_redirect_response("mfa_authenticate") if codes.are_on(self.login.user) else None), True

    @property
    def has_ended(self) -> bool:
        """Whether the account was erased or turned off meanwhile, or has a new password."""
        user = self.login.user
        return user is None or not user.is_active or user.session_stamp != self.state.get("stamp")


def _came_by_passkey(request: HttpRequest, user: User | None) -> bool:
    """Whether the last proof was a log-in by passkey. An earlier one in this browser does not count."""
    *_earlier, last = get_authentication_records(request, user) or [{}]
    return bool(last.get("type") == Authenticator.Type.WEBAUTHN and last.get("passwordless"))
