"""Sign-up, change of password and reset by mail: allauth's views with rules of ours."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.account.internal.stagekit import get_pending_stage, redirect_to_pending_stage
from allauth.account.mixins import NextRedirectMixin
from allauth.account.utils import filter_users_by_email, has_verified_email, perform_login, url_str_to_user_pk
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import check_password
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from exercises.accounts import addresses, codes, known_devices, log_in_sessions, unconfirmed
from exercises.accounts.adapter import Adapter
from exercises.accounts.form_owner import owner_of, signed
from exercises.accounts.starts_again import StartsAgain
from exercises.models import User
from exercises.models.user import normal_email, normal_password
from exercises.record.trial import MOST_SETS
from exercises.web import rate_limits
from exercises.web.redirects import SeeOther
from exercises.web.refusals import log_in_first
from exercises.web.request import Request
from footcare.network import client_network


class LogIn(StartsAgain, views.LoginView):
    pass


class SignUp(StartsAgain, views.SignupView):
    """Hides which addresses are known: with a mail server the answer is the same for all, only the mail differs.

    Without a mail server the answer must tell. So a known address counts like a wrong password: every try acquires a
    place under the limits, and a new address releases it. The same form sent twice ends like the first one.
    """

    extra_context = {"most_sets": MOST_SETS}
    counted_as_guess = False

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponse | None:
        """After a wrong address the right one: the account of the first goes."""
        made = stage.login.user if stage.login.signup else None
        if made and request.method == "POST" and normal_email(request.POST.get("email", "")) != made.email:
            unconfirmed.forget(made)
        return super()._redirect_to_pending_stage(request, stage)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limits = [rate_limits.of_network(client_network(request))]
        acquired = rate_limits.acquire_or_429(request, limits)
        response = super().post(request, *args, **kwargs)
        if self.counted_as_guess or not self.get_form().has_error("email", "email_taken"):
            rate_limits.release(limits, acquired, timezone.now())
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        if form.account_already_exists:
            return self._answer_by_mail(form)
        try:
            return super().form_valid(form)
        except IntegrityError:  # two sign-ups at once with one address: the second one
            return self._taken(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        password = form.cleaned_data.get("password1")
        if password and form.has_error("email", "email_taken") and (user := self._guessed(form.address, password)):
            return self._sign_up_again(user, form)
        return super().form_invalid(form)

    def _guessed(self, address: str, password: str) -> User | None:
        """The user, if the password is right. It is a guess like one at the log-in, under the same limits."""
        try:
            user: User | None = get_adapter().authenticate(self.request, email=address, password=password)
        except ImmediateHttpResponse:  # a limit is full: the address is told as taken, the password is not looked at
            return None
        self.counted_as_guess = True
        return user

    def _answer_by_mail(self, form: Any) -> HttpResponse:
        """The right password gets a code to confirm once more. That of a stranger gets none: whoever took
        an address first must not be confirmed by its owner. Both take as long, and look alike.
        """
        email, password = form.cleaned_data["email"], form.cleaned_data["password1"]
        user = next(iter(filter_users_by_email(email, is_active=True)), None)
        if user is None or has_verified_email(user, email):
            User().set_password(password)
        elif check_password(normal_password(password), user.password):
            return self._sign_up_again(user, form)
        return prevent_enumeration(self.request, email=email)

    def _sign_up_again(self, user: User, form: Any) -> HttpResponse:
        return perform_login(self.request, user, redirect_url=self.get_success_url(), signup=True, email=form.address)

    def _taken(self, form: Any) -> HttpResponse:
        if settings.MAIL_ENABLED:
            return self._answer_by_mail(form)
        form.add_error("email", Adapter().validation_error("email_taken"))
        return self.form_invalid(form)


class SignUpByPasskey(SignUp):
    """An account without a password: its address is confirmed, then its passkey is made (passkey_sign_up.py).

    Nobody can prove by a password that an address taken before is theirs, so its owner gets the mail that says so.
    """

    template_name = "account/signup_by_passkey.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by_passkey": True}

    def _answer_by_mail(self, form: Any) -> HttpResponse:
        email, stage = form.cleaned_data["email"], get_pending_stage(self.request)
        if stage and stage.login.user and stage.login.user.email == email:  # the same form came twice
            return redirect_to_pending_stage(self.request, stage)
        return prevent_enumeration(self.request, email=email)


class NewPassword(NextRedirectMixin):
    """Only the device that saved the password stays known: the proof of the others depends on the one before."""

    def dispatch(self, request: Request, *args: Any, **options: Any) -> HttpResponse:
        """The first of two submits ends the log-in session under which the second was sent. With the new password the
        second logs in and ends like the first.
        """
        if not request.user.is_authenticated:
            user = _with_new_password(request, owner_of(request))
            if user is None:
                return log_in_first(request)
            request.said = "password-saved"
            return perform_login(request, user, redirect_url=self.get_success_url())
        answer: HttpResponse = super().dispatch(request, *args, **options)
        return answer

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(account=signed(self.request.user), **context)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        known_devices.remember(self.request, response, form.user)
        log_in_sessions.follow(self.request, form.user)
        return response


class ChangePassword(NewPassword, views.PasswordChangeView):
    pass


class SetPassword(NewPassword, views.PasswordSetView):
    """For an account without a password."""


class ResetPassword(views.PasswordResetFromKeyView):
    """The reader of the mail is the owner, so this device becomes known: strangers who guess cannot lock it out.

    Not while codes are on: a device that is not known has a count of a day for those.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        addresses.confirm_by_reset(self.reset_user)
        return self._on_known_device(super().form_valid(form), self.reset_user)

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        """The link is used up. If this very password was set by it, the form was sent twice: it ends like the first."""
        user = self._with_this_password() if self.request.method == "POST" and context.get("token_fail") else None
        if user:
            self.request.said = "password-saved"
            return self._on_known_device(SeeOther(self.get_success_url()), user)
        return super().render_to_response(context, **options)

    def _on_known_device(self, response: HttpResponse, user: User) -> HttpResponse:
        if not codes.are_on(user):
            known_devices.remember(self.request, response, user)
        return response

    def _with_this_password(self) -> User | None:
        try:
            return _with_new_password(self.request, url_str_to_user_pk(self.kwargs["uidb36"]))
        except ValueError:
            return None


def _with_new_password(request: HttpRequest, pk: int | None) -> User | None:
    """The user, if the new password in the form is theirs already. It is a guess, under the limits of the log-in."""
    user = User.objects.filter(pk=pk or 0).first()
    first, second = (normal_password(request.POST.get(name, "")) for name in ("password1", "password2"))
    return user if user and first == second and get_adapter().reauthenticate(user, first) else None


def only_with_password(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that asks for the password. Whoever has none is led to set one."""

    @wraps(view)
    def page(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.has_usable_password():
            return SeeOther(reverse("account_set_password"))
        return view(request, *args, **kwargs)

    return page


def only_with_mail(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that is a 404 when no mail server is set."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.MAIL_ENABLED:
            raise Http404
        return view(request, *args, **kwargs)

    return page


@login_not_required
def reset_password(request: HttpRequest) -> HttpResponse:
    return _send_a_link(request) if settings.MAIL_ENABLED else _ask_who_runs_it(request)


@require_http_methods(["GET", "HEAD", "POST"])
def _send_a_link(request: HttpRequest) -> HttpResponse:
    return views.PasswordResetView.as_view(extra_context={"mail_enabled": True})(request)


@require_safe
def _ask_who_runs_it(request: HttpRequest) -> HttpResponse:
    return render(request, "account/password_reset.html", {"mail_enabled": False})
