"""What one person does must not stop the others: 16 clients tick while somebody is busy, or means harm."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import uuid4

from tools.rig.servers import Broken
from tools.storm.clients import Clients, exported, headers_of

EXERCISES = ("toe-presses", "toe-walking", "resisted-plantar-flexion", "ankle-circles")
TICKING, EVERY = 16, 0.15  # clients, and seconds between two ticks of one
STALLED = 200
MOST_ROWS = 400  # of a plan
PASSWORD = "a long password for a storm"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Neighbour:
    """Somebody with an account of their own, who signs up as everybody does."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_up(self, address: str) -> None:
        self.ask("GET", "/accounts/signup/")
        self.send("/accounts/signup/", email=address, password1=PASSWORD)
        if "sessionid" not in self.cookies:
            raise Broken("a sign-up was not answered with a log-in")

    def send(self, path: str, **fields: str) -> int:
        return self.ask("POST", path, urlencode(fields).encode(), FORM)

    def bring(self, document: bytes) -> int:
        """Uploads a file and confirms its preview; the status of the first that is no success."""
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n\r\n'
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        looked_at = self.ask("POST", "/import/", head + document + b"\r\n--x--\r\n", kind)
        return looked_at if looked_at >= 400 else self.send("/import/preview/")

    def ask(self, method: str, path: str, body: bytes = b"", kind: dict[str, str] | None = None) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = headers_of({"csrftoken": ""} | self.cookies) | (kind or {})
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        connection.close()
        return answer.status


Act = Callable[[Neighbour], None]


def acts_before_database() -> dict[str, Act]:
    """What is refused before any database, so that one of them shows it."""
    return {
        "200 stalled bodies": _stall,
        "files that go on and on": lambda one: [_expect(one.bring(file), 422) for file in _endless_files()],
    }


def acts(days: int) -> dict[str, Act]:
    """In this order, all of one person: what the first brings in, the others save, show and erase."""
    return {
        "a plan of 400 changes": _keep_the_longest_plan,
        "pages of that plan": lambda one: [_expect(one.ask("GET", path), 200) for path in ("/", "/settings/plan/") * 5],
        f"{days} days brought in": lambda one: _expect(one.bring(_history(days)), 303),
        "five exports": _export,
        "an account erased": _erase,
    }


@contextmanager
def ticking(clients: Clients) -> Iterator[None]:
    thread = threading.Thread(target=clients.run)
    thread.start()
    try:
        clients.idle.wait(1)
        yield
        clients.idle.wait(1)
    finally:
        clients.over.set()
        thread.join()


def _expect(status: int, wanted: int) -> None:
    if status != wanted:
        raise Broken(f"the neighbour was answered {status}, not {wanted}")


def _stall(one: Neighbour) -> None:
    """Until the server has told each of them that it is too slow."""
    with ExitStack() as senders:
        stalled = [senders.enter_context(socket.create_connection(("127.0.0.1", one.port), 60)) for _ in range(STALLED)]
        for sender in stalled:
            sender.sendall(b"POST /csp-report/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{")
        for sender in stalled:
            _expect(int(sender.recv(65_536).split(b" ", 2)[1]), 408)


def _export(one: Neighbour) -> None:
    together = [threading.Thread(target=one.ask, args=("GET", "/export.json")) for _ in range(5)]
    for each in together:
        each.start()
    for each in together:
        each.join()


def _keep_the_longest_plan(one: Neighbour) -> None:
    _expect(one.bring(_long_plan()), 303)
    kept = len(exported(one.port, one.cookies)["prescriptions"])
    if kept <= MOST_ROWS / 2:
        raise Broken(f"only {kept} changes of the plan were kept")


def _erase(one: Neighbour) -> None:
    one.send("/accounts/reauthenticate/", password=PASSWORD)
    _expect(one.send("/settings/erase/", sure="yes"), 200)


def _long_plan() -> bytes:
    """One exercise, another dose each day."""
    first = datetime.now(UTC).date() - timedelta(days=MOST_ROWS)
    usual = {"slots": ["morning"], "effort_seconds": 4, "pause_seconds": 2, "order": 1, "variant": ""}
    rows = [
        usual | {"exercise": EXERCISES[0], "since": f"{first + timedelta(days=number)}", "reps": 5 + number % 9}
        for number in range(MOST_ROWS - len(EXERCISES))
    ]
    return json.dumps({"version": 1, "prescriptions": rows}).encode()


def _endless_files() -> list[bytes]:
    return [b'{"version":1,"sets":[' + b"1," * 5_000_000 + b"1]}", b"[" * 1_000_000, b'{"a":"' + b"x" * 20_000_000]


def _history(days: int) -> bytes:
    """Eight sets and a session for each day."""
    first, sets, sessions = datetime.now(UTC).date() - timedelta(days=days + 1), [], []
    dose = {"reps": 10, "effort_seconds": 4, "pause_seconds": 2, "variant": ""}
    for number in range(days):
        day = f"{first + timedelta(days=number)}"
        fact = {"day": day, "timezone": "UTC"}
        for place in range(8):
            done = {"exercise": EXERCISES[place % 4], "slot": ("morning", "evening")[place // 4], "source": "ticked"}
            at = {"completed_at": f"{day}T07:0{place}:00Z", "reps": 10, "session": None, "dose": dose}
            sets.append({"id": str(uuid4()), **fact, **done, **at})
        times = {"slot": "morning", "started_at": f"{day}T07:00:00Z", "finished_at": f"{day}T07:10:00Z"}
        sessions.append({"id": str(uuid4()), **fact, **times})
    return json.dumps({"version": 1, "sets": sets, "sessions": sessions}).encode()
