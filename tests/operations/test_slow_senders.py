"""Bodies that come slowly, or never: they wait outside of the threads of a worker."""

import asyncio
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from threading import Event
from urllib.request import urlopen

import pytest

from footcare import server
from footcare.server import IN_MEMORY, UNREAD, Served
from tests.support.wire import TOKEN, Browser
from tools.rig.servers import serving

STALLED = b"POST /csp-report/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"


@pytest.fixture(scope="module")
def serve(tmp_path_factory, static_files):
    """Starts granian with the flags of bin/run, once for each application, and returns its port."""
    data = tmp_path_factory.mktemp("served")
    own = {"DATA_DIR": str(data), "STATIC_ROOT": str(static_files), "ALLOWED_HOSTS": "localhost"}
    with ExitStack() as running:
        settings = os.environ | own
        yield cache(lambda application: running.enter_context(serving(f"{application}:application", settings)).port)


def stall(port):
    sender = socket.create_connection(("localhost", port), timeout=20)
    sender.sendall(STALLED)
    return sender


def test_bodies_that_never_come_stop_nobody(serve):
    port = serve("footcare.asgi")
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
    """A request as granian hands it over. `pieces`: of the body, pauses in seconds, and events to wait for."""

    def __init__(self, *pieces, begins=0.0):
        self.pieces, self.begins = iter(pieces), begins
        self.status, self.content, self.answered = None, None, asyncio.Event()

    async def receive(self):
        for piece in self.pieces:
            if isinstance(piece, bytes):
                return {"type": "http.request", "body": piece, "more_body": True}
            await (asyncio.sleep(piece) if isinstance(piece, float) else piece.wait())
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.status, self.content = message.get("status", self.status), message.get("body")
        if self.content is not None:
            self.answered.set()


def scope(length, **others):
    usual = {"type": "http", "method": "POST", "raw_path": b"/import/", "query_string": b"a=%20b", "scheme": "http"}
    usual |= {"http_version": "1.1", "server": ("::1", "8000"), "client": ("::1", "9999")}
    return usual | {"headers": [(b"content-length", str(length).encode())]} | others


def echo(environ, start_response):
    start_response("200 OK", [])
    return [environ.get(UNREAD, "").encode() or environ["wsgi.input"].read()]


def ask(served, *requests):
    """The content of each answer; the requests come at once, or when their senders begin."""

    async def one(about, sender):
        await asyncio.sleep(sender.begins)
        await served(about, sender.receive, sender.send)

    async def all_of_them():
        lifespan = Sender(b"")
        await served({"type": "lifespan"}, lifespan.receive, lifespan.send)
        return await asyncio.gather(*(one(*each) for each in requests), return_exceptions=True)

    with ThreadPoolExecutor(1) as other_thread:  # in this one a loop of Playwright may run
        errors = [each for each in other_thread.submit(lambda: asyncio.run(all_of_them())).result() if each]
    if errors:
        raise errors[0]
    return [sender.content for _, sender in requests]


@pytest.fixture
def served():
    return Served(echo, lambda path: 10 * IN_MEMORY)


@pytest.fixture
def small(monkeypatch):
    """Serves bodies over 10 bytes from files, which may have 100 bytes. All others may have 20."""
    monkeypatch.setattr(server, "IN_MEMORY", 10)
    monkeypatch.setattr(server, "MOST_IN_MEMORY", 20)
    monkeypatch.setattr(server, "MOST_IN_FILES", 100)
    return Served(echo, lambda path: 1000)


def test_the_application_gets_the_whole_body(served):
    large = b"x" * (2 * IN_MEMORY)

    assert ask(served, (scope(4), Sender(b"ab", b"cd", b"")), (scope(len(large)), Sender(large))) == [b"abcd", large]


def test_who_sends_steadily_has_more_time(served, monkeypatch):
    monkeypatch.setattr(server, "PATIENCE", 0.05)
    quick, slow = b"x" * server.SLOWEST * 60, b"x"

    steady = (scope(len(quick) + 1), Sender(quick, 0.2, b"y"))
    dripping, silent = (scope(2), Sender(slow, 0.2, b"y")), (scope(1), Sender(0.2, b"y"))
    assert ask(served, steady, dripping, silent) == [quick + b"y", b"too slow", b"too slow"]


@pytest.mark.parametrize("slow_ones", [4, 8, 40])
def test_a_quick_upload_gets_through_however_many_are_slow(small, slow_ones):
    quick = Sender(*[b"y" * 20] * 3)
    slow = [(scope(1000), Sender(b"x" * 20, quick.answered)) for _ in range(slow_ones)]
    waiting = Sender(quick.answered, b"z" * 20)

    *others, late, content = ask(small, *slow, (scope(20), waiting), (scope(60), quick))
    assert (late, content) == (b"z" * 20, b"y" * 60)
    assert others.count(b"too many") == slow_ones - 2  # two had room left: they lost nothing
    assert small.in_files.free == 100


