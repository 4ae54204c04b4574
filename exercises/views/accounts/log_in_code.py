"""Logging in with a code from a mail: where it is asked for, and where it is entered."""

from typing import Any

from allauth.account import views
from allauth.account.internal.decorators import login_stage_required
from allauth.account.stages import LoginByCodeStage
from allauth.core.ratelimit import consume_or_429
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic.edit import FormView

from exercises.accounts.log_in_code import LogInCode
from exercises.accounts.mail import said_of_mail
from exercises.accounts.mailed_code import TO_LOG_IN, expected, is_first_use
from exercises.accounts.starts_again import StartsAgain
from exercises.web.redirects import SeeOther


class AskForCode(StartsAgain, views.RequestLoginCodeView):
    """Answers alike whether the address is known, confirmed or neither; only the mail differs."""

    def form_valid(self, form: Any) -> HttpResponse:
        too_many = consume_or_429(self.request, action="request_login_code")
        if too_many:
            return too_many
        LogInCode.begin(self.request, form.cleaned_data["email"])
        return SeeOther(self.get_success_url())


@method_decorator(login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_login"), name="dispatch")
class EnterCode(views.ConfirmLoginCodeView):
    """allauth's page, with a process of ours."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self._process = LogInCode(request._login_stage).abort_if_invalid()  # type: ignore[attr-defined]
        if self._process is None:
            request.said = "code-expired"  # type: ignore[attr-defined]
            return SeeOther(self.passthrough_next_url(reverse("account_request_login_code")))
        return FormView.dispatch(self, request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == "leave":
            self._process.abort()
            return SeeOther(self.passthrough_next_url(reverse("account_request_login_code")))
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def get_form_kwargs(self) -> dict[str, Any]:
        arguments: dict[str, Any] = super().get_form_kwargs()
        if "code" in arguments:
            arguments["code"] = expected(TO_LOG_IN, self._process)
            arguments |= {"user": self._process.user, "email": self._process.state["email"]}
        return arguments

    def _verify_form_valid(self, form: Any) -> HttpResponse:
        """A code is used once. The second of two submits leads to the log-in, which leads on whoever is in."""
        if not is_first_use(form.expected_code):
            return SeeOther(self.passthrough_next_url(reverse("account_login")))
        answer: HttpResponse = super()._verify_form_valid(form)
        return answer

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        self._process.send()
        self._process.persist()
        self.request.said = said_of_mail(self.request)
        return SeeOther(self.passthrough_next_url(self.request.path))
