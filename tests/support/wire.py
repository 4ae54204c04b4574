"""Requests as they come off the wire, to the very application that granian serves: Django's test client would tidy up.

Whatever is asked is rolled back afterwards, so that one cast serves for hundreds of questions.
"""

import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from time import time
from urllib.parse import unquote_to_bytes, urlencode
from wsgiref.util import setup_testing_defaults

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.account.views import INTERNAL_RESET_SESSION_KEY
from django.conf import settings
from django.core.signals import got_request_exception, request_finished, request_started
from django.db import close_old_connections, connection, transaction
from django.test import Client

from exercises.models import FACTS as KINDS
from exercises.models import Preferences, Prescription, User
from footcare.headers import HEADERS
from tests.conftest import logged_in
from tests.support.tables import rows_of

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
TOKEN = "t" * 32
FACTS = (*KINDS, Prescription, Preferences, User, EmailAddress)  # what may not change by itself


@cache
def application():
    """Made at the first question: by then the static files are there."""
    from footcare.wsgi import application

    return application


@dataclass(frozen=True)
class Answer:
    """`changed` says whether any fact differed after it, `error` what broke on our side."""

    status: int
    headers: dict
    body: bytes
    error: BaseException | None
    changed: bool

    @property
    def text(self):
        return self.body.decode()

    @property
    def is_page(self):
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def refused(self):
        """A batch is answered event by event, with 200."""
        if self.status != 200 or not self.headers["Content-Type"].startswith(JSON):
            return self.status >= 400
        return "rejected" in json.loads(self.body).get("results", {}).values()

    def faults(self):
        """What no answer may be or lack, whatever was asked."""
        if self.status >= 500:
            yield f"{self.status} {self.error!r:.200}"
        if self.refused and self.changed:
            yield f"{self.status}, and yet the facts changed"
        policy = self.headers.get("Content-Security-Policy", "")
        if "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy or "unsafe" in policy:
            yield f"{self.status} with the policy {policy!r}"
        yield from (f"{self.status} without {name}" for name in self._missing_headers())

    def _missing_headers(self):
        said = {**HEADERS, "Cache-Control": self.headers.get("Cache-Control")}
        kept = "private, no-cache" if self.headers.get("Content-Type", "").startswith("text/calendar") else "no-store"
        if kept not in (said["Cache-Control"] or ""):
            yield f"Cache-Control: {kept}"
        if len(self.headers.get("X-Request-ID", "")) != 32:
            yield "X-Request-ID"
        yield from (name for name, value in said.items() if self.headers.get(name) != value)


class Browser:
    """Somebody's browser, with a valid token, just logged in or come by a link to set a new password."""

    def __init__(self, user=None, reset_of=None):
        client = logged_in(user) if user else Client()
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time()}]
        if user:
            session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        if reset_of:
            session[INTERNAL_RESET_SESSION_KEY] = default_token_generator.make_token(reset_of)
        session.save()
        self.cookies = {"csrftoken": TOKEN, "sessionid": client.cookies[settings.SESSION_COOKIE_NAME].value}

    def ask(self, method, path, query="", body=b"", kind="", headers=(), token=TOKEN, cookies=()):
        """`path` and `query` as they are, escaped or not; `headers` by their names in the environment: HTTP_HOST."""
        jar = {**self.cookies, **dict(cookies)}
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in jar.items()),
            "CONTENT_TYPE": kind,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            **({"HTTP_X_CSRFTOKEN": token} if token else {}),
            **dict(headers),
        }
        setup_testing_defaults(environ)
        return answer_to(environ)

    def send(self, method, path, fields=None, document=None, **options):
        """With the fields of a form, or with a document as JSON."""
        if document is not None:
            return self.ask(method, path, body=json.dumps(document).encode(), kind=JSON, **options)
        if any(isinstance(value, bytes) for value in (fields or {}).values()):
            return self.ask(method, path, body=multipart(fields), kind="multipart/form-data; boundary=xyz", **options)
        return self.ask(method, path, body=encoded(fields or {}).encode(), kind=FORM, **options)


def multipart(fields):
    """As `encoded`, with files: those are bytes."""
    parts = [
        f'--xyz\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + content + b"\r\n"
        for name, value in fields.items()
        for each in (value if isinstance(value, list) else [value])
        for file, content in [
            ('; filename="file"', each) if isinstance(each, bytes) else ("", each.encode("utf-8", "surrogatepass"))
        ]
    ]
    return b"".join([*parts, b"--xyz--\r\n"])


def encoded(fields):
    """Anything can be escaped, half a surrogate pair too; a list is a field sent more than once."""
    return urlencode(fields, doseq=True, errors="surrogatepass")


def answer_to(environ):
    """A transaction that broke on our side answers no more questions: then nothing is known of the facts."""
    begun, errors, written = [], [], set()

    def note_error(**options):
        errors.append(sys.exc_info()[1])

    def note_writing(execute, sql, *rest):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            written.update(model for model in FACTS if model._meta.db_table in sql)
        return execute(sql, *rest)

    with rolled_back():
        with hearing(got_request_exception, note_error), one_connection(), connection.execute_wrapper(note_writing):
            response = application()(environ, lambda status, headers: begun.extend([status, headers]))
            body = b"".join(response)
            response.close()
        status = int(begun[0][:3])
        after = facts_of(written) if status < 500 else {}
    changed = after != facts_of(after)
    return Answer(status, dict(begun[1]), body, next(iter(errors), None), changed)


@contextmanager
def hearing(signal, receiver):
    signal.connect(receiver)
    yield
    signal.disconnect(receiver)


@contextmanager
def one_connection():
    """A request's end would close the connection, and with it what is to be rolled back."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


def facts_of(models):
    return {model: rows_of(model) for model in models}


@contextmanager
def rolled_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