def test_a_tick_that_comes_a_moment_late_is_not_the_slowest(small):
    """Beside others that have sent more, earlier, and stopped."""
    tick = Sender(0.4, b"t", begins=0.2)
    idle = [(scope(10), Sender(b"x" * size, tick.answered)) for size in (9, 9, 2)]

    *_others, content = ask(small, *idle, (scope(1), tick))
    assert content == b"t"


def test_the_slowest_is_refused_although_it_began_first(small):
    """It has sent less since it began."""
    slow, quick = Sender(0.0, b"x" * 20), Sender()
    quick.pieces = iter([b"y" * 90, slow.answered, b"y" * 10])

    assert ask(small, (scope(100), slow), (scope(100), quick)) == [b"too many", b"y" * 100]


def test_a_body_that_needs_more_than_there_is_is_refused(small):
    alone = Sender(b"x" * 60, b"x" * 60, b"x" * 60)

    assert ask(small, (scope(180), alone), (scope(3), Sender(b"abc"))) == [b"too many", b"abc"]
    assert small.in_files.free == 100


def test_who_sends_nothing_takes_no_room(small):
    ticked = Sender(b"8 bytes.")
    silent = [(scope(length), Sender(ticked.answered)) for length in [8] * 10 + [1000] * 10]

    assert ask(small, *silent, (scope(8), ticked))[-1] == b"8 bytes."


def test_a_body_that_is_being_answered_is_not_displaced(small):
    refused = Event()

    def answer_after_the_refusal(environ, start_response):
        refused.set() if UNREAD in environ else refused.wait(20)
        return echo(environ, start_response)

    small.application = answer_after_the_refusal
    complete = [(scope(8), Sender(b"8 bytes.")) for _ in range(2)]
    late = (scope(8), Sender(b"8 bytes."))

    assert ask(small, *complete, late) == [b"8 bytes.", b"8 bytes.", b"too many"]
    assert small.in_memory.free == 20


def test_a_full_disk_rejects_one_body(small, monkeypatch):
    full = Path("/dev/full").open("w+b")  # noqa: SIM115 (the server closes it)
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: full)

    assert ask(small, (scope(60), Sender(b"x" * 60)), (scope(3), Sender(b"abc"))) == [b"no space", b"abc"]
    assert full.closed
    assert small.in_files.free == 100


def test_a_folder_that_has_gone_rejects_one_body(small, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))

    assert ask(small, (scope(60), Sender(b"x" * 60)), (scope(3), Sender(b"abc"))) == [b"no space", b"abc"]
    assert small.in_files.free == 100


def test_a_body_that_was_cut_off_is_never_handed_over(served):
    cut = Sender(b"abc")
    ask(served, (scope(10), cut))

    assert cut.status == 400


def test_a_body_that_is_too_long_is_not_received(served):
    large = Sender(b"x" * (10 * IN_MEMORY + 1))
    ask(served, (scope(10 * IN_MEMORY + 1), large))

    assert (large.status, large.content) == (200, b"")


def test_an_error_of_the_application_ends_one_request(served):
    served.application = lambda environ, start: echo(environ, start) if environ["PATH_INFO"] == "/import/" else 1 / 0
    broken, well = Sender(b"x"), Sender(b"x")

    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        ask(served, (scope(1, raw_path=b"/break/"), broken), (scope(1), well))
    assert well.content == b"x"


def test_the_environment_is_that_of_pep_3333():
    headers = [(b"x-a", b"1"), (b"x-a", b"2"), (b"x_a", b"3"), (b"cookie", b"a=1"), (b"cookie", b"b=2\xe9")]
    environ = server.environ_of(scope(3, raw_path=b"/%C3%A4%20b%ff", headers=headers))

    assert environ["PATH_INFO"] == "/ä b".encode().decode("latin-1") + "\xff"
    assert (environ["HTTP_X_A"], environ["HTTP_COOKIE"]) == ("1,2", "a=1; b=2\xe9")
    assert (environ["REMOTE_ADDR"], environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("::1", "[::1]", "8000")


def test_a_byte_beyond_ascii_takes_no_other_cookie_along(serve):
    """Granian's own WSGI and RSGI drop a header that has one. The CSRF token is in a cookie and in a header."""
    request = b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n"
    request += b"X-CSRFToken: %b\r\nCookie: name=caf\xe9; csrftoken=%b\r\n\r\n" % (TOKEN.encode(), TOKEN.encode())
    with socket.create_connection(("localhost", serve("footcare.asgi")), timeout=20) as sender:
        sender.sendall(request)
        answer = b"".join(iter(lambda: sender.recv(65_536), b""))

    assert answer.startswith(b"HTTP/1.1 422 ")


@pytest.mark.parametrize(("why", "status"), [("no space", 503), ("too many", 429), ("too slow", 408)])
def test_what_did_not_arrive_is_rejected_with_a_sentence(catalogue, why, status):
    answer = Browser().ask("POST", "/import/", headers=[(UNREAD, why)])

    assert answer.status == status
    assert [fault for fault in answer.faults() if not fault.startswith("503 ")] == []
    assert "Please try again" in answer.text
