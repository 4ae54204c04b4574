"""What holds for every request: it can be read, default deny, and a sentence with each refusal."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import reverse

from exercises.record.parsing import Refused
from exercises.web.moment import follow_phone
from exercises.web.refusals import log_in_first, not_allowed, refuse, too_large, unreadable, wants_fragment, wants_json
from exercises.web.request import Request
from footcare.logs import facts_of

logger = logging.getLogger(__name__)
NUL = "\0"


class RejectUnreadable:
    """Refuses what nobody sends by hand and no database takes: NUL in an address or a cookie, a body without end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(NUL in text for text in (request.path_info, *request.COOKIES.values(), *self._asked(request))):
            return unreadable(request)
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) > self._most(request):
            return too_large(request)
        return self.get_response(request)

    def _most(self, request: HttpRequest) -> int:
        """One page takes a file; of a form's own fields Django lets no more through there than elsewhere."""
        takes_file = request.path_info == reverse("import_data")
        return settings.IMPORT_MAX_SIZE if takes_file else settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def _asked(self, request: HttpRequest) -> list[str]:
        return [text for name, values in request.GET.lists() for text in (name, *values)]


class StatusMessages:
    """Says in words what others answer with an empty page, and by its status what they answer as if all were well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            allowed, response = response["Allow"], not_allowed(request)
            response["Allow"] = allowed
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """An event that cannot be kept: 422 with its sentence."""
        return refuse(request, str(exception), 422) if isinstance(exception, Refused) else None

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """allauth shows a refused form again with 200, and a link that holds no more."""
        context = response.context_data or {}
        form = context.get("form")
        if context.get("token_fail") or context.get("confirmation", True) is None:
            response.status_code = 404
        elif response.status_code == 200 and form is not None and form.is_bound and form.errors:
            response.status_code = 422
        return response


class LoginRequired(LoginRequiredMiddleware):
    """Sends a page to the log-in; a fragment or JSON gets a 401."""

    def handle_no_permission(self, request: Request, view_func: Callable) -> HttpResponse:  # type: ignore[override]
        if wants_fragment(request) or wants_json(request):
            return log_in_first(request, self.get_login_url(view_func))
        logger.info("log-in asked for", extra=facts_of(request))
        return super().handle_no_permission(request, view_func)


class FollowPhone:
    """The user's zone follows the phone before a view runs. Views that are open to visitors ask for it themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Request, view: Callable, args: tuple, fields: dict) -> None:
        if getattr(view, "login_required", True):
            follow_phone(request)
