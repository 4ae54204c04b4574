"""The first questions twice, in two tabs, after midnight, and later: nothing is lost or overwritten in silence."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from exercises.models import Preferences
from exercises.record.plan_changes import change_plan
from tests.support.first_questions import (
    MIDDAY,
    SKIP,
    STANDARD,
    STARTER,
    TODAY,
    USUAL,
    answer_all,
    carla,
    checked,
    reps,
    say,
    seen_by,
    signed_up,
    ways,
)
from tests.support.record import words_of

TOMORROW = TODAY + timedelta(days=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MIDDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client():
    """Of somebody who has just signed up."""
    return signed_up()


# Twice, elsewhere, later


def test_a_second_tap_of_the_last_button_changes_nothing(client):
    answer_all(client, {"places": "low-back"}, {"so": "numb"}, {"lie": "no"})
    seen = seen_by(client)
    taps = [client.post("/first/4/", {"plan": "starter", "seen": seen}) for _ in range(2)]

    assert [(tap.status_code, tap["Location"]) for tap in taps] == [(303, "/")] * 2
    assert ways() == STANDARD | {"ankle-circles": "seated", "toe-walking": "heel-raises"}
    assert (reps(), carla().preferences.pain_sites) == (STARTER, "low-back")


def test_a_second_tap_of_next_changes_nothing(client):
    assert [say(client, 1, places="low-back")["Location"] for _ in range(2)] == ["/first/2/", "/first/2/"]
    assert checked(client, 1) == ["low-back"]


def test_in_two_tabs_the_later_answer_counts(client):
    say(client, 3, lie="no")
    say(client, 3, lie="yes")
    say(client, 4, plan="usual")

    assert ways() == STANDARD


def test_a_card_in_another_tab_after_the_last_one_begins_again(client):
    answer_all(client, SKIP, SKIP, {"lie": "no"}, {"plan": "starter"})

    assert client.get("/first/3/")["Location"] == "/first/1/"
    assert client.post("/first/3/", {"band": "no"})["Location"] == "/first/1/"
    assert checked(client, 3) == ["no", "yes", "no"]
    assert ways() == STANDARD | {"ankle-circles": "seated"}


def test_a_new_log_in_session_begins_at_the_first_card(client):
    say(client, 1, places="low-back")
    client.logout()
    client.force_login(carla())

    assert client.get("/first/3/")["Location"] == "/first/1/"
    assert client.post("/first/4/", {"plan": "starter"})["Location"] == "/first/1/"
    assert checked(client, 1) == []
    assert checked(client, 4) == ["starter"]
    assert reps() == USUAL


def test_another_user_of_the_browser_finds_no_answer(client, bob):
    answer_all(client, {"places": "low-back"}, {"so": "numb"}, {"lie": "no"})
    client.force_login(bob)

    assert client.get("/first/3/")["Location"] == "/first/1/"
    assert checked(client, 2) == []


def test_after_midnight_the_plan_changes_from_the_new_day_on(client, clock):
    clock.move_to(datetime(2026, 11, 20, 23, 59, 50, tzinfo=UTC))
    answer_all(client, {"places": "low-back"}, {"so": "numb"}, {"lie": "no"})
    clock.move_to(datetime(2026, 11, 21, 0, 0, 10, tzinfo=UTC))
    say(client, 4, plan="starter")

    assert (reps(TODAY), reps(TOMORROW)) == (USUAL, STARTER)
    assert (ways(TODAY), len(carla().plan.due(TODAY))) == (STANDARD, 6)
    assert ways(TOMORROW) == STANDARD | {"ankle-circles": "seated", "toe-walking": "heel-raises"}


def test_changing_answers_later_changes_no_past_day(client, clock):
    answer_all(client, SKIP, SKIP, {"lie": "no"}, {"plan": "starter"})
    clock.shift(timedelta(days=9))
    client.get("/first/1/?again")
    answer = answer_all(client, {"places": "left-knee"}, SKIP, {"lie": "yes"}, {"plan": "usual"})

    assert answer["Location"] == "/settings/?said=plan-saved:2026-11-29"
    assert {reps(TODAY + timedelta(days=n)) for n in range(9)} == {STARTER}
    assert reps(TODAY + timedelta(days=9)) == USUAL
    assert ways(TODAY + timedelta(days=8)) == STANDARD | {"ankle-circles": "seated"}
    assert ways(TODAY + timedelta(days=9)) == STANDARD


def test_again_begins_with_what_is_in_force(client):
    answer_all(client, {"places": "low-back"}, {"so": "numb"}, {"lie": "no"}, {"plan": "starter"})
    say(client, 1, places="left-hip")
    assert client.get("/first/1/?again")["Location"] == "/first/1/"

    assert [checked(client, card) for card in (1, 2, 3, 4)] == [["low-back"], [], ["no", "no", "yes"], ["starter"]]
    assert answer_all(client, SKIP, SKIP, SKIP, SKIP)["Location"] == "/settings/?said=saved"
    assert (reps(), carla().preferences.pain_sites) == (STARTER, "low-back")


# What was changed by hand


def by_hand(**fields):
    user = carla()
    change_plan(user, [each.changed(**fields) for each in user.plan.on(TODAY)][3:], TODAY, TODAY)


def test_a_plan_of_ones_own_is_offered_as_it_is(client):
    by_hand(effort_seconds=7)
    assert checked(client, 4) == ["own"]
    answer_all(client, SKIP, SKIP, {"lie": "no"}, {"plan": "own"})

    assert [(each.effort_seconds, each.variant) for each in carla().plan.on(TODAY)][3] == (7, "seated")


def test_a_way_chosen_by_hand_after_the_answer_stays(client):
    say(client, 3, lie="yes", band="no")
    by_hand(variant="seated")
    say(client, 4, plan="starter")

    assert ways() == STANDARD | {"ankle-circles": "seated"}


def test_places_chosen_by_hand_after_the_answer_stay(client):
    say(client, 1, places="low-back")
    client.post("/settings/you/", {"field": "pain_sites", "pain_sites": "left-foot"})
    say(client, 4, plan="starter")

    assert carla().preferences.pain_sites == "left-foot"


@pytest.mark.parametrize("pressed", [{"plan": "starter"}, {"plan": "usual"}])
def test_a_plan_changed_while_the_last_card_is_open_is_told(client, pressed):
    seen = seen_by(client)
    by_hand(effort_seconds=7)
    answer = client.post("/first/4/", {"seen": seen, **pressed})

    assert answer.status_code == 409
    assert "Your plan was changed in the meantime. Please choose again." in words_of(answer)
    assert [each.effort_seconds for each in carla().plan.on(TODAY)][3] == 7
    assert not carla().preferences.first_questions_done

    assert say(client, 4, **pressed)["Location"] == "/"


def test_a_plan_that_cannot_change_any_more_is_told(client, clock, settings):
    clock.shift(timedelta(days=1))
    settings.PLAN_MAX_ROWS = 4
    answer = say(client, 4, plan="starter")

    assert answer.status_code == 422
    assert "Your plan has as many changes as we can keep." in words_of(answer)
    assert (reps(TOMORROW), carla().preferences.first_questions_done) == (USUAL, False)


def test_a_plan_changed_before_its_turn_is_told(client, before_its_turn):
    seen = seen_by(client)
    before_its_turn(lambda: by_hand(effort_seconds=7))

    assert client.post("/first/4/", {"plan": "starter", "seen": seen}).status_code == 409
    assert [each.effort_seconds for each in carla().plan.on(TODAY)][3] == 7


def test_places_chosen_before_its_turn_stay(client, before_its_turn):
    say(client, 1, places="low-back")
    seen = seen_by(client)
    before_its_turn(lambda: Preferences.objects.update(pain_sites="left-foot"))

    assert client.post("/first/4/", {"plan": "starter", "seen": seen})["Location"] == "/"
    assert carla().preferences.pain_sites == "left-foot"


def test_a_planned_change_stays(client):
    user = carla()
    change_plan(user, [each.changed(reps=9) for each in user.plan.on(TODAY)][:1], TOMORROW, TODAY)
    answer_all(client, SKIP, SKIP, SKIP, {"plan": "starter"})

    assert (reps(TODAY)[0], reps(TOMORROW)[0]) == (5, 9)
