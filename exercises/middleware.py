"""What holds for every request: default deny, and a plain answer when the store is down."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import OperationalError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from exercises.requests import Request
from exercises.views.errors import store_down


class StoreDown:
    """A database that is busy or gone is not a fault of the request: 503, and the phone tries again."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        return store_down(request) if isinstance(exception, OperationalError) else None


class LoginRequired(LoginRequiredMiddleware):
    """Sends a page to the log-in; a fragment or JSON gets a 401, for a log-in form has no place in them."""

    def handle_no_permission(self, request: Request, view_func: Callable) -> HttpResponse:  # type: ignore[override]
        if request.htmx:
            response = HttpResponseClientRedirect(resolve_url(self.get_login_url(view_func)))
            response.status_code = 401
            return response
        if request.path.endswith(".json"):
            return JsonResponse({"error": _("Please log in.")}, status=401)
        return super().handle_no_permission(request, view_func)
