"""What a passkey proves: a log-in, or once more who somebody is. A script asks for JSON and sends the form."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import perform_login
from allauth.account.mixins import NextRedirectMixin
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from exercises.accounts import passkeys
from exercises.web.redirects import SeeOther, saying
from exercises.web.refusals import wants_json
from exercises.web.request import Request

LIMIT = {"app": "allauth.mfa", "action": "webauthn_login"}


class LogIn(NextRedirectMixin, LoginWebAuthnView):
    """allauth's view, with `next`, and with one sentence for whatever is wrong with a passkey.

    A log-in that waits for its second step is passed over: a passkey needs none. allauth limits what is sent; what is
    asked is limited too, because each question is stored in a session.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not wants_json(request):
            return SeeOther(_with_next(request, "account_login"))
        full: HttpResponse | None = ratelimit.consume_or_429(request, **LIMIT, limit_get=True)
        return full or JsonResponse({"options": passkeys.request_options()})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            passkey = passkeys.passkey_of(request.POST.get("credential", ""))
        except passkeys.Refused:
            return SeeOther(saying(_with_next(request, "account_login"), "passkey-unknown"))
        post_authentication(request, passkey, passwordless=True)
        return perform_login(request, Login(user=passkey.user, redirect_url=self.get_success_url()))

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        return None


log_in_with_passkey = LogIn.as_view()


def prove_with_passkey(request: Request) -> HttpResponse:
    """For somebody logged in. Without a script it leads to the page with all the ways to prove it."""
    if request.method == "POST":
        return _prove(request)
    if wants_json(request):
        return JsonResponse({"user": request.user.pk, "options": passkeys.request_options(request.user)})
    return SeeOther(_with_next(request, "account_reauthenticate"))


def _prove(request: Request) -> HttpResponse:
    try:
        passkey = passkeys.passkey_of(request.POST.get("credential", ""), request.user)
    except passkeys.Refused:
        return SeeOther(saying(_with_next(request, "account_reauthenticate"), "passkey-unknown"))
    post_authentication(request, passkey, reauthenticated=True)
    return SeeOther(get_next_redirect_url(request) or reverse("security"))


def _with_next(request: HttpRequest, name: str) -> str:
    """The address of a page that asks for a proof, with the page that it leads on to."""
    following = get_next_redirect_url(request)
    return f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: following})}" if following else reverse(name)
