"""Confirming an email address by the code of a mail, after a sign-up, at a log-in, or after a change of the address."""

from typing import Any

from allauth.account import views
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from exercises.accounts import unconfirmed
from exercises.accounts.mailed_code import TO_CONFIRM, expected
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

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """A known address is mailed again too, that it is known."""
        self._process.send()
        self._process.persist()
        self.request.said = "code-wait" if getattr(self.request, "held_back", False) else "code-sent"
        return SeeOther(self.passthrough_next_url(self.request.path))

    def _leave(self) -> HttpResponse:
        """Another address. An account that was made just now with a wrong one goes, so that its sets come along."""
        user, sign_up = self._process.user, self.stage and self.stage.login.signup
        tried = user and user.trial_id
        self._process.abort()
        if self.request.user.is_authenticated:
            return SeeOther(reverse("security"))
        if sign_up and user:
            unconfirmed.forget(user)
        return SeeOther(reverse("account_signup" if sign_up else "account_login") + ("?tried=yes" if tried else ""))
