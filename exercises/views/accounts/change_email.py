"""Changing the email address: the old one holds until the code that went to the new one is entered."""

from typing import Any

from allauth.account import views
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.models import EmailAddress
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy

from exercises.accounts.mail import NO_MORE_TODAY, said_of_mail
from exercises.web.redirects import SeeOther


class ChangeEmail(views.EmailView):
    """`pending` waits for its code in this log-in session. A change ends the `others` of accounts from before."""

    template_name = "account/email_change.html"
    success_url = reverse_lazy("account_email")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "action_cancel" in request.POST:
            if process := self._process():
                process.abort()
            request.said = "email-cancelled"  # type: ignore[attr-defined]
            return SeeOther(str(self.success_url))
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        """A second submit ends like the first: the code that was sent a moment ago works."""
        answer: HttpResponse = super().form_valid(form)
        if said_of_mail(self.request) == NO_MORE_TODAY:
            self.request.said = NO_MORE_TODAY
        return answer

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        process = self._process()
        addresses = list(EmailAddress.objects.filter(user=self.request.user).order_by("email"))
        return super().get_context_data(
            pending=process.email if process else "",
            confirmed=any(each.verified and each.email == self.request.user.email for each in addresses),
            others=[each.email for each in addresses if each.email != self.request.user.email],
            **context,
        )

    def _process(self) -> EmailVerificationProcess | None:
        process = EmailVerificationProcess.resume(self.request)
        return process if process and process.user == self.request.user else None
