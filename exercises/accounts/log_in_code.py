"""Logging in with a code from a mail: what the log-in session keeps of it, and what is mailed."""

from time import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.password_reset import get_reset_password_url
from allauth.account.internal.flows.signup import get_signup_url
from allauth.account.models import EmailAddress, Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.http import HttpRequest

from exercises.accounts.mail import FOLDER
from exercises.accounts.mailed_code import TO_LOG_IN
from exercises.models import User


def owner_of(email: str) -> User | None:
    """Whoever confirmed the address. Somebody else may have signed up with it: a code must not confirm their account,
    whose password they know.
    """
    address = (
        EmailAddress.objects.filter(email=email, verified=True, user__is_active=True).select_related("user").first()
    )
    return address and address.user


class LogInCode(LoginCodeVerificationProcess):
    """A code that was asked for on the page of the log-in. Every address gets a mail, and the pages look alike."""

    @classmethod
    def begin(cls, request: HttpRequest, email: str) -> None:
        login = Login(user=owner_of(email), email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=login.user, email=email), initiated_by_user=True)
        process = cls(stage)
        process.send()
        process.persist()

    def send(self, skip_enumeration_mails: bool = False) -> None:
        """A code that holds for 15 minutes from now on or, when a limit is full, nothing: the mail before holds."""
        self.state["at"] = self.stage.login.initiated_at = time()
        adapter, email = get_adapter(self.request), self.state["email"]
        if self.user:
            self.state["mailed_at"] = adapter.send_code(f"{FOLDER}login_code", TO_LOG_IN, email, self.user)
        elif User.objects.filter(email=email, is_active=True).exists():
            reset = {"password_reset_url": get_reset_password_url(self.request)}
            adapter.send_mail(f"{FOLDER}login_code_unconfirmed", email, reset)
        else:
            adapter.send_mail(f"{FOLDER}login_code_unknown", email, {"signup_url": get_signup_url(self.request)})

    def generate_code(self) -> str:
        """No code is kept: mailed_code.py makes it from the moment of the mail."""
        return ""

    def finish(self, redirect_url: str | None) -> Any:
        """The next code may be asked for at once: to log in on the laptop too."""
        get_adapter(self.request).mail_was_used(f"{FOLDER}login_code", self.state["email"], self.state["mailed_at"])
        return super().finish(redirect_url)
