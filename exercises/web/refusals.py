"""Everything that goes wrong, said in one plain sentence: as a page, as a fragment, or as JSON."""

import sys
from math import ceil

from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exercises.web.rate_limits import Limit, TooMany, take


def refuse(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    """`reason` where the user is looking: htmx puts the fragment into the page's notice."""
    if wants_json(request):
        return JsonResponse({"error": reason}, status=status)
    template = "shared/_notice.html" if wants_fragment(request) else "error.html"
    user = getattr(request, "user", None) if status < 500 else None
    context = {"reason": reason, "status": status, "user": user}
    return HttpResponse(render_to_string(template, context), status=status)


def wants_json(request: HttpRequest) -> bool:
    return request.path.endswith((".json", "/sync/", "/readyz"))


def wants_fragment(request: HttpRequest) -> bool:
    """Asked of the header: a request may be refused before any middleware saw it."""
    return request.headers.get("HX-Request") == "true"


def log_in_first(request: HttpRequest, log_in: str = "account_login") -> HttpResponse:
    """A log-in form has no place in a fragment or in JSON: 401, and htmx leads the page there."""
    response = refuse(request, _("Please log in."), 401)
    if wants_fragment(request):
        if "id" in request.POST:  # made by a phone, which keeps it
            messages.info(request, _("You were logged out. What is saved on this phone is sent when you log in."))
        response["HX-Redirect"] = resolve_url(log_in)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, _("This request cannot be read. Please go back and try again."), 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, _("This is not yours to see."), 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if not request.user.is_authenticated and (wants_json(request) or wants_fragment(request)):
        return log_in_first(request)
    return refuse(request, _("This page is too old to be sent. Please load it again, then try once more."), 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, _("There is nothing here."), 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A store that is busy or gone is not a fault of the request: 503, and the phone tries again."""
    if _is_of_a_store(sys.exc_info()[1]):
        return refuse(request, _("The records cannot be reached now. Please try again in a minute."), 503)
    return refuse(request, _("Something broke on our side. Please try again in a minute."), 500)


def _is_of_a_store(error: BaseException | None) -> bool:
    """Of the database or of Redis, whose package is only loaded where there is one."""
    return isinstance(error, OperationalError) or type(error).__module__ == "redis.exceptions"


def unreadable(request: HttpRequest) -> HttpResponse:
    return bad_request(request, BadRequest())


def too_large(request: HttpRequest) -> HttpResponse:
    return refuse(request, _("This is too much to be sent at once."), 413)


def too_many(request: HttpRequest, retry_after: int = 60) -> HttpResponse:
    """allauth calls it too, for what is tried too often in a minute."""
    minutes = ceil(retry_after / 60)
    reason = ngettext(
        "Too many tries. Please wait a minute, then try again.",
        "Too many tries. Please wait %(minutes)d minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}
    response = refuse(request, reason, 429)
    response["Retry-After"] = str(retry_after)
    return response


def take_or_refuse(request: HttpRequest, limits: list[Limit]) -> float:
    """A place under each limit, else the answer 429 with Retry-After."""
    try:
        return take(limits, timezone.now())
    except TooMany as reached:
        raise ImmediateHttpResponse(too_many(request, reached.retry_after)) from reached


def not_allowed(request: HttpRequest) -> HttpResponse:
    return refuse(request, _("This address cannot be used that way."), 405)
