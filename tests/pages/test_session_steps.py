"""The steps of a session name the sets that do them: a phone may know an undo before the server does."""

import re
from uuid import uuid4

import pytest

from tests.support.phone import HTMX, a_tick
from tests.support.record import shown, words_of
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning"), pytest.mark.one_database]

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


def test_a_session_says_how_much_of_it_is_left(alice_client, phone):
    """In the minutes of the Start on Today."""
    lengths = []
    for exercise in ("toe-presses", "toe-walking", "resisted-plantar-flexion", "ankle-circles"):
        lengths.append((length(alice_client), re.findall(r"Start · (\d+) min", shown(alice_client, "/"))[0]))
        phone.tap(exercise=exercise)

    assert lengths == [
        ("4 exercises, about 9 min.", "9"),
        ("3 exercises left, about 8 min.", "8"),
        ("2 exercises left, about 5 min.", "5"),
        ("1 exercise left, about 1 min.", "1"),
    ]
    assert length(alice_client) == "4 exercises, about 9 min."


def test_the_answer_to_a_set_says_it_too(alice_client):
    answer = alice_client.post("/sets/", a_tick(session=str(uuid4())), headers=HTMX)

    assert 'id="session-length" hx-swap-oob="true"' in answer.content.decode()
    assert length(answer) == "3 exercises left, about 8 min."


def test_an_empty_session_has_no_length(alice, alice_client):
    alice.prescriptions.update(midday=False)

    assert length(alice_client, "midday") == ""


def length(answer, slot="morning"):
    """What a page of a session says of its length, or the answer to a set."""
    page = answer if hasattr(answer, "content") else answer.get(f"/session/{slot}/")
    return words_of(page.content.decode().partition('id="session-length"')[2].partition(">")[2].partition("</p>")[0])


def test_it_asks_for_each_thing_once(alice, alice_client):
    for exercise, way in {"resisted-plantar-flexion": "towel", "ankle-circles": "seated"}.items():
        alice.prescriptions.filter(exercise__slug=exercise).update(variant=way)

    assert "What you need A firm floor A wall or a counter A chair and a towel Sound" in shown(
        alice_client, "/session/morning/"
    )
