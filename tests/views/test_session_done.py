"""After a session: what was done, in kind words, and when the next session is."""

import re
from uuid import uuid4

import pytest
from django.db import connection

from exercises.models import SESSION_SLOTS
from tests.support.phone import HTMX, a_tick
from tests.support.queries import queries
from tests.support.record import shown, words_of
from tests.support.settings import save_field
from tests.support.usual_plan import ALL_EXERCISES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

AFTER_BREAKFAST = 4 * 3600


def after(client, exercise="toe-presses", **fields):
    """What the answer to a set of a session says in the end, tags left out."""
    tick = a_tick(exercise=exercise, session=str(uuid4()), source="timed", **fields)
    answer = client.post("/sets/", tick, headers=HTMX).content.decode()
    region = answer.partition('id="session-done"')[2]
    return words_of(region)


def do_all_of(phone, *slots):
    for slot in slots:
        for exercise in ALL_EXERCISES:
            phone.tap(exercise=exercise, slot=slot)


def test_each_step_says_what_was_done_of_it(alice_client):
    after(alice_client, "resisted-plantar-flexion")
    shown = after(alice_client, "toe-presses", reps="9")

    assert "Toe presses 9 of 10 reps Toe walking Not this time Band press 15 with each leg" in shown
    assert "Toe walking 5 of 6 walks" in after(alice_client, "toe-walking", reps="5")
    assert "Ankle circles 3 of 4" in after(alice_client, "ankle-circles", reps="3")
    assert "Band press 29 of 30 reps" in after(alice_client, "resisted-plantar-flexion", slot="extra", reps="29")


def test_the_names_are_those_of_what_was_really_done(alice_client):
    assert "Ankle circles, seated Both ways, both legs" in after(
        alice_client, "ankle-circles", slot="midday", seated="1"
    )


def test_one_exercise_alone_says_what_was_done_of_it_too(alice_client):
    assert "Toe presses 4 of 10 reps" in after(alice_client, slot="extra", reps="4")
    assert "Toe presses 10 of 10 reps" in after(alice_client, slot="extra")


def test_one_exercise_alone_that_is_done_is_offered_again(alice_client):
    """Not to carry on with: nothing is left of it."""
    tick = a_tick(slot="extra", session=str(uuid4()))
    done = words_of(
        alice_client.post("/sets/", tick, headers=HTMX).content.decode().partition('class="session-list"')[0]
    )
    part = after(alice_client, slot="extra", reps="4")

    assert "Toe presses done." in done
    assert "Do it again" in done
    assert "Carry on" not in done
    assert "Do what is left" in part


def test_the_next_session_has_its_hour(alice_client, phone):
    save_field(alice_client, "midday_at", "12:15")
    do_all_of(phone, "morning")

    assert "Next: midday session, from 12:15 " in after(alice_client)


@pytest.mark.parametrize("hours", [0, 4, 10], ids=["morning", "midday", "evening"])
@pytest.mark.parametrize("done", [(), ("morning",), ("evening",), ("morning", "midday")], ids=str)
def test_what_is_next_is_what_today_says(alice_client, phone, friday_morning, hours, done):
    """Also for the session that was stopped: it is still to do."""
    friday_morning.shift(hours * 3600)
    do_all_of(phone, *done)
    today = shown(alice_client, "/")

    for slot in SESSION_SLOTS:
        [then] = re.findall(r"Next: (\w+) session, ", shown(alice_client, f"/session/{slot}/"))
        assert re.search(f"(Next|Still to do): {then} session", today)


def test_when_the_day_is_done_the_next_one_is_tomorrow(alice_client, phone):
    do_all_of(phone, *SESSION_SLOTS)

    assert "Next: tomorrow morning, from 06:00" in after(alice_client, slot="evening")


def test_tomorrow_begins_with_its_first_session(alice, alice_client, phone):
    alice.prescriptions.update(morning=False)
    do_all_of(phone, *SESSION_SLOTS)

    assert "Next: tomorrow midday, from 11:00" in after(alice_client, slot="evening")


def test_with_nothing_planned_there_is_no_next(alice, alice_client):
    alice.prescriptions.update(morning=False, midday=False, evening=False)

    assert "Next:" not in after(alice_client, slot="extra")


def test_a_set_of_a_session_keeps_to_the_budget_of_a_tick(alice_client):
    tick, turn = a_tick(session=str(uuid4()), source="timed", reps="9"), connection.vendor == "postgresql"

    assert len(queries(lambda: alice_client.post("/sets/", tick, headers=HTMX))) <= 7 + turn


def test_counts_of_the_server_are_hidden_while_sets_wait(alice_client):
    page = alice_client.get("/session/morning/").content.decode()

    assert re.findall(r"<(\w+)[^>]* data-acknowledged-only>", page) == ["div", "p", "div", "ul"]


UP = "Roll to your side. Sit. Wait. Then stand."


def test_who_ends_lying_down_is_told_first_how_to_get_up(alice_client):
    assert after(alice_client, "ankle-circles").partition("> ")[2].startswith(f"Get up slowly {UP}")
    assert UP not in after(alice_client, "ankle-circles", slot="midday", seated="1")
    assert UP not in after(alice_client, "toe-presses", slot="extra")


def test_a_session_over_midnight_is_one(alice_client, alice, friday_morning):
    """A set counts for the day of its instant, and for the session that it names."""
    own = {"session": str(uuid4()), "slot": "midday"}
    alice_client.post("/sets/", a_tick(**own), headers=HTMX)
    friday_morning.shift(17 * 3600)
    answer = alice_client.post("/sets/", a_tick(exercise="ankle-circles", **own), headers=HTMX).content.decode()
    again = alice_client.get("/session/midday/", {"session": own["session"]}).content.decode()

    for page in (answer, again):
        region = words_of(page.partition('id="session-done"')[2])
        assert "Sets 2 of 2" in region
        assert "Toe presses 10 of 10 reps" in region
        assert "sets done today" not in page  # they are those of the new day
        assert "Next: morning session, from 06:00" in region
        assert "The last sets count for the new day." in region
        assert 'id="steps" data-day="2026-11-20"' in page
    assert 'id="steps" data-day="2026-11-21"' in alice_client.get("/session/midday/").content.decode()


def test_the_page_names_the_exercises_done_lying_down(alice, alice_client):
    """Wherever they stand in it: the player shows how to get up when the session ends in one of them."""
    alice.prescriptions.filter(exercise__slug="ankle-circles").update(order=0)

    assert 'data-lying="ankle-circles"' in alice_client.get("/session/morning/").content.decode()


def test_a_part_of_a_session_and_an_extra_set_have_words_of_their_own(alice_client):
    assert "Morning session Nice work." in after(alice_client)
    assert "What you did counts. The rest can wait." not in after(alice_client, slot="extra")
    assert "Extra set: Toe presses Nice work." in after(alice_client, slot="extra")


def test_a_set_that_waited_is_summed_up_with_its_own_session(alice_client, friday_morning):
    before = a_tick(slot="extra", session=str(uuid4()), reps="4")
    friday_morning.shift(26 * 3600)

    answer = alice_client.post("/sets/", before, headers=HTMX).content.decode()
    assert "Toe presses 4 of 10 reps" in words_of(answer.partition('id="session-done"')[2])


@pytest.mark.parametrize("session", ["", "junk", "5f0c9a6e-0000-4000-8000-000000000000"])
def test_a_page_asked_for_an_unknown_session_is_that_of_today(alice_client, session):
    page = alice_client.get("/session/midday/", {"session": session})

    assert 'id="steps" data-day="2026-11-20"' in page.content.decode()
