"""Everything that goes wrong, said in one plain sentence: as a page, as a fragment, or as JSON."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def refuse(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    """`reason` where the user is looking: htmx puts the fragment into the page's notice."""
    if wants_json(request):
        return JsonResponse({"error": reason}, status=status)
    template = "exercises/_notice.html" if wants_fragment(request) else "error.html"
    return HttpResponse(render_to_string(template, {"reason": reason, "status": status}), status=status)


def wants_json(request: HttpRequest) -> bool:
    return request.path.endswith((".json", "/sync/"))


def wants_fragment(request: HttpRequest) -> bool:
    """Asked of the header: a request may be refused before any middleware saw it."""
    return request.headers.get("HX-Request") == "true"


def log_in_first(request: HttpRequest, log_in: str = "account_login") -> HttpResponse:
    """A log-in form has no place in a fragment or in JSON: 401, and htmx leads the page there."""
    response = refuse(request, _("Please log in."), 401)
    if wants_fragment(request):
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
    """A database that is busy or gone is not a fault of the request: 503, and the phone tries again."""
    if isinstance(sys.exc_info()[1], OperationalError):
        return refuse(request, _("The records cannot be reached now. Please try again in a minute."), 503)
    return refuse(request, _("Something broke on our side. Please try again in a minute."), 500)


def not_allowed(request: HttpRequest) -> HttpResponse:
    return refuse(request, _("This address cannot be used that way."), 405)
