"""Sign-up, change of password and reset by mail: allauth's views with rules of ours."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views
from allauth.account.internal.flows.signup import prevent_enumeration
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from exercises.accounts import known_devices
from exercises.accounts.adapter import Adapter
from exercises.models import User
from exercises.record.trial import MOST_SETS
from exercises.web import rate_limits
from footcare.network import client_network


class SignUp(views.SignupView):
    """Hides which addresses are known: with a mail server the answer is the same for all, only the mail differs.

    Without a mail server the answer must tell. So a known address counts like a wrong password: every try acquires a
    place under the limits, and a new address releases it.
    """

    extra_context = {"most_sets": MOST_SETS}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limits = [rate_limits.of_network(client_network(request))]
        acquired = rate_limits.acquire_or_429(request, limits)
        response = super().post(request, *args, **kwargs)
        if not self.get_form().has_error("email", "email_taken"):
            rate_limits.release(limits, acquired, timezone.now())
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        if form.account_already_exists:
            User().set_password(form.cleaned_data["password1"])  # takes as long as a new account
        try:
            return super().form_valid(form)
        except IntegrityError:  # two sign-ups at once with one address: the second one
            return self._taken(form)

    def _taken(self, form: Any) -> HttpResponse:
        if settings.MAIL_ENABLED:
            return prevent_enumeration(self.request, email=form.cleaned_data["email"])
        form.add_error("email", Adapter().validation_error("email_taken"))
        return self.form_invalid(form)


class ChangePassword(views.PasswordChangeView):
    """Only the device that changed the password stays known: the proof of the others depends on the old password."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        known_devices.remember(self.request, response, form.user)
        return response


class ResetPassword(views.PasswordResetFromKeyView):
    """The reader of the mail is the owner, so this device becomes known: strangers who guess cannot lock it out."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        known_devices.remember(self.request, response, self.reset_user)
        return response


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
