"""Confirming an email address by the code of a mail, after a sign-up, at a log-in, or after a change of the address."""

from time import time
from typing import Any

from allauth.account import views
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
    EmailVerificationProcess,
)
from allauth.account.internal.stagekit import stash_login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from exercises.accounts import addresses, notices, unconfirmed
from exercises.accounts.mail import said_of_mail
from exercises.accounts.mailed_code import TO_CONFIRM, expected
from exercises.models import AccountEvent
from exercises.web.redirects import SeeOther


@method_decorator([never_cache, login_not_required], name="dispatch")
class ConfirmAddress(views.ConfirmEmailVerificationCodeView):
    """One page for all: an address that is known already looks the same, but no code fits.

    `_process` is what the log-in session holds of the code, `stage` the log-in that waits for it, if any.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        process = EmailVerificationProcess.resume(request)
        if request.user.is_authenticated and (process is None or process.user != request.user):
            return SeeOther(reverse("today"))  # Back, or another user of this phone
        if process is None and request.method == "POST":
            request.said = "code-expired"  # type: ignore[attr-defined]
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == "leave":
            return self._leave()
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def get_form_kwargs(self) -> dict[str, Any]:
        arguments: dict[str, Any] = super().get_form_kwargs()
        if "code" in arguments:
            arguments["code"] = expected(TO_CONFIRM, self._process)
        return arguments

    def _verify_form_valid(self, form: Any) -> HttpResponse:
        """allauth's own way has no transaction, and would leave the two tables apart when two confirm at once."""
        user, email = self._process.user, self._process.email
        former = user.email
        self.request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)
        confirmed = addresses.confirm(user, email)
        self.request.said = "email-confirmed" if confirmed else "email-exists"
        if confirmed and former != email:
            notices.tell(self.request, user, AccountEvent.Kind.EMAIL_CHANGED, emails=[former, email])
        if not self.stage:
            return SeeOther(reverse("security" if confirmed else "account_email"))
        answer: HttpResponse = self.stage.exit() if confirmed else self.stage.abort()
        return answer

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """A known address is mailed again too, that it is known."""
        self._process.send()
        self._process.state["at"] = time()
        self._process.persist()
        if self.stage:
            self.stage.login.initiated_at = time()
            stash_login(self.request, self.stage.login)
        self.request.said = said_of_mail(self.request)
        return SeeOther(self.passthrough_next_url(self.request.path))

    def _leave(self) -> HttpResponse:
        """Another address. An account that was made just now with a wrong one goes, so that its sets come along."""
        user, sign_up = self._process.user, self.stage and self.stage.login.signup
        tried = user and user.trial_id
        self._process.abort()
        if self.request.user.is_authenticated:
            return SeeOther(reverse("account_email"))
        if sign_up and user:
            unconfirmed.forget(user)
        return SeeOther(reverse("account_signup" if sign_up else "account_login") + ("?tried=yes" if tried else ""))
