"""What holds for every request: default deny, and a sentence with each refusal."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from exercises.requests import Request
from exercises.views.errors import log_in_first, not_allowed, wants_fragment, wants_json


class SpeakingNotAllowed:
    """Django's decorators answer a wrong method with an empty page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            allowed, response = response["Allow"], not_allowed(request)
            response["Allow"] = allowed
        return response


class LoginRequired(LoginRequiredMiddleware):
    """Sends a page to the log-in; a fragment or JSON gets a 401."""

    def handle_no_permission(self, request: Request, view_func: Callable) -> HttpResponse:  # type: ignore[override]
        if wants_fragment(request) or wants_json(request):
            return log_in_first(request, self.get_login_url(view_func))
        return super().handle_no_permission(request, view_func)
