"""Reminders by a service that the server's owner names in REMINDER_URL: JSON, or a topic of each user at ntfy.

Nothing of its answer counts but the status. A redirect is an answer like others: it is not followed.
"""

import json
import logging
from base64 import b64encode
from contextlib import closing
from datetime import datetime
from email.header import Header
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import NamedTuple
from urllib.parse import SplitResult, unquote

from django.conf import settings
from django.utils.encoding import iri_to_uri

from exercises.models import State
from exercises.reminders.job import Job, Outcome, again
from exercises.reminders.topic import is_ntfy, service, topic_path

logger = logging.getLogger(__name__)
THREADS = 2
REPEATS = False
CONNECT_SECONDS, ANSWER_SECONDS = 5, 10


class Post(NamedTuple):
    path: str
    headers: dict[str, str]
    body: bytes


def ready() -> None:
    """Needs nothing of the database."""


def send(job: Job, now: datetime) -> Outcome:
    """Posts the message once. Whatever breaks after the connection stands may have arrived, so it is not repeated."""
    url = service()
    post = _for_ntfy(job, url) if is_ntfy() else _as_json(job, url)
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    with closing(kind(url.hostname or "", url.port, timeout=CONNECT_SECONDS)) as connection:
        try:
            connection.connect()
        except (OSError, UnicodeError) as error:
            logger.warning("the service for reminders could not be reached", exc_info=error)
            return again(job, now, "unreachable")
        try:
            connection.sock.settimeout(ANSWER_SECONDS)
            connection.request("POST", iri_to_uri(post.path), post.body, {**post.headers, **_authorization(url)})
            return _outcome(connection.getresponse().status, job, now)
        except TimeoutError:
            return Outcome(State.FAILED, "slow")
        except (OSError, HTTPException):
            return Outcome(State.FAILED, "unknown")


def _for_ntfy(job: Job, url: SplitResult) -> Post:
    click = settings.PUBLIC_URL + job.message.path
    headers = {"Title": _line(job.message.title), "Click": _line(click), "Tags": "alarm_clock"}
    return Post(_with_query(topic_path(url, job.user), url), headers, job.message.body.encode())


def _as_json(job: Job, url: SplitResult) -> Post:
    told = {
        "to": job.user.email,
        "title": job.message.title,
        "body": job.message.body,
        "url": settings.PUBLIC_URL + job.message.path,
        "day": job.delivery.day.isoformat(),
        "slot": job.delivery.slot,
        "turn": job.delivery.turn,
    }
    headers = {"Content-Type": "application/json"}
    return Post(_with_query(url.path or "/", url), headers, json.dumps(told).encode())


def _with_query(path: str, url: SplitResult) -> str:
    return f"{path}?{url.query}" if url.query else path


def _line(text: str) -> str:
    """The value of a header: one line of ASCII, other letters by RFC 2047."""
    line = " ".join(text.split())
    return line if line.isascii() else Header(line, "utf-8").encode(maxlinelen=0)


def _authorization(url: SplitResult) -> dict[str, str]:
    """User and password of the URL go into a header of their own, so no address that is asked for has them."""
    if url.username is None and url.password is None:
        return {}
    proof = f"{unquote(url.username or '')}:{unquote(url.password or '')}"
    return {"Authorization": f"Basic {b64encode(proof.encode()).decode()}"}


def _outcome(status: int, job: Job, now: datetime) -> Outcome:
    if 200 <= status < 300:
        return Outcome(State.SENT, str(status))
    if status == 429 or status >= 500:
        return again(job, now, "busy")
    return Outcome(State.FAILED, "refused")
