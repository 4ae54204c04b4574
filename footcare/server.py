"""Serves a WSGI application by granian so that a slow sender does not stop the others.

A worker has a few threads for the application. Granian's own WSGI hands them each request before the body is there, so
some bodies that never come stop every worker. Here the event loop receives the body first, and the threads get requests
that are complete. https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md, PEP 3333.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from http import HTTPStatus
from io import BytesIO
from queue import SimpleQueue
from tempfile import SpooledTemporaryFile
from threading import Thread
from typing import IO, Any, Protocol

THREADS = 4  # of a worker: a tick does not wait while the file of another user is read
PATIENCE = 10.0  # seconds that every body has
SLOWEST = 16_384  # bytes a second: a body that comes faster has more time
IN_MEMORY = 256 * 1024  # bytes of a body; a larger one waits in a file
# Of a worker, because nobody knows yet who sends a body:
MOST_IN_MEMORY = 64 * 1024 * 1024  # bytes of the bodies that wait in memory
MOST_FILES = 4  # bodies that wait in a file

# The key of the environment that says why the body was not received.
UNREAD = "footcare.unread"
TOO_SLOW, TOO_MANY = "too slow", "too many"

EVERY_REQUEST = {
    "SCRIPT_NAME": "",
    "wsgi.errors": sys.stderr,
    "wsgi.multiprocess": True,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.version": (1, 0),
}
NAMES = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}

Environ = dict[str, Any]
Answer = tuple[int, list[tuple[str, str]], bytes]  # status, headers, content
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Incoming(Protocol):
    """A request of granian: its body piece by piece, and the way to answer it."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...


class Served:
    """A WSGI application with the methods that granian calls. `most_bytes` is the limit of a body, by its path."""

    def __init__(self, application: Application, most_bytes: Callable[[str], int]) -> None:
        self.application = application
        self.most_bytes = most_bytes
        self.complete: SimpleQueue[tuple[Environ, asyncio.Future[Answer]]] = SimpleQueue()
        self.files = self.in_memory = 0  # what is being received or answered

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        return self.application(environ, start_response)

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Starts the threads. Each has its own connection to the database, for good."""
        for _ in range(THREADS):
            Thread(target=self._work, daemon=True).start()

    async def __rsgi__(self, scope: Any, incoming: Incoming) -> None:
        environ = environ_of(scope)
        length = self._length(environ)
        files, in_memory = (1, 0) if length > IN_MEMORY else (0, length)
        self.files += files
        self.in_memory += in_memory
        try:
            with SpooledTemporaryFile(IN_MEMORY) if files else BytesIO() as body:
                if length and not await self._receive(incoming, length, body, environ):
                    incoming.response_bytes(HTTPStatus.BAD_REQUEST, [], b"")  # the sender has left
                    return
                environ["wsgi.input"] = body
                incoming.response_bytes(*await self._answer(environ))
        finally:
            self.files -= files
            self.in_memory -= in_memory

    def _length(self, environ: Environ) -> int:
        """Bytes to receive: none of a body that is too long or does not say its length. The application rejects it."""
        declared = environ.get("CONTENT_LENGTH", "")
        length = int(declared) if declared.isdecimal() else 0
        return length if length <= self.most_bytes(environ["PATH_INFO"]) else 0

    async def _receive(self, incoming: Incoming, length: int, body: IO[bytes], environ: Environ) -> bool:
        """Whether the body is there, or the environment says why not."""
        if self.files > MOST_FILES if length > IN_MEMORY else self.in_memory > MOST_IN_MEMORY:
            environ[UNREAD] = TOO_MANY
            return True
        try:
            size = await copy(incoming, body)
        except TimeoutError:
            environ[UNREAD] = TOO_SLOW
            return True
        body.seek(0)
        return size == length

    async def _answer(self, environ: Environ) -> Answer:
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.complete.put((environ, answered))
        status, headers, content = await answered
        return status, headers + [("Connection", "close")] * (UNREAD in environ), content

    def _work(self) -> None:
        while True:
            environ, answered = self.complete.get()
            settle: tuple[Callable[..., None], Any]
            try:
                settle = answered.set_result, answer_of(self.application, environ)
            except BaseException as error:  # else the thread would end, and this request never
                settle = answered.set_exception, RuntimeError(repr(error))
            answered.get_loop().call_soon_threadsafe(*settle)


async def copy(incoming: Incoming, body: IO[bytes]) -> int:
    """Writes the body to `body` and returns its size. Raises TimeoutError if it comes too slowly."""
    size, end = 0, asyncio.get_running_loop().time() + PATIENCE
    async with asyncio.timeout_at(end) as limit:
        async for piece in incoming:
            size += body.write(piece)
            limit.reschedule(end + size / SLOWEST)
    return size


def answer_of(application: Application, environ: Environ) -> Answer:
    begun: list[Any] = []
    pieces = application(environ, lambda status, headers, error=None: begun.extend((status, headers)))
    try:
        content = b"".join(pieces)
    finally:
        getattr(pieces, "close", lambda: None)()
    status, headers = begun
    return int(status[:3]), headers, content


def environ_of(scope: Any) -> Environ:
    """The environment of PEP 3333, without wsgi.input and without the variables of the process."""
    host, _, port = scope.server.rpartition(":")
    environ = EVERY_REQUEST | {
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.url_scheme": scope.scheme,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue  # X_Forwarded_For would be read as X-Forwarded-For
        key = NAMES.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
        separator = "; " if name == "cookie" else ","
        environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
    return environ
