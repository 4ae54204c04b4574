"""The phones of a storm: 32 clients send each event until it is acknowledged, and note every answer."""

import json
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException, HTTPResponse
from random import Random
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import urlencode

from tools.storm.events import UserEvent

CLIENTS = 32
PATIENCE = 60  # seconds of tries for one event
PAUSE = 0.05  # seconds between tries
GOOD = ("created", "duplicate")


class Answer(NamedTuple):
    """One request: start and end (monotonic), and its status. None without an answer."""

    began: float
    ended: float
    status: int | None
    good: bool


class Clients:
    """`accounts` are the cookies of each user, `ports` the servers; a client picks any of them."""

    def __init__(
        self,
        ports: Sequence[int],
        accounts: Sequence[dict[str, str]],
        events: Iterable[UserEvent],
        count: int = CLIENTS,
        rest: float = 0,
    ) -> None:
        """`rest`: the seconds between two events of a client."""
        self.ports, self.accounts, self.events = ports, accounts, deque(events)
        self.count, self.rest = count, rest
        self.sent: set[tuple[int, str]] = set()
        self.acknowledged: set[tuple[int, str]] = set()
        self.answers: list[Answer] = []
        self.delivered = 0
        self.over = threading.Event()
        self.idle = threading.Event()  # never set, used to wait

    def run(self, tries: int | None = None) -> "Clients":
        """Sends until no event is left or it is `over`. With `tries` it gives up an event after so many."""
        with ThreadPoolExecutor(self.count) as pool:
            for client in [pool.submit(self._client, number, tries) for number in range(self.count)]:
                client.result()
        return self

    def refused(self) -> bool:
        """Whether the server refused one of the last requests."""
        return any((each.status or 0) >= 500 for each in self.answers[-CLIENTS:])

    def _client(self, number: int, tries: int | None) -> None:
        phone = Phone(self, Random(number))
        while not self.over.is_set():
            try:
                event = self.events.popleft()
            except IndexError:
                return
            self.sent.add(event.key)
            if phone.deliver(event, tries):
                self.acknowledged.add(event.key)
                self.delivered += 1  # only a hint, as threads may lose an increment
            elif tries is None:
                self.over.set()  # no answer for PATIENCE seconds: give up
            self.idle.wait(self.rest)


class Phone:
    """One client, with a keep-alive connection to each server."""

    def __init__(self, clients: Clients, chance: Random) -> None:
        self.clients, self.chance = clients, chance
        self.connections: dict[int, HTTPConnection] = {}

    def deliver(self, event: UserEvent, tries: int | None) -> bool:
        until, tried = monotonic() + PATIENCE, 0
        while monotonic() < until and (tries is None or tried < tries) and not (tried and self.clients.over.is_set()):
            tried += 1
            if self._try(event):
                return True
            self.clients.idle.wait(PAUSE)
        return False

    def _try(self, event: UserEvent) -> bool:
        began, port = monotonic(), self.chance.choice(self.clients.ports)
        try:
            response = self._ask(port, event)
            body = response.read()
            status, good = response.status, response.status < 300 and names(event, response, body)
        except (OSError, HTTPException):
            self.connections.pop(port).close()
            status, good = None, False
        self.clients.answers.append(Answer(began, monotonic(), status, good))
        return good

    def _ask(self, port: int, event: UserEvent) -> HTTPResponse:
        """A set goes to `/sets/` or to `/sync/`; the event is the same."""
        connection = self.connections.setdefault(port, HTTPConnection("127.0.0.1", port, timeout=20))
        headers = headers_of(self.clients.accounts[event.user])
        if event.fields["kind"] == "set" and self.chance.random() < 0.5:
            form = urlencode({name: value for name, value in event.fields.items() if name != "kind"})
            kind = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
            connection.request("POST", "/sets/", form, headers | kind)
        else:
            document = json.dumps({"events": [event.fields]})
            connection.request("POST", "/sync/", document, headers | {"Content-Type": "application/json"})
        return connection.getresponse()


def names(event: UserEvent, response: HTTPResponse, body: bytes) -> bool:
    """Whether the answer names the event, as a phone requires."""
    if response.headers.get_content_type() == "application/json":
        return json.loads(body)["results"].get(event.fields["id"]) in GOOD
    return response.headers["X-Event"] == event.fields["id"]


def headers_of(account: dict[str, str]) -> dict[str, str]:
    cookies = "; ".join(f"{name}={value}" for name, value in account.items())
    return {"Cookie": cookies, "X-CSRFToken": account["csrftoken"]}


def exported(port: int, account: dict[str, str]) -> dict[str, Any]:
    """The export of one user."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/export.json", headers=headers_of(account))
    answer: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return answer
