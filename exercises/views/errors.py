"""Everything that goes wrong, said in one plain sentence: as a page, as a fragment, or as JSON."""

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from exercises.requests import Request


def refuse(request: Request, reason: str, status: int) -> HttpResponse:
    """`reason` where the user is looking: htmx puts the fragment into the page's notice."""
    if wants_json(request):
        return JsonResponse({"error": reason}, status=status)
    template = "exercises/_notice.html" if request.htmx else "error.html"
    return HttpResponse(render_to_string(template, {"reason": reason, "status": status}), status=status)


def wants_json(request: Request) -> bool:
    return request.path.endswith((".json", "/sync/"))


def bad_request(request: Request, exception: Exception) -> HttpResponse:
    return refuse(request, _("This request cannot be read. Please go back and try again."), 400)


def forbidden(request: Request, exception: Exception) -> HttpResponse:
    return refuse(request, _("This is not yours to see."), 403)


def csrf_failure(request: Request, reason: str = "") -> HttpResponse:
    return refuse(request, _("This page is too old to be sent. Please load it again, then try once more."), 403)


def not_found(request: Request, exception: Exception) -> HttpResponse:
    return refuse(request, _("There is nothing here."), 404)


def server_error(request: Request) -> HttpResponse:
    return refuse(request, _("Something broke on our side. Please try again in a minute."), 500)


def store_down(request: Request) -> HttpResponse:
    return refuse(request, _("The records cannot be reached now. Please try again in a minute."), 503)
