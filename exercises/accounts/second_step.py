"""The second step of a log-in: a code of an app, for users who turned that on."""

from typing import Any, ClassVar

from allauth.account.stages import LoginStage
from allauth.core.internal.httpkit import headed_redirect_response
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.internal.constants import LoginStageKey

from exercises.accounts import codes, encryption


class MfaAdapter(DefaultMFAAdapter):
    """Passkeys and codes as allauth keeps them, with our words and rules. Secrets are stored encrypted."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultMFAAdapter.error_messages, "incorrect_code": codes.WRONG}

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises Unreadable."""
        return encryption.decrypt(encrypted_text)


class SecondStep(LoginStage):
    """Asks for a code where the user has codes. A passkey is a way in of its own: it asks for no code and is none.

    allauth's own stage asks everybody with a passkey too, and imports what reads passkeys at each log-in.
    """

    key = LoginStageKey.MFA_AUTHENTICATE.value
    urlname = "mfa_authenticate"

    def handle(self) -> tuple[Any, bool]:
        return (headed_redirect_response("mfa_authenticate") if codes.are_on(self.login.user) else None), True
