"""The phones: 32 clients that send each letter of a deck until it is acknowledged, and note every answer."""

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

from tools.storm.deck import Letter

CLIENTS = 32
PATIENCE = 60  # seconds of tries for one letter
PAUSE = 0.05  # seconds between tries
GOOD = ("created", "duplicate")


class Answer(NamedTuple):
    """One request: start and end (monotonic), and its status. None without an answer."""

    began: float
    ended: float
    status: int | None
    good: bool


class Crew:
    """`accounts` are the cookies of each user, `ports` the servers; a client picks any of them."""

    def __init__(self, ports: Sequence[int], accounts: Sequence[dict[str, str]], letters: Iterable[Letter]) -> None:
        self.ports, self.accounts, self.letters = ports, accounts, deque(letters)
        self.sent: set[tuple[int, str]] = set()
        self.acknowledged: set[tuple[int, str]] = set()
        self.answers: list[Answer] = []
        self.delivered = 0
        self.over = threading.Event()
        self.idle = threading.Event()  # never set, used to wait

    def run(self, tries: int | None = None) -> "Crew":
        """Sends until the deck is empty or it is `over`. With `tries` it gives up a letter after so many."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            for client in [pool.submit(self._client, number, tries) for number in range(CLIENTS)]:
                client.result()
        return self

    def refused(self) -> bool:
        """Whether the server refused one of the last requests."""
        return any((each.status or 0) >= 500 for each in self.answers[-CLIENTS:])

    def _client(self, number: int, tries: int | None) -> None:
        phone = Phone(self, Random(number))
        while not self.over.is_set():
            try:
                letter = self.letters.popleft()
            except IndexError:
                return
            self.sent.add(letter.key)
            if phone.deliver(letter, tries):
                self.acknowledged.add(letter.key)
                self.delivered += 1  # only a hint, as threads may lose an increment
            elif tries is None:
                self.over.set()  # no answer for PATIENCE seconds: give up


class Phone:
    """One client, with a keep-alive connection to each server."""

    def __init__(self, crew: Crew, chance: Random) -> None:
        self.crew, self.chance = crew, chance
        self.connections: dict[int, HTTPConnection] = {}

    def deliver(self, letter: Letter, tries: int | None) -> bool:
        until, tried = monotonic() + PATIENCE, 0
        while monotonic() < until and (tries is None or tried < tries) and not (tried and self.crew.over.is_set()):
            tried += 1
            if self._try(letter):
                return True
            self.crew.idle.wait(PAUSE)
        return False

    def _try(self, letter: Letter) -> bool:
        began, port = monotonic(), self.chance.choice(self.crew.ports)
        try:
            response = self._ask(port, letter)
            body = response.read()
            status, good = response.status, response.status == 200 and names(letter, response, body)
        except (OSError, HTTPException):
            self.connections.pop(port).close()
            status, good = None, False
        self.crew.answers.append(Answer(began, monotonic(), status, good))
        return good

    def _ask(self, port: int, letter: Letter) -> HTTPResponse:
        """A set goes to `/sets/` or to `/sync/`; the event is the same."""
        connection = self.connections.setdefault(port, HTTPConnection("127.0.0.1", port, timeout=20))
        headers = headers_of(self.crew.accounts[letter.user])
        if letter.event["kind"] == "set" and self.chance.random() < 0.5:
            form = urlencode({name: value for name, value in letter.event.items() if name != "kind"})
            kind = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
            connection.request("POST", "/sets/", form, headers | kind)
        else:
            document = json.dumps({"events": [letter.event]})
            connection.request("POST", "/sync/", document, headers | {"Content-Type": "application/json"})
        return connection.getresponse()


def names(letter: Letter, response: HTTPResponse, body: bytes) -> bool:
    """Whether the answer names the event, as a phone requires."""
    if response.headers.get_content_type() == "application/json":
        return json.loads(body)["results"].get(letter.event["id"]) in GOOD
    return response.headers["X-Event"] == letter.event["id"]


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
