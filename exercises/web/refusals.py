"""Error answers: one plain sentence, as a page, a fragment or JSON."""

import sys
from contextlib import suppress
from errno import EDQUOT, ENOSPC
from math import ceil

from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import BadRequest, DisallowedHost
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exercises.web.redirects import SeeOther, page_asked_for, saying, way_back
from footcare.logs import refused_because

LOG_INS = ("account_login", "account_signup", "mfa_authenticate", "mfa_login_webauthn")


def refuse(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    """Answers with `reason`. htmx puts the fragment into the notice of the page."""
    if wants_json(request):
        return JsonResponse({"error": reason}, status=status)
    template = "layout/_notice.html" if wants_fragment(request) else "error.html"
    user = getattr(request, "user", None) if status < 500 else None
    context = {"reason": reason, "status": status, "user": user}
    return HttpResponse(render_to_string(template, context), status=status)


def wants_json(request: HttpRequest) -> bool:
    """By its address, or because a script asks for nothing else."""
    return request.path.endswith((".json", "/sync/", "/readyz")) or request.headers.get("Accept") == "application/json"


def wants_fragment(request: HttpRequest) -> bool:
    """Reads the header, because a request may be refused before the htmx middleware runs."""
    return request.headers.get("HX-Request") == "true"


def log_in_first(request: HttpRequest) -> HttpResponse:
    """Redirects a page to the log-in, which leads to a page that answers GET.

    A fragment or JSON must not get a log-in form: it gets a 401, and htmx then opens the log-in page.
    """
    to_log_in = redirect_to_login(page_asked_for(request))
    if not (wants_fragment(request) or wants_json(request)):
        return to_log_in
    response = refuse(request, _("Please log in."), 401)
    if wants_fragment(request):
        is_event = "id" in request.POST  # which the phone keeps
        response["HX-Redirect"] = saying(to_log_in.url, "logged-out") if is_event else to_log_in.url
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, SessionInterrupted):  # another device has ended the log-in session, or erased the account
        return log_in_first(request)
    if isinstance(exception, DisallowedHost):
        refused_because("the name in Host is not in ALLOWED_HOSTS")
        return refuse(request, _("Footcare does not answer to this name. Please check the address."), 400)
    return refuse(request, _("We could not read this request. Please go back and try again."), 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, _("You do not have access to this page."), 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Reads the reason of Django, which quotes the origin, by its first word.

    A log-in gives the browser a new token, so a form to log in or sign up in another tab has an old one. It leads on:
    its page by GET sends whoever is logged in to `next`.
    """
    if reason.startswith(("Origin", "Referer")):
        refused_because("Origin or Referer differs from Host or is missing")
        return refuse(
            request,
            _("Nothing was saved. This page was opened at another address. Please open it again, then try again."),
            403,
        )
    if request.user.is_authenticated and request.path in map(reverse, LOG_INS):
        return SeeOther(f"{request.path}?{urlencode({'next': way_back(request)})}")
    refused_because("no CSRF cookie" if reason == REASON_NO_CSRF_COOKIE else "the CSRF token does not fit")
    if not request.user.is_authenticated and (wants_json(request) or wants_fragment(request)):
        return log_in_first(request)
    return refuse(request, _("This page has been open too long. Please open it again, then try again."), 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, _("There is no page at this address."), 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 if the database or Redis is busy or down, or a disk is full, so that the phone tries again; else 500."""
    error = sys.exc_info()[1]
    if isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT):
        for handler in request.upload_handlers:
            with suppress(OSError):
                handler.upload_interrupted()  # else its file would stay until garbage is collected
        return no_space(request)
    if _is_of_a_store(error):
        return refuse(request, _("We cannot reach your records right now. Please try again in a minute."), 503)
    return refuse(request, _("Something went wrong on our side. Please try again in a minute."), 500)


def _is_of_a_store(error: BaseException | None) -> bool:
    """Compares by name for Redis, because its package is loaded only if it is used."""
    return isinstance(error, OperationalError) or type(error).__module__ == "redis.exceptions"


def unreadable(request: HttpRequest) -> HttpResponse:
    return bad_request(request, BadRequest())


def too_large(request: HttpRequest) -> HttpResponse:
    return refuse(request, _("This is too much to send at once. Please go back and send less."), 413)


def too_slow(request: HttpRequest) -> HttpResponse:
    return refuse(request, _("The connection is too slow, so this did not arrive. Please try again."), 408)


def came_second(request: HttpRequest) -> HttpResponse:
    return refuse(request, _("Something else was saved at the same moment. Please try again."), 409)


def too_many_files(request: HttpRequest) -> HttpResponse:
    response = refuse(request, _("Too many files are arriving at once. Please try again in a minute."), 429)
    response["Retry-After"] = "60"
    return response


def no_space(request: HttpRequest) -> HttpResponse:
    refused_because("a disk is full, or the folder for temporary files cannot be written")
    response = refuse(request, _("We cannot save this right now. Please try again later."), 503)
    response["Retry-After"] = "60"
    return response


def too_many(request: HttpRequest, retry_after: int = 60) -> HttpResponse:
    """429 with Retry-After in seconds. allauth calls it too, for its own limits."""
    minutes, hours = ceil(retry_after / 60), ceil(retry_after / 3600)
    if minutes <= 60:
        reason = ngettext(
            "Too many tries. Please wait a minute, then try again.",
            "Too many tries. Please wait %(minutes)d minutes, then try again.",
            minutes,
        )
    else:
        reason = ngettext(
            "Too many tries. Please wait an hour, then try again.",
            "Too many tries. Please wait %(hours)d hours, then try again.",
            hours,
        )
    response = refuse(request, reason % {"minutes": minutes, "hours": hours}, 429)
    response["Retry-After"] = str(retry_after)
    return response


def not_allowed(request: HttpRequest) -> HttpResponse:
    return refuse(request, _("This page does not accept that kind of request."), 405)
