"""Serves a WSGI application by ASGI so that a slow sender does not stop the others.

A worker has a few threads for the application. Granian's own WSGI hands them each request before the body is there, so
some bodies that never come stop every worker. Here the event loop receives the body first, and the threads get requests
that are complete. https://asgi.readthedocs.io/en/latest/specs/www.html, PEP 3333.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from io import BytesIO
from queue import SimpleQueue
from tempfile import SpooledTemporaryFile
from threading import Thread
from typing import IO, Any
from urllib.parse import unquote_to_bytes

THREADS = 4  # of a worker: a tick does not wait while the file of another user is read
PATIENCE = 10.0  # seconds that every body has
SLOWEST = 16_384  # bytes a second: a body that comes faster has more time
IN_MEMORY = 256 * 1024  # bytes of a body; a larger one waits in a file
# Bytes of all bodies of a worker that have arrived and are not answered. Nobody knows yet who sends them.
MOST_IN_MEMORY = 64 * 1024 * 1024
MOST_IN_FILES = 128 * 1024 * 1024

# The key of the environment that says why the body was not received.
UNREAD = "footcare.unread"
TOO_SLOW, TOO_MANY, NO_SPACE = "too slow", "too many", "no space"

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
Message = dict[str, Any]  # of ASGI
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Arrival:
    """A body of `length` bytes, until it is answered. `size` of them have arrived."""

    def __init__(self, length: int, room: "Room") -> None:
        self.length, self.room, self.size = length, room, 0
        # The file is made when the first bytes come.
        self.content: IO[bytes] = SpooledTemporaryFile(1) if length > IN_MEMORY else BytesIO()  # noqa: SIM115
        self.begun = asyncio.get_running_loop().time()
        self.limit = asyncio.timeout_at(self.begun + PATIENCE)

    async def receive(self, receive: Receive) -> str:
        """Returns why the body was not received; empty if it was, or if its sender has left."""
        self.room.arriving.add(self)
        try:
            async with self.limit:
                more = True
                while more and self.size < self.length:
                    message = await receive()
                    self.write(message.get("body", b""))
                    more = message.get("more_body", False)
            self.content.seek(0)
        except TimeoutError:
            why = TOO_SLOW if self in self.room.arriving else TOO_MANY
        except OSError:  # no space is left, or the folder for temporary files has gone
            why = NO_SPACE
        else:
            self.room.arriving.remove(self)
            return ""
        self.discard()
        return why

    def write(self, piece: bytes) -> None:
        """Raises TimeoutError if the body has lost its room."""
        if not self.room.take(self, len(piece)):
            raise TimeoutError
        self.content.write(piece)
        self.limit.reschedule(self.begun + PATIENCE + self.size / SLOWEST)

    def slowness(self) -> float:
        """Seconds a byte since it began. A few bytes count as many: a tick that comes late is not slow."""
        return (asyncio.get_running_loop().time() - self.begun) / max(self.size, IN_MEMORY)

    def discard(self) -> None:
        self.room.arriving.discard(self)
        self.room.free += self.size
        self.size = 0
        with suppress(OSError):  # a full disk does not take the last bytes
            self.content.close()


class Room:
    """Bytes for bodies. When all are taken, the slowest of the bodies that still arrive loses its own."""

    def __init__(self, size: int) -> None:
        self.free = size
        self.arriving: set[Arrival] = set()

    def take(self, arrival: Arrival, size: int) -> bool:
        """Takes `size` more bytes for a body. False if it has lost its room, or loses it now as the slowest."""
        if arrival in self.arriving:
            arrival.size += size
            self.free -= size
        while self.free < 0:
            max((each for each in self.arriving if each.size), key=Arrival.slowness).discard()
        return arrival in self.arriving


class Served:
    """A WSGI application as granian calls it, by ASGI. `most_bytes` is the limit of a body, by its path."""

    def __init__(self, application: Application, most_bytes: Callable[[str], int]) -> None:
        self.application = application
        self.most_bytes = most_bytes
        self.complete: SimpleQueue[tuple[Environ, asyncio.Future[Answer]]] = SimpleQueue()
        self.in_memory, self.in_files = Room(MOST_IN_MEMORY), Room(MOST_IN_FILES)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        status, headers, content = await self._answer(environ_of(scope), receive)
        encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        await send({"type": "http.response.start", "status": status, "headers": encoded})
        await send({"type": "http.response.body", "body": content})

    async def _live(self, receive: Receive, send: Send) -> None:
        """Starts the threads. Each has its own connection to the database, for good."""
        await receive()
        for _ in range(THREADS):
            Thread(target=self._work, daemon=True).start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, environ: Environ, receive: Receive) -> Answer:
        length = self._length(environ)
        if not length:
            return await self._answer_of_a_thread(environ)
        arrival = Arrival(length, self.in_files if length > IN_MEMORY else self.in_memory)
        try:
            if why := await arrival.receive(receive):
                environ[UNREAD] = why
            elif arrival.size < length:
                return HTTPStatus.BAD_REQUEST, [], b""  # the sender has left
            else:
                environ["wsgi.input"] = arrival.content
            return await self._answer_of_a_thread(environ)
        finally:
            arrival.discard()

    def _length(self, environ: Environ) -> int:
        """Bytes to receive: none of a body that is too long or does not say its length. The application rejects it."""
        declared = environ.get("CONTENT_LENGTH", "")
        length = int(declared) if declared.isdecimal() else 0
        return length if length <= self.most_bytes(environ["PATH_INFO"]) else 0

    async def _answer_of_a_thread(self, environ: Environ) -> Answer:
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


def answer_of(application: Application, environ: Environ) -> Answer:
    begun: list[Any] = []
    pieces = application(environ, lambda status, headers, error=None: begun.extend((status, headers)))
    try:
        content = b"".join(pieces)
    finally:
        getattr(pieces, "close", lambda: None)()
    status, headers = begun
    return int(status[:3]), headers, content


def environ_of(scope: dict[str, Any]) -> Environ:
    """The environment of PEP 3333, with an empty body and without the variables of the process. Its text is latin-1."""
    (client, _), (host, port) = scope["client"], scope["server"]
    environ = EVERY_REQUEST | {
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "REMOTE_ADDR": client,
        "SERVER_NAME": f"[{host}]" if ":" in host else host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": scope["scheme"],
    }
    for header in scope["headers"]:
        name, value = (each.decode("latin-1") for each in header)
        if "_" in name:
            continue  # X_Forwarded_For would be read as X-Forwarded-For
        key = NAMES.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
        separator = "; " if name == "cookie" else ","
        environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
    return environ
