"""Accounts by email and password: what allauth needs to know of us."""

import logging
from smtplib import SMTPException
from time import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    PasswordVerificationMixin,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignupForm,
)
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.utils import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exercises.accounts import known_devices
from exercises.models import User
from exercises.models.user import user_of
from exercises.record import trial
from exercises.web import rate_limits
from exercises.web.moment import browser_zone
from exercises.web.refusals import refuse, take_or_refuse
from footcare.logs import facts_of, user_known
from footcare.network import client_address, client_network

logger = logging.getLogger(__name__)


class Backend(AuthenticationBackend):
    """Brings the preferences along with the user: every page needs both."""

    def get_user(self, user_id: int) -> User | None:
        user = user_of(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        user_known(user.pk)
        return user


class Adapter(DefaultAccountAdapter):
    """Sign-up: the account, its plan and what was tried before come into being together or not at all.

    Errors in plain words.
    """

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is turned off. Ask the person who runs this site."),
        "cannot_remove_primary_email": _(
            "You cannot remove your main address. Make another address the main one first."
        ),
        "duplicate_email": _("You have already added this email address."),
        "email_password_mismatch": _("The email address or the password is not right. Please try again."),
        "email_taken": _("There is already an account with this email address."),
        "enter_current_password": _("That is not your current password. Please try again."),
        "incorrect_password": _("That password is not right. Please try again."),
        "invalid_or_expired_key": _("This link no longer works. Ask for a new link."),
        "invalid_password_reset": _("This link no longer works. Ask for a new link."),
        "max_email_addresses": _("You can have at most %d email addresses."),
        "unverified_primary_email": _("Please confirm this address first. Then make it the main one."),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The place is taken before the password is hashed, and given back when it was right."""
        email = credentials.get("email", "")
        meant = next(iter(filter_users_by_email(email, prefer_verified=True)), None)
        limits = _limits(request, email, meant)
        taken = take_or_refuse(request, limits)
        user = super().authenticate(request, **credentials)
        if user:
            rate_limits.give_back(limits, taken, timezone.now())
        else:
            logger.warning("log-in failed", extra=facts_of(request) | {"account": meant and meant.pk})
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        user_known(user.pk)
        logger.info("log-in", extra=facts_of(request))

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        response = super().post_login(request, user, **options)
        known_devices.remember(request, response, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        logger.info("log-out", extra=facts_of(request))
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        logger.info("password changed")

    def reauthenticate(self, user: User, password: str) -> bool:
        """allauth asks its own table of addresses, which an account made without mail is not in."""
        proven: User | None = self.authenticate(self.request, email=user.email, password=password)
        return proven == user

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("settings")

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Its pages are pages: nothing of ours asks for them as JSON."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            logger.exception("mail could not be sent")
            reason = _("We could not send the email. Please try again later.")
            raise ImmediateHttpResponse(refuse(self.request, str(reason), 503)) from error

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.SIGNUP_OPEN

    def save_user(self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True) -> User:
        super().save_user(request, user, form, commit=False)  # hashes: slow, so outside of the transaction
        tried = trial.read(request.POST.get("tryout", ""))
        with transaction.atomic():
            user.save()
            trial.begin(user, timezone.now(), browser_zone(request), tried)
        user_known(user.pk)
        logger.info("account made")
        return user


def proven_lately(request: HttpRequest) -> bool:
    """Whether whoever is there has logged in, or given the password again, within the last quarter of an hour."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class PlainErrors(forms.Form):
    """A form whose fields say in plain words what is missing."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.error_messages["required"] = _("Please fill this in.")
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = _("Please enter an email address, like name@example.org.")


class SamePassword(PasswordVerificationMixin):
    """The new password, typed twice."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super(PasswordVerificationMixin, self).clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        return cleaned


class AddEmail(PlainErrors, AddEmailForm):
    pass


class LogIn(PlainErrors, LoginForm):
    pass


class MakeAccount(PlainErrors, SignupForm):
    pass


class Reauthenticate(PlainErrors, ReauthenticateForm):
    pass


class ResetPassword(PlainErrors, ResetPasswordForm):
    pass


class NewPassword(PlainErrors, SamePassword, ResetPasswordKeyForm):
    password1 = SetPasswordField(label=pgettext_lazy("label", "New password"))
    password2 = PasswordField(label=pgettext_lazy("label", "New password again"), autocomplete="new-password")


class ChangePassword(PlainErrors, SamePassword, ChangePasswordForm):
    """Whoever finds a phone lying open may not try passwords on it without end either."""

    oldpassword = PasswordField(
        label=pgettext_lazy("label", "Current password"), autocomplete="current-password", show_reset_help=True
    )
    password1 = SetPasswordField(label=pgettext_lazy("label", "New password"))
    password2 = PasswordField(label=pgettext_lazy("label", "New password again"), autocomplete="new-password")

    def clean_oldpassword(self) -> str:
        password: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password


def _limits(request: HttpRequest, email: str, user: User | None) -> list[rate_limits.Limit]:
    """Which limits a try counts under. An account that is not there is counted like one that is."""
    if user and (device := known_devices.device_of(request, user)):
        return [rate_limits.of_device(device)]
    account = rate_limits.of_account(str(user.pk) if user else email.casefold())
    return [account, rate_limits.of_network(client_network(request))]
