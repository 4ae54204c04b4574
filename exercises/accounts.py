"""Accounts by email and password: what allauth needs to know of us."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.views import PasswordResetView, SignupView
from allauth.core.exceptions import ImmediateHttpResponse
from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from exercises.days import local_day
from exercises.models import User
from exercises.views.errors import refuse
from exercises.views.here import browser_zone

logger = logging.getLogger(__name__)


class Backend(AuthenticationBackend):
    """Brings the preferences along with the user: every page needs both."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("preferences").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class Adapter(DefaultAccountAdapter):
    """Sign-up: the account and its plan come into being together or not at all. Errors in plain words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Email and password do not match. Please try again."),
        "email_taken": _("There is an account with this email address already."),
        "too_many_login_attempts": _("Too many tries. Please wait five minutes, then try again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            logger.exception("Mail could not be sent")
            reason = _("The mail could not be sent. Please try again later.")
            raise ImmediateHttpResponse(refuse(self.request, str(reason), 503)) from error

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.SIGNUP_OPEN

    def save_user(self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True) -> User:
        super().save_user(request, user, form, commit=False)  # hashes: slow, so outside of the transaction
        zone = browser_zone(request)
        with transaction.atomic():
            user.save()
            user.begin(local_day(timezone.now(), zone), zone.key)
        return user


class SignUp(SignupView):
    """Two parallel sign-ups with one address: the database lets one through, the other is told so."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except IntegrityError:
            form.add_error("email", Adapter.error_messages["email_taken"])
            return self.form_invalid(form)


if settings.MAIL_ENABLED:
    reset_password = PasswordResetView.as_view(extra_context={"mail_enabled": True})
else:
    reset_password = TemplateView.as_view(
        template_name="account/password_reset.html", extra_context={"mail_enabled": False}
    )
reset_password.login_required = False
