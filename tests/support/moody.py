"""The server of the tests, misbehaving on command: what it does to which request, and what time it has, is in a file.

The file (its path in MOODS) is JSON: {"POST /sync/": "is down", "*": "is a portal", "now": "2026-11-20T08:00+01:00"}.
"""

import json
import os
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path

import time_machine

from exercises.web.body_limit import most_bytes
from footcare.server import Served
from footcare.wsgi import application as footcare

PORTAL = b'<!doctype html><title>Free wifi</title><h1 id="today">Welcome to the cafe</h1>'


def misbehave(environ, start_response):
    moods = json.loads(Path(os.environ["MOODS"]).read_text())
    mood = moods.get(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}") or moods.get("*")
    with time_machine.travel(moods["now"]) if "now" in moods else nullcontext():
        return MOODS[mood](environ, start_response)


def lose_the_answer(environ, start_response):
    """The server records the event, and the proxy loses its answer."""
    answer = footcare(environ, lambda *_: None)
    b"".join(answer)
    answer.close()
    return answer_with("502 Bad Gateway", start_response)


def be_down(environ, start_response):
    return answer_with("503 Service Unavailable", start_response)


def ask_to_wait(environ, start_response):
    return answer_with("503 Service Unavailable", start_response, ("Retry-After", "120"))


def have_logged_out(environ, start_response):
    return answer_with("401 Unauthorized", start_response, body=b'{"error": "Please log in."}')


def be_a_portal(environ, start_response):
    return answer_with("200 OK", start_response, body=PORTAL)


def break_over_toe_walking(environ, start_response):
    """A fault of ours that one event brings out."""
    body = environ["wsgi.input"].read()
    if b"toe-walking" in body:
        return answer_with("500 Internal Server Error", start_response)
    return footcare(environ | {"wsgi.input": BytesIO(body)}, start_response)


def have_a_newer_worker(environ, start_response):
    """As after an upgrade: another file at the same address."""
    told, plain = [], environ | {"HTTP_ACCEPT_ENCODING": "identity"}
    body = b"".join(footcare(plain, lambda _status, headers, *_: told.extend(headers))) + b"// newer"
    kept = [(name, value) for name, value in told if name.lower() != "content-length"]
    start_response("200 OK", [*kept, ("Content-Length", str(len(body)))])
    return [body]


def answer_with(status, start_response, *headers, body=b""):
    start_response(status, [("Content-Type", "text/html"), ("Content-Length", str(len(body))), *headers])
    return [body]


MOODS = {
    None: footcare,
    "is well": footcare,
    "loses its answer": lose_the_answer,
    "is down": be_down,
    "asks to wait": ask_to_wait,
    "has logged out": have_logged_out,
    "is a portal": be_a_portal,
    "breaks over toe-walking": break_over_toe_walking,
    "is newer": have_a_newer_worker,
}

application = Served(misbehave, most_bytes)
