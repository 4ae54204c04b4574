"""The account adapter: sign-up, log-in and mail, as allauth calls them."""

import logging
from collections.abc import Callable, Sequence
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from django import forms
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exercises.accounts import known_devices, log_in_sessions, mail, mailed_code, notices
from exercises.accounts.log_in_limits import limits_of
from exercises.accounts.proof import recently_authenticated
from exercises.models import AccountEvent, User
from exercises.models.user import normal_email
from exercises.record import trial
from exercises.web import rate_limits
from exercises.web.letters import dress
from exercises.web.moment import browser_zone
from exercises.web.rate_limits import Limit
from exercises.web.redirects import page_at
from exercises.web.refusals import refuse
from footcare.logs import facts_of, user_known
from footcare.network import client_address

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
        "email_deleted": "email-removed",
        "password_changed": "password-saved",
        "password_set": "password-saved",
    }.items()
}


class Adapter(DefaultAccountAdapter):
    """Creates the account, its plan and the sets of the trial in one transaction; limits log-ins; plain error texts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is turned off. Ask the person who runs this site."),
        "duplicate_email": _("This is already your email address."),
        "email_password_mismatch": _("The email address or the password is not right. Please try again."),
        "email_taken": _("There is already an account with this email address."),
        "enter_current_password": _("That is not your current password. Please try again."),
        "incorrect_code": _("That code is not right, or too old. Please check the newest email."),
        "incorrect_password": _("That password is not right. Please try again."),
        "invalid_email": INVALID_EMAIL,
        "invalid_or_expired_key": _("This link no longer works. Ask for a new link."),
        "invalid_password_reset": _("This link no longer works. Ask for a new link."),
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
        limits = limits_of(request, email, meant)
        acquired = rate_limits.acquire_or_429(request, limits)
        user = super().authenticate(request, **credentials)
        if user:
            rate_limits.release(limits, acquired, timezone.now())
        else:
            logger.warning("log-in failed", extra=facts_of(request) | {"account": meant and meant.pk})
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """allauth looks before the stages alone whether the account is turned off."""
        if not user.is_active:
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        request.first_log_in = user.last_login is None  # type: ignore[attr-defined]
        super().login(request, user)
        request.session.save()  # names the user from here on, so an erasure finds it
        log_in_sessions.begin(request, user)
        user_known(user.pk)
        logger.info("log-in", extra=facts_of(request))

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        response = super().post_login(request, user, **options)
        known = getattr(request, "first_log_in", False) or known_devices.device_of(request, user)
        notices.tell(request, user, Kind.LOGGED_IN if known else Kind.LOGGED_IN_ON_NEW_DEVICE)
        known_devices.remember(request, response, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        logger.info("log-out", extra=facts_of(request))
        log_in_sessions.forget(request)
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
        return reverse("security")

    def is_safe_url(self, url: str) -> bool:
        """Whether `url` is ours and has a page. The address of an act would answer 405."""
        return super().is_safe_url(url) and page_at(url) == url

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Always False: no page of ours requests allauth's views as JSON."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends nothing when a limit is full: the answer tells nothing to a stranger, and the mail before still helps.
        Pages for which that matters look whether the mail was `held_back`.
        """
        limits = mail.limits_of(template_prefix, email, context.get("user"))
        try:
            acquired = rate_limits.acquire(limits, timezone.now())
        except rate_limits.RateLimited as reached:
            self.request.held_back = reached.retry_after
            return
        self._deliver(template_prefix, email, context, limits, acquired)

    def send_code(self, template_prefix: str, purpose: str, email: str, user: User) -> float:
        """Mails a code. Returns the moment that it is made from: that of the mail before when a limit is full."""
        limits = mail.limits_of(template_prefix, email, user)
        try:
            acquired = rate_limits.acquire(limits, timezone.now())
        except rate_limits.RateLimited as reached:
            self.request.held_back = reached.retry_after
            return rate_limits.newest(limits[-1], timezone.now())
        context = {"user": user, "code": mailed_code.code_of(purpose, user, email, acquired)}
        self._deliver(template_prefix, email, context, limits, acquired)
        return acquired

    def mail_was_used(self, template_prefix: str, email: str, mailed_at: float) -> None:
        """Releases the place of a mail whose code let its owner in: that was no flood."""
        rate_limits.release(mail.limits_of(template_prefix, email, None), mailed_at, timezone.now())

    def _deliver(
        self, template_prefix: str, email: str, context: dict[str, Any], limits: Sequence[Limit], acquired: float
    ) -> None:
        try:
            super().send_mail(template_prefix, email, mail.with_public_links(context))
        except (OSError, SMTPException, UnicodeError) as error:
            rate_limits.release(limits, acquired, timezone.now())  # a failed try is no mail
            logger.exception("mail could not be sent")
            reason = _("We could not send the email. Please try again later.")
            raise ImmediateHttpResponse(refuse(self.request, str(reason), 503)) from error

    def render_mail(self, *args: Any, **options: Any) -> EmailMultiAlternatives:
        letter: EmailMultiAlternatives = super().render_mail(*args, **options)
        letter.extra_headers["Auto-Submitted"] = "auto-generated"
        dress(letter)
        return letter

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """`emailconfirmation` is what allauth keeps of a code in the log-in session."""
        template = mail.AFTER_SIGN_UP_TO_CONFIRM if signup else mail.TO_CONFIRM
        state, user = emailconfirmation.state, emailconfirmation.user
        state["mailed_at"] = self.send_code(template, mailed_code.TO_CONFIRM, emailconfirmation.email, user)

    def generate_email_verification_code(self) -> str:
        """No code is kept: mailed_code.py makes it from the moment of the mail."""
        return ""

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tells the user what happened in our own words; allauth has a mail for each."""
        if kind := notices.OF_ALLAUTH.get(template_prefix):
            notices.tell(self.request, user, kind, emails=[email])

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
