"""The second step of a log-in: a code of an app, for users who turned that on."""

from typing import Any

from allauth.account.stages import LoginStage
from allauth.core.internal.httpkit import headed_redirect_response
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.internal.constants import LoginStageKey
from allauth.mfa.models import Authenticator


class MfaAdapter(DefaultMFAAdapter):
    """Passkeys and codes as allauth keeps them, with our words and rules."""


class SecondStep(LoginStage):
    """Asks for a code where the user has codes. A passkey is a way in of its own: it asks for no code and is none.

    allauth's own stage asks everybody with a passkey too, and imports what reads passkeys at each log-in.
    """

    key = LoginStageKey.MFA_AUTHENTICATE.value
    urlname = "mfa_authenticate"

    def handle(self) -> tuple[Any, bool]:
        has_codes = Authenticator.objects.filter(user=self.login.user, type=Authenticator.Type.TOTP).exists()
        return (headed_redirect_response("mfa_authenticate") if has_codes else None), True
