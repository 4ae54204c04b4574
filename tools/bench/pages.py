"""The pages to measure and their limits, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class History:
    """What is in a database: so many days of each of `people`, who ask in turn, and copies of the first up to `users`.

    `most` is the bar: so many times the CPU of the same page with the history `beside`.
    """

    days: int
    people: int = 5
    users: int = 0
    beside: str = ""
    most: float | None = None


PEOPLE, WEEKS, YEAR = "200 people", "twelve weeks", "a year"
HISTORIES = {
    PEOPLE: History(84, people=200),
    WEEKS: History(84),
    "ten years": History(3650, beside=WEEKS, most=1.10),
    YEAR: History(365),
    "a year, 2,000 users": History(365, users=2000, beside=YEAR, most=1.15),
}
SMALL = (PEOPLE, WEEKS, "ten years")
TURN = 200  # requests: each of the people once


@dataclass(frozen=True)
class Page:
    """One kind of request, as each person makes it: `asks` is its name in `Person.asks`.

    `expected` stands in every right answer, so that a log-in page or an error is never timed; a fact is answered with
    its own id instead. `most` is the bar: so many times the CPU of the yardstick's `beside`.
    """

    name: str
    asks: str
    expected: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    beside: str = ""
    most: float | None = None
    histories: tuple[str, ...] = (PEOPLE,)
    again: bool = False  # the first person alone
    times: int = TURN


GZIP = {"Accept-Encoding": "gzip"}  # as browsers request; the limits are for plain responses
MARKS = 'id="marks"'
GROWS = tuple(HISTORIES)

YARDSTICK = [
    Page("page", "page", "Hello walker", times=3 * TURN),
    Page("POST", "POST", "Done 1 of 3", times=3 * TURN),
]
PAGES = [
    Page("today", "today", MARKS, beside="page", most=3, histories=GROWS),
    Page("same page again", "today", MARKS, beside="page", again=True),
    Page("today-gzip", "today", MARKS, headers=GZIP, beside="page"),
    Page("progress", "progress", "<title>Progress", beside="page", most=5, histories=GROWS),
    Page("session", "session", 'id="cue-sheet"', beside="page", most=4),
    Page("tick", "tick", beside="POST", most=1.5, histories=GROWS),
    Page("undo", "undo", beside="POST", most=1.7),
]
