"""Each page keeps to its number of queries, and history does not raise it."""

from datetime import date

import pytest

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


def test_a_tick_keeps_to_its_budget(alice_client):
    tick = a_tick()

    assert len(queries(lambda: alice_client.post("/sets/", tick, headers=HTMX))) <= 7
    assert len(queries(lambda: alice_client.post("/sets/", tick, headers=HTMX))) <= 7


SENT = {"/": 5, "/progress/": 8, "/progress/?week=2026-W40": 8, "/progress/year/": 8, "/progress/2026-11-19/": 8}


def test_ten_years_take_the_queries_and_bytes_of_one_week(alice, alice_client):
    def look_about():
        tick = len(queries(lambda: alice_client.post("/sets/", a_tick(), headers=HTMX)))
        pages = [queries_of(alice_client, path) for path in SENT]
        return (tick, *pages), len(alice_client.get("/").content)

    demo.write(alice, date(2026, 11, 20), days=7)
    week, bytes_of_week = look_about()
    demo.write(alice, date(2026, 11, 20), days=3650)
    ten_years, bytes_of_ten_years = look_about()
    sent = {path: alice_client.get(path, headers={"Accept-Encoding": "gzip"}) for path in SENT}

    assert week == ten_years
    assert max(week) <= 7
    assert abs(bytes_of_week - bytes_of_ten_years) < 400
    assert {answer["Content-Encoding"] for answer in sent.values()} == {"gzip"}
    assert {path: len(answer.content) for path, answer in sent.items() if len(answer.content) > SENT[path] * 1024} == {}
