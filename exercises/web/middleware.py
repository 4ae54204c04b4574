"""Middleware: rejects unreadable requests, denies by default, and answers each refusal with a sentence."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import DatabaseError, IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils import translation

from exercises.models import User
from exercises.record.parsing import Rejected
from exercises.web.body_limit import most_bytes
from exercises.web.moment import follow_phone
from exercises.web.redirects import saying
from exercises.web.refusals import (
    came_second,
    log_in_first,
    no_space,
    not_allowed,
    refuse,
    too_large,
    too_many_files,
    too_slow,
    unreadable,
)
from exercises.web.request import Request
from footcare.logs import facts_of
from footcare.server import NO_SPACE, TOO_MANY, TOO_SLOW, UNREAD

logger = logging.getLogger(__name__)
NUL = "\0"
CAME_SECOND = (IntegrityError, DatabaseError)  # the latter alone, none of its kinds: a save that finds no row
UNREAD_BECAUSE = {NO_SPACE: no_space, TOO_MANY: too_many_files, TOO_SLOW: too_slow}


class RejectUnreadable:
    """Rejects NUL in an address or a cookie, which no database accepts, and a body that is too large or never came."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(NUL in text for text in (request.path_info, *request.COOKIES.values(), *self._asked(request))):
            return unreadable(request)
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) > most_bytes(request.path_info):
            return too_large(request)
        if why := request.META.get(UNREAD):
            return UNREAD_BECAUSE[why](request)
        return self.get_response(request)

    def _asked(self, request: HttpRequest) -> list[str]:
        return [text for name, values in request.GET.lists() for text in (name, *values)]


class Language:
    """Activates the language of the site. Without one, Django looks for it in vain at each word, which costs twice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        translation.activate(settings.LANGUAGE_CODE)
        return self.get_response(request)


class StatusMessages:
    """Gives 405 a message, rejected events a 422, and answers of allauth their proper status (422, 404) and message.

    Treats a request whose account was erased meanwhile like one of a stranger.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.modified and (pk := request.session.get(SESSION_KEY)) and User.objects.is_erased(pk):
            request.session.flush()  # a log-in or new password while the account was erased
        if isinstance(response, HttpResponseNotAllowed):
            allowed, response = response["Allow"], not_allowed(request)
            response["Allow"] = allowed
        if response.has_header("Location") and (said := getattr(request, "said", "")):  # by the account adapter
            response["Location"] = saying(response["Location"], said)
        return response

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        """Answers a rejected event with 422 and its sentence.

        Another device may erase an account while a request of that account is under way. Whatever breaks then is
        answered as to a stranger.
        """
        if request.user.is_authenticated:
            if User.objects.is_erased(request.user.pk):
                return log_in_first(request)
        elif type(exception) in CAME_SECOND:
            logger.error("a visitor's form came second", exc_info=exception)  # it may be a fault of ours after all
            return came_second(request)
        return refuse(request, str(exception), 422) if isinstance(exception, Rejected) else None

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Sets 422 on a rejected form of allauth and 404 on an expired link; allauth answers 200."""
        context = response.context_data or {}
        form = context.get("form")
        if context.get("token_fail") or context.get("confirmation", True) is None:
            response.status_code = 404
        elif response.status_code == 200 and form is not None and form.is_bound and form.errors:
            response.status_code = 422
        return response


class LoginRequired(LoginRequiredMiddleware):
    """Answers a stranger as log_in_first() does."""

    def handle_no_permission(self, request: Request, view_func: Callable) -> HttpResponse:  # type: ignore[override]
        response = log_in_first(request)
        if response.has_header("Location"):
            logger.info("log-in asked for", extra=facts_of(request))
        return response


class FollowPhone:
    """Calls follow_phone() before every view that requires a log-in. Public views call it themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Request, view: Callable, args: tuple, fields: dict) -> None:
        if getattr(view, "login_required", True):
            follow_phone(request)
