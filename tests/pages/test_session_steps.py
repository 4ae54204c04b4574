"""The steps of a session name the sets that do them: a phone may know an undo before the server does."""

import re
from uuid import uuid4

import pytest

from tests.support.phone import HTMX, a_tick
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

STEP = re.compile(r'<form data-sets="([^"]*)"[^>]*\sdata-exercise="([a-z-]+)"')


def named(page):
    return {exercise: ids.split() for ids, exercise in STEP.findall(page)}


def on_the_page(client, slot="morning"):
    return named(client.get(f"/session/{slot}/").content.decode())


def test_a_step_names_each_set_that_does_it_on_its_own(alice_client, phone):
    first, second, walk = a_tick(), a_tick(), a_tick(exercise="toe-walking")
    for tick in (a_tick(reps="3"), first, second, walk, a_tick(exercise="ankle-circles", reps="1")):
        phone.tap(tick)

    assert on_the_page(alice_client) == {"toe-presses": [first["id"], second["id"]], "toe-walking": [walk["id"]]}
    phone.undo(first["id"])
    assert on_the_page(alice_client)["toe-presses"] == [second["id"]]


def test_it_names_no_set_of_another_session_or_day_or_person(alice, alice_client, phone, bobs_phone):
    plan_since(alice, "2026-11-01")
    phone.tap(slot="midday")
    phone.tap(completed_at="2026-11-19T07:00:00+00:00")
    bobs_phone.tap()

    assert on_the_page(alice_client) == {}


def test_the_answer_to_a_set_names_it_too(phone):
    tick = a_tick(session=str(uuid4()))

    assert named(phone.tap(tick).content.decode()) == {"toe-presses": [tick["id"]]}


def test_one_exercise_alone_can_be_done_again_each_time(alice_client):
    tick = a_tick(slot="extra", session=str(uuid4()))
    answer = alice_client.post("/sets/", tick, headers=HTMX).content.decode()

    assert named(answer) == {"toe-presses": []}
    assert named(alice_client.get("/session/extra/?exercise=toe-presses").content.decode()) == {}
