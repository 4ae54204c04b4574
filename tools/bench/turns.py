"""A turn: the requests for one page, each by another person in another state of the day. No Django, no clock."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tools.bench.pages import Page

STATES = ("done", "part", "extra", "rest", "changed", "paged")
FORM = {"HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}

Ask = tuple[str, Mapping[str, str] | None]  # a path, and the fields of a form


def state_of(person: int, number: int) -> str:
    """The state of a day in round `number`: another one than the next person's, and than in the next round."""
    return STATES[(person + number) % len(STATES)]


@dataclass(frozen=True)
class Person:
    """One who asks: the cookies of a log-in, and what to ask for by `Page.asks`."""

    cookies: Mapping[str, str]
    asks: Mapping[str, Ask] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        """The cookie header."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


def turn(page: Page, people: Sequence[Person], now: datetime) -> Iterator[dict[str, Any]]:
    """The requests of one turn for tools.bench.load: the people one after the other, again and again."""
    asking = people[:1] if page.again else people
    for number in range(page.times):
        lap, place = divmod(number, len(asking))
        person = asking[place]
        path, fields = person.asks[page.asks]
        request = {"path": path, "headers": {"Cookie": person.cookie, **page.headers}, "expected": page.expected}
        yield request if fields is None else request | _form(request, person, {**fields, **_tapped(lap, now)})


def _tapped(lap: int, now: datetime) -> dict[str, str]:
    """A new id and time, as a phone adds them at a tap.

    Few people tick often: from the second lap on, each for another day that is not in the week of Today. So ticks do
    not pile up on the page.
    """
    at = now - timedelta(days=lap and 6 + lap)
    return {"id": str(uuid4()), "completed_at": at.isoformat(), "sent_at": now.isoformat()}


def _form(request: dict[str, Any], person: Person, fields: Mapping[str, str]) -> dict[str, Any]:
    headers = {**request["headers"], **FORM, "X-CSRFToken": person.cookies["csrftoken"]}
    return {"form": urlencode(fields), "headers": headers, "expected": request["expected"] or fields["id"]}
