"""The pages to measure and their limits, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class History:
    """What is in a database: each of `users` has a record of so many days. `most` is the bar: so many times the CPU of
    the same page with the history `beside`.
    """

    days: int
    users: int = 1
    beside: str = ""
    most: float | None = None


WEEKS, YEAR = "twelve weeks", "a year"
HISTORIES = {
    "one week": History(7, beside=WEEKS),
    WEEKS: History(84),
    "ten years": History(3650, beside=WEEKS, most=1.10),
    YEAR: History(365),
    "a year, 2,000 users": History(365, users=2000, beside=YEAR, most=1.15),
}
FEW = (WEEKS, "ten years")


@dataclass(frozen=True)
class Page:
    """One kind of request. With `fields` it is a form posted under htmx, with a new id each time.

    `expected` stands in every right answer, so that a log-in page or an error is never timed.
    `most` is the bar: so many times the CPU of the yardstick's `beside`.
    """

    name: str
    path: str
    expected: str
    fields: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    beside: str = ""
    most: float | None = None
    histories: tuple[str, ...] = tuple(HISTORIES)


# A week ago is a day of every history, and never in the week that Today shows: a mark that is ticked for
# that day over and over stays open on the page, so that the thousandth answer is as long as the first.
A_WEEK_AGO = (datetime.now(UTC) - timedelta(weeks=1)).isoformat()
TICK = {"mark": "evening/toe-presses", "completed_at": A_WEEK_AGO, "timezone": "UTC"}

GZIP = {"Accept-Encoding": "gzip"}  # as browsers request; the limits are for plain responses

YARDSTICK = [
    Page("page", "/page/", "Hello walker"),
    Page("POST", "/tick/", "Done 1 of 3", fields={"exercise": "1"}),
]
PAGES = [
    Page("today", "/", 'id="marks"', beside="page", most=2.5),
    Page("today-gzip", "/", 'id="marks"', headers=GZIP, beside="page", histories=(WEEKS,)),
    Page("progress", "/progress/", "<title>Progress", beside="page", most=4),
    Page("session", "/session/midday/", 'id="cue-sheet"', beside="page", most=4, histories=(WEEKS,)),
    Page("tick", "/sets/", 'id="toast"', fields=TICK, beside="POST", most=1.5),
]
