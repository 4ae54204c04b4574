"""Bodies that come slowly, or never: they wait outside of the threads of a worker."""

import asyncio
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from types import SimpleNamespace
from urllib.request import urlopen

import pytest

from footcare import server
from footcare.server import IN_MEMORY, MOST_FILES, UNREAD, Served
from tests.support.wire import Browser
from tools.rig.servers import serving

STALLED = b"POST /csp-report/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"


@pytest.fixture
def serve(tmp_path, static_files):
    """Starts granian with the flags of bin/run, and returns its port."""
    with ExitStack() as running:
        own = {"DATA_DIR": str(tmp_path), "STATIC_ROOT": str(static_files), "ALLOWED_HOSTS": "localhost"}
        settings = os.environ | own
        yield lambda application: running.enter_context(serving(f"{application}:application", settings)).port


def stall(port):
    sender = socket.create_connection(("localhost", port), timeout=20)
    sender.sendall(STALLED)
    return sender


def test_bodies_that_never_come_stop_nobody(serve):
    port = serve("footcare.wsgi")
    with ExitStack() as open_ones:
        for _ in range(50):
            open_ones.enter_context(stall(port))

        answers = [urlopen(f"http://localhost:{port}/healthz", timeout=5).status for _ in range(10)]

    assert answers == [200] * 10


def test_the_sender_is_told_and_the_connection_closed(serve):
    with stall(serve("tests.support.impatient")) as sender:
        answer = b"".join(iter(lambda: sender.recv(65_536), b""))

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"connection: close" in answer
    assert b"The connection is too slow, so this did not arrive. Please try again." in answer


class Sender:
    """A request as granian hands it over. `pieces`: of the body; a number is a pause in seconds."""

    def __init__(self, *pieces):
        self.pieces, self.answered = pieces, None

    async def __aiter__(self):
        for piece in self.pieces:
            if isinstance(piece, bytes):
                yield piece
            else:
                await asyncio.sleep(piece)

    def response_bytes(self, *answer):
        self.answered = answer


class Headers(list):
    def items(self):
        return self


def scope(length, **others):
    usual = {"method": "POST", "path": "/import/", "query_string": "a=%20b", "http_version": "1.1", "scheme": "http"}
    headers = Headers([("host", "localhost"), ("content-length", str(length)), ("cookie", "a=1"), ("cookie", "b=2")])
    return SimpleNamespace(**usual | {"server": "[::1]:8000", "client": "[::1]:9999", "headers": headers} | others)


def echo(environ, start_response):
    start_response("200 OK", [])
    return [environ.get(UNREAD, "").encode() or environ["wsgi.input"].read()]


def ask(served, *requests):
    """The content of each answer; the requests come at once."""

    async def all_of_them():
        served.__rsgi_init__(asyncio.get_running_loop())
        ended = (served.__rsgi__(about, sender) for about, sender in requests)
        return await asyncio.gather(*ended, return_exceptions=True)

    with ThreadPoolExecutor(1) as other_thread:  # in this one a loop of Playwright may run
        errors = [each for each in other_thread.submit(lambda: asyncio.run(all_of_them())).result() if each]
    if errors:
        raise errors[0]
    return [sender.answered[-1] for _, sender in requests]


@pytest.fixture
def served():
    return Served(echo, lambda path: 10 * IN_MEMORY)


def test_the_application_gets_the_whole_body(served):
    large = b"x" * (2 * IN_MEMORY)

    assert ask(served, (scope(4), Sender(b"ab", b"cd", b"")), (scope(len(large)), Sender(large))) == [b"abcd", large]


def test_who_sends_steadily_has_more_time(served, monkeypatch):
    monkeypatch.setattr(server, "PATIENCE", 0.05)
    quick, slow = b"x" * server.SLOWEST * 60, b"x"

    steady = (scope(len(quick) + 1), Sender(quick, 0.2, b"y"))
    dripping, silent = (scope(2), Sender(slow, 0.2, b"y")), (scope(1), Sender(0.2, b"y"))
    assert ask(served, steady, dripping, silent) == [quick + b"y", b"too slow", b"too slow"]


def test_only_some_large_bodies_are_received_at_once(served):
    large = b"x" * (IN_MEMORY + 1)
    many = [(scope(len(large)), Sender(0.1, large)) for _ in range(MOST_FILES + 2)]

    contents = ask(served, *many, (scope(1), Sender(b"y")))
    assert contents.count(b"too many") == 2
    assert contents[-1] == b"y"
    assert ask(served, (scope(len(large)), Sender(large))) == [large]


def test_bodies_in_memory_have_a_limit_too(served, monkeypatch):
    monkeypatch.setattr(server, "MOST_IN_MEMORY", 20)
    waiting = [(scope(8), Sender(0.1, b"8 bytes.")) for _ in range(3)]

    assert sorted(ask(served, *waiting)) == [b"8 bytes.", b"8 bytes.", b"too many"]
    assert ask(served, (scope(8), Sender(b"8 bytes."))) == [b"8 bytes."]


def test_a_body_that_was_cut_off_is_never_handed_over(served):
    cut = Sender(b"abc")
    ask(served, (scope(10), cut))

    assert cut.answered[0] == 400


def test_a_body_that_is_too_long_is_not_received(served):
    large = Sender(b"x" * (10 * IN_MEMORY + 1))
    ask(served, (scope(10 * IN_MEMORY + 1), large))

    assert (large.answered[0], large.answered[-1]) == (200, b"")


def test_an_error_of_the_application_ends_one_request(served):
    served.application = lambda environ, start: echo(environ, start) if environ["PATH_INFO"] == "/import/" else 1 / 0
    broken, well = Sender(b"x"), Sender(b"x")

    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        ask(served, (scope(1, path="/break/"), broken), (scope(1), well))
    assert well.answered[-1] == b"x"


def test_the_environment_is_that_of_pep_3333():
    headers = Headers([("x-a", "1"), ("x-a", "2"), ("x_a", "3"), ("cookie", "a=1"), ("cookie", "b=2")])
    environ = server.environ_of(scope(3, path="/ä b", headers=headers))

    assert environ["PATH_INFO"] == "/ä b".encode().decode("latin-1")
    assert (environ["HTTP_X_A"], environ["HTTP_COOKIE"]) == ("1,2", "a=1; b=2")
    assert (environ["REMOTE_ADDR"], environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("::1", "[::1]", "8000")


@pytest.mark.parametrize(("why", "status"), [("too slow", 408), ("too many", 429)])
def test_what_did_not_arrive_is_rejected_with_a_sentence(catalogue, why, status):
    answer = Browser().ask("POST", "/import/", headers=[(UNREAD, why)])

    assert answer.status == status
    assert not list(answer.faults())
    assert "Please try again" in answer.text
