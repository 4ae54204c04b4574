"""The log: one JSON object a line, in UTC, that says what happened and never what somebody typed.

A line tells the event, the request and the user by their ids. Of a message only its constant text is written, of an
error its type and where it came from: arguments and messages of errors quote e-mail addresses, tokens and notes.
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

# What an event may say of itself (`extra=`). Nothing else of a record is written.
FIELDS = ("method", "route", "status", "address", "account", "what", "directive", "blocked", "page")
OURS = ("footcare", "exercises")


class JsonLines(logging.Formatter):
    """{"time", "level", "logger", "event", "request", "user", ...FIELDS, "error", "trace"}, those that are known."""

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
    """The message as it stands in the source. Some of Django's are made of what the caller sent: those are left out."""
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
    """From here on the lines of this request name its user."""
    _user_id.set(pk)


class RequestLog:
    """Gives each request an id, which the answer names too, and writes down what was refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid4().hex
        _request_id.set(request_id)
        _user_id.set(None)
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        if response.status_code >= 400:
            event, level = ("failed", logging.ERROR) if response.status_code >= 500 else ("refused", logging.INFO)
            logger.log(level, event, extra=facts_of(request) | {"status": response.status_code})
        return response


def facts_of(request: HttpRequest) -> dict[str, Any]:
    """What may be written of a request: its route, not its path, for a path can be a token."""
    route = request.resolver_match.route if request.resolver_match else None
    return {"method": request.method, "route": route, "address": client_address(request)}
