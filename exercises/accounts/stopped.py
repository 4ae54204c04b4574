"""Pages for a log-in at the provider that ended without one: who stopped it, and how to go on."""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from exercises.web.redirects import SeeOther
from footcare.logs import refused_because

State = dict[str, Any]  # what allauth kept of the way to the provider
LINK, PROVE = "link", "prove"  # for what a user goes to the provider; a visitor goes there to log in
CANCELLED = "cancelled"  # allauth's AuthError
CODE = re.compile(r"[a-z_]{1,40}")
PROVIDER_ERROR = re.compile(r"""["']error["']: ?["'](\w{1,40})["']""")


def purpose_of(state: State | None) -> str:
    return ((state or {}).get("data") or {}).get("purpose", "")


def way_back_of(state: State | None) -> str:
    """The page from which the way to the provider began."""
    purpose, asked_for = purpose_of(state), (state or {}).get("next")
    if purpose == LINK:
        return reverse("security")
    page = reverse("account_reauthenticate" if purpose == PROVE else "account_login")
    return f"{page}?{urlencode({REDIRECT_FIELD_NAME: asked_for})}" if asked_for else page


def stopped(request: HttpRequest, reason: str, status: int, state: State | None = None) -> HttpResponse:
    back = reverse("security") if request.user.is_authenticated and not state else way_back_of(state)
    context = {"reason": reason, "back": back, "status": status}
    return render(request, "account/single_sign_on_stopped.html", context, status=status)


def failed(request: HttpRequest, error: Any, exception: Exception | None, state: State | None) -> HttpResponse:
    """The answer to what allauth calls an error. The log names it, without a word of a token or an address."""
    if error == CANCELLED:
        request.said = "log-in-stopped"  # type: ignore[attr-defined]
        return SeeOther(way_back_of(state))
    if exception:
        return _of_exception(request, exception, state)
    if state is None:
        return _of_lost_state(request)
    code = request.GET.get("error", "")
    _note(code if CODE.fullmatch(code) else "no code")
    reason = _(
        "%(name)s could not log you in. Please try again. If it happens again, tell the person who runs this site."
    )
    return stopped(request, reason % {"name": settings.OIDC_NAME}, 502, state)


def _of_lost_state(request: HttpRequest) -> HttpResponse:
    """Used already, older than ten minutes, of another browser or another address of this site, or made up."""
    if request.user.is_authenticated:  # Back, or a second tab
        return SeeOther(reverse("today"))
    return stopped(request, _("This log-in has run out, or it began in another browser. Please log in again."), 400)


def _of_exception(request: HttpRequest, exception: Exception, state: State | None) -> HttpResponse:
    from exercises.accounts.provider import status_of

    error = PROVIDER_ERROR.search(str(exception))
    why = error[1] if error else type(exception).__name__
    _note(why)
    if why == "invalid_grant":
        return stopped(request, _("This log-in has run out. Please log in again."), 400, state)
    status = status_of(exception)
    reason = (
        _("%(name)s is not answering. Please try again in a minute.")
        if status == 503
        else _("%(name)s gave an answer that we cannot use. Please tell the person who runs this site.")
    )
    return stopped(request, reason % {"name": settings.OIDC_NAME}, status, state)


def _note(why: str) -> None:
    """For the log: a code of OAuth or the kind of an error, never a text."""
    refused_because(f"single sign-on: {why}")
