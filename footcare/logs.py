"""The log: one JSON object a line, times in UTC. It never contains what a user typed.

A line has the event and the ids of the request and the user. It has the constant text of a message, and the type and
place of an error: their arguments could quote email addresses, tokens or notes.
"""

import json
import logging
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from footcare.network import client_address

logger = logging.getLogger(__name__)
_request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
_user_id: ContextVar[int | None] = ContextVar("user_id", default=None)
_reason: ContextVar[str | None] = ContextVar("reason", default=None)

# The fields of `extra=` that are written. All others are dropped.
FIELDS = ("method", "route", "status", "address", "account", "what", "directive", "blocked", "page")
OURS = ("footcare", "exercises")


class JsonLines(logging.Formatter):
    """{"time", "level", "logger", "event", "request", "user", ...FIELDS, "error", "trace"}, without empty ones."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": _constant_text(record),
            "request": _request_id.get(),
            "user": _user_id.get(),
            **{name: getattr(record, name, None) for name in FIELDS if record.name.startswith(OURS)},
            **_error(record),
        }
        return json.dumps({name: value for name, value in line.items() if value is not None})


def _constant_text(record: logging.LogRecord) -> str | None:
    """The constant text of the message. Texts of Django that contain request data are left out."""
    if record.name.startswith("django.security") or not isinstance(record.msg, str):
        return None
    return "error" if record.name == "django.request" else record.msg


def _error(record: logging.LogRecord) -> dict[str, Any]:
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return {}
    kinds = [f"{type(each).__module__}.{type(each).__qualname__}" for each in _causes(error)]
    frames = [
        f"{Path(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    return {"error": kinds, "trace": frames}


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def user_known(pk: int) -> None:
    """Adds the user to all later lines of this request."""
    _user_id.set(pk)


def refused_because(reason: str) -> None:
    """Adds the reason to the line of this request, for refusals that whoever runs the server has to understand."""
    _reason.set(reason)


class RequestLog:
    """Gives each request an id, sends it with the response, and logs refusals."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid4().hex
        _request_id.set(request_id)
        _user_id.set(None)
        _reason.set(None)
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        if response.status_code >= 400:
            event, level = ("failed", logging.ERROR) if response.status_code >= 500 else ("refused", logging.INFO)
            logger.log(level, event, extra=facts_of(request) | {"status": response.status_code, "what": _reason.get()})
        return response


def facts_of(request: HttpRequest) -> dict[str, Any]:
    """The fields of a request that may be logged: its route, not its path, as a path may contain a token."""
    route = request.resolver_match.route if request.resolver_match else None
    return {"method": request.method, "route": route, "address": client_address(request)}
