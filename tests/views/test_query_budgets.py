"""Each page keeps to its number of queries, and history does not raise it."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from exercises.models import CalendarFeed
from exercises.record import demo
from tests.support.phone import HTMX, a_tick
from tests.support.queries import queries, queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

PAGES = {
    "/": 6,
    "/session/morning/": 6,
    "/session/extra/?exercise=toe-presses": 6,
    "/exercises/toe-presses/": 6,
    "/progress/": 7,
    "/progress/year/": 7,
    "/progress/2026-11-20/": 7,
}


@pytest.mark.parametrize(("path", "budget"), PAGES.items(), ids=PAGES)
def test_a_page_keeps_to_its_budget(alice_client, path, budget):
    assert queries_of(alice_client, path) <= budget


def test_the_trial_keeps_to_its_budget(stranger):
    assert queries_of(stranger, "/try/") <= 2


def test_a_tick_and_its_undo_keep_to_their_budget(alice_client):
    """PostgreSQL asks for the turn of the user in a query of its own, where SQLite has one writer at a time."""
    tick, turn = a_tick(), connection.vendor == "postgresql"
    undo, undo_path = {"id": str(uuid4())}, f"/sets/{tick['id']}/undo/"
    acts = [("/sets/", tick), ("/sets/", tick), (undo_path, undo), (undo_path, undo)]

    asked = [len(queries(lambda act=act: alice_client.post(*act, headers=HTMX))) for act in acts]
    assert max(asked) <= 5 + turn


SENT = {"/": 5, "/progress/": 8, "/progress/?week=2026-W40": 8, "/progress/year/": 8, "/progress/2026-11-19/": 8}
REMINDERS = "/settings/reminders/"


def test_ten_years_take_the_queries_and_bytes_of_one_week(alice, alice_client):
    calendar = reverse("calendar", args=[CalendarFeed.objects.give(alice, timezone.now())])
    for path in (calendar, REMINDERS):  # the first look stores something
        alice_client.get(path)

    def look_about():
        tick = len(queries(lambda: alice_client.post("/sets/", a_tick(), headers=HTMX)))
        pages = [queries_of(alice_client, path) for path in (*SENT, calendar)]
        lengths = [len(alice_client.get(path).content) for path in ("/", calendar)]
        return (tick, *pages), queries_of(alice_client, REMINDERS), lengths

    demo.write(alice, date(2026, 11, 20), days=7)
    week, reminders, bytes_of_week = look_about()
    demo.write(alice, date(2026, 11, 20), days=3650)
    ten_years, reminders_of_ten_years, bytes_of_ten_years = look_about()
    sent = {path: alice_client.get(path, headers={"Accept-Encoding": "gzip"}) for path in SENT}

    assert week == ten_years
    assert max(week) <= 7
    assert reminders == reminders_of_ten_years
    assert all(abs(few - many) < 400 for few, many in zip(bytes_of_week, bytes_of_ten_years, strict=True))
    assert {answer["Content-Encoding"] for answer in sent.values()} == {"gzip"}
    sizes = {path: sent_size(answer) for path, answer in sent.items()}
    assert {path: size for path, size in sizes.items() if size > SENT[path] * 1024} == {}


def sent_size(answer):
    """Bytes. Django adds a name of 0 to 100 random letters, so that a length tells nothing: counted as 50."""
    name = answer.content[10:].partition(b"\0")[0]
    return len(answer.content) - len(name) + 50
