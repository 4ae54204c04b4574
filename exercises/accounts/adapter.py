"""The account adapter: sign-up, log-in and mail, as allauth calls them."""

import logging
from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exercises.accounts import known_devices, mail, notices
from exercises.accounts.proof import recently_authenticated
from exercises.models import AccountEvent, PushSubscription, User
from exercises.models.user import normal_email
from exercises.record import trial
from exercises.web import rate_limits
from exercises.web.moment import browser_zone
from exercises.web.redirects import page_at
from exercises.web.refusals import refuse, too_many
from footcare.logs import facts_of, user_known
from footcare.network import client_address, client_network

logger = logging.getLogger(__name__)
Kind = AccountEvent.Kind
STAGES = (
    "allauth.account.stages.LoginByCodeStage",
    "allauth.account.stages.EmailVerificationStage",
    "exercises.accounts.second_step.SecondStep",
)
PASSKEY_SIGN_UP = "allauth.mfa.webauthn.stages.PasskeySignupStage"
INVALID_EMAIL = _("Please enter an email address, like name@example.org.")
# The code (exercises/said.py) for each message of allauth. All other messages are dropped.
MESSAGE_CODES = {
    f"account/messages/{name}.txt": code
    for name, code in {
        "cannot_delete_primary_email": "email-stays",
        "email_confirmation_failed": "email-exists",
        "email_confirmation_sent": "email-sent",
        "email_confirmed": "email-confirmed",
        "email_deleted": "email-removed",
        "password_changed": "password-saved",
        "primary_email_set": "email-main",
        "unverified_primary_email": "email-unconfirmed",
    }.items()
}


class Adapter(DefaultAccountAdapter):
    """Creates the account, its plan and the sets of the trial in one transaction; limits log-ins; plain error texts."""

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
        "invalid_email": INVALID_EMAIL,
        "invalid_or_expired_key": _("This link no longer works. Ask for a new link."),
        "invalid_password_reset": _("This link no longer works. Ask for a new link."),
        "max_email_addresses": _("You can have at most %d email addresses."),
        "unverified_primary_email": _("That address is not confirmed yet. Confirm it, then make it the main one."),
    }

    def clean_email(self, email: str) -> str:
        """The normal form of an address that a form was given. Raises ValidationError when no mail can reach it."""
        try:
            stored: str = User._meta.get_field("email").clean(normal_email(super().clean_email(email)), None)
        except forms.ValidationError as error:
            raise self.validation_error("invalid_email") from error
        return stored

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Acquires a place under the rate limits before hashing, and releases it if the password is right."""
        email = credentials.get("email", "")
        meant = next(iter(filter_users_by_email(email, prefer_verified=True)), None)
        limits = _limits(request, email, meant)
        acquired = rate_limits.acquire_or_429(request, limits)
        user = super().authenticate(request, **credentials)
        if user:
            rate_limits.release(limits, acquired, timezone.now())
        else:
            logger.warning("log-in failed", extra=facts_of(request) | {"account": meant and meant.pk})
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        request.first_log_in = user.last_login is None  # type: ignore[attr-defined]
        super().login(request, user)
        request.session.save()  # names the user from here on, so an erasure finds it
        user_known(user.pk)
        logger.info("log-in", extra=facts_of(request))

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        response = super().post_login(request, user, **options)
        known = known_devices.device_of(request, user)
        notices.tell(request, user, Kind.LOGGED_IN if known else Kind.LOGGED_IN_ON_NEW_DEVICE)
        known_devices.remember(request, response, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        logger.info("log-out", extra=facts_of(request))
        if device := request.session.get(PushSubscription.SESSION_KEY):
            PushSubscription.objects.filter(user=request.user.pk, uuid=device).delete()
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        logger.info("password changed")

    def reauthenticate(self, user: User, password: str) -> bool:
        """Uses authenticate(): allauth looks in its own table of addresses, which lacks accounts made without mail."""
        proven: User | None = self.authenticate(self.request, email=user.email, password=password)
        return proven == user

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **options: Any
    ) -> None:
        """Puts the code on the request. StatusMessages adds it to the address of the redirect: nothing is stored."""
        if code := MESSAGE_CODES.get(message_template or ""):
            request.said = code  # type: ignore[attr-defined]

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The first questions, unless the form of a sign-up has logged in somebody who is done with them."""
        asks = request.user.is_authenticated and not request.user.preferences.first_questions_done
        return reverse("first_question", args=[1]) if asks else reverse("today")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """With mail a sign-up ends with the first log-in."""
        return self.get_signup_redirect_url(request) if getattr(request, "first_log_in", False) else reverse("today")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("settings")

    def is_safe_url(self, url: str) -> bool:
        """Whether `url` is ours and has a page. The address of an act would answer 405."""
        return super().is_safe_url(url) and page_at(url) == url

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Always False: no page of ours requests allauth's views as JSON."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends nothing when a limit is full: the answer tells nothing to a stranger, and the mail before has a link
        too. A user who adds an address is told: that link may be of an address that was removed since.
        """
        user = context.get("user")
        limits = mail.limits_of(template_prefix, email, user)
        try:
            acquired = rate_limits.acquire(limits, timezone.now())
        except rate_limits.RateLimited as reached:
            if template_prefix == mail.ASKED_BY_USER and user == self.request.user:
                raise ImmediateHttpResponse(too_many(self.request, reached.retry_after)) from reached
            return
        try:
            super().send_mail(template_prefix, email, mail.with_public_links(context))
        except (OSError, SMTPException, UnicodeError) as error:
            rate_limits.release(limits, acquired, timezone.now())  # a failed try is no mail
            logger.exception("mail could not be sent")
            reason = _("We could not send the email. Please try again later.")
            raise ImmediateHttpResponse(refuse(self.request, str(reason), 503)) from error

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tells the user what happened in our own words; allauth has a mail for each."""
        if kind := notices.OF_ALLAUTH.get(template_prefix):
            notices.tell(self.request, user, kind, email=email)

    def is_reauthentication_required(self, *, app: str, **_options: Any) -> bool:
        return not recently_authenticated(self.request)

    def get_login_stages(self) -> list[str]:
        """What may come between the first proof and the log-in."""
        return [*STAGES, *([PASSKEY_SIGN_UP] if settings.MAIL_ENABLED else [])]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.SIGNUP_OPEN

    def save_user(self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True) -> User:
        super().save_user(request, user, form, commit=False)  # hashing is slow, so it stays outside of the transaction
        begin_account(request, user, user.save)
        return user


def begin_account(request: HttpRequest, user: User, save: Callable[[], None]) -> None:
    """Stores a new user by `save`, with preferences, a plan and the sets of the trial: all of it or nothing."""
    tried = trial.read(request.POST.get("trial", ""))
    with transaction.atomic():
        save()
        trial.begin(user, timezone.now(), browser_zone(request), tried)
    user_known(user.pk)
    logger.info("account made")


def _limits(request: HttpRequest, email: str, user: User | None) -> list[rate_limits.Limit]:
    """The limits of a log-in attempt. An unknown address is counted like a known one."""
    if user and (device := known_devices.device_of(request, user)):
        return [rate_limits.of_device(device)]
    account = rate_limits.of_account(str(user.pk) if user else normal_email(email))
    return [account, rate_limits.of_network(client_network(request))]
