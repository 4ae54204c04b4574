"""The first questions: what each answer makes of the plan, what a skipped one leaves, and what is refused."""

import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from tests.support.first_questions import (
    CARLA,
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
    signed_up,
    ways,
)
from tests.support.log_ins import ALICE
from tests.support.phone import Phone
from tests.support.record import shown, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MIDDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client():
    """Of somebody who has just signed up."""
    return signed_up()


# What the answers make


def test_skipping_everything_leaves_the_usual_plan(client):
    answer = answer_all(client, SKIP, SKIP, SKIP, SKIP)

    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert (ways(), reps(), carla().preferences.pain_sites) == (STANDARD, USUAL, "")
    assert carla().preferences.first_questions_done


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("places", "safety", "suits", "changed"),
    [
        pytest.param({}, {}, {}, {}, id="nothing said"),
        pytest.param({}, {}, {"lie": "yes", "tiptoe": "yes", "band": "yes"}, {}, id="all is well"),
        pytest.param({}, {}, {"lie": "no"}, {"ankle-circles": "seated"}, id="no lying down"),
        pytest.param({}, {}, {"tiptoe": "no"}, {"toe-walking": "heel-raises"}, id="no tiptoe"),
        pytest.param({}, {}, {"band": "no"}, {"resisted-plantar-flexion": "towel"}, id="no band"),
        pytest.param({}, {"so": "numb"}, {}, {"toe-walking": "heel-raises"}, id="numb"),
        pytest.param({}, {"so": "sore"}, {}, {"toe-walking": "heel-raises"}, id="open sore"),
        pytest.param({}, {"so": "hurt"}, SKIP, {"toe-walking": "heel-raises"}, id="hurt, ways skipped"),
        pytest.param({}, {"so": "told"}, {}, {"toe-walking": "heel-raises"}, id="told not to"),
        pytest.param({}, {"so": "numb"}, {"tiptoe": "yes"}, {}, id="numb, and yet on tiptoe"),
        pytest.param(
            {"places": ["low-back"]},
            {"so": ["numb", "hurt"]},
            {"lie": "no", "band": "no"},
            {"ankle-circles": "seated", "toe-walking": "heel-raises", "resisted-plantar-flexion": "towel"},
            id="all at once",
        ),
    ],
)
@pytest.mark.parametrize("amount", [{"plan": "starter"}, {"plan": "usual"}, SKIP], ids=["starter", "usual", "skipped"])
def test_answers_choose_the_plan_and_the_ways(client, places, safety, suits, changed, amount):
    assert answer_all(client, places, safety, suits, amount)["Location"] == "/"

    assert ways() == STANDARD | changed
    assert reps() == (STARTER if amount == {"plan": "starter"} else USUAL)
    assert carla().preferences.sites == places.get("places", [])


def test_the_first_day_keeps_the_slot_in_which_it_began(client):
    answer_all(client, SKIP, SKIP, {"lie": "no"}, {"plan": "starter"})

    assert carla().plan.first_day == TODAY
    assert carla().plan.first_slot == "midday"
    assert carla().plan.changes == [TODAY]
    assert len(carla().plan.due(TODAY)) == 6


def test_the_minutes_are_those_of_the_ways_chosen(client):
    say(client, 3, lie="no", tiptoe="no", band="no")
    starter, usual = re.findall(r"Morning (\S+) Midday (\S+) Evening (\S+)", shown(client, "/first/4/"))
    answer_all(client, SKIP, SKIP, {"lie": "no", "tiptoe": "no", "band": "no"}, {"plan": "usual"})

    assert starter != usual
    assert f"{usual[0]}</b>" in client.get("/settings/plan/").content.decode()


def test_nothing_of_the_safety_card_is_kept(client):
    answer_all(client, {"places": "left-hip"}, {"so": ["numb", "told"]}, {}, {"plan": "starter"})

    assert [each.get_decoded().get("first_questions") for each in Session.objects.all()] == [None]
    assert "numb" not in str(Phone(client).export())
    assert checked(client, 1) == ["left-hip"]


def test_a_place_sent_many_times_is_kept_once(client):
    answer_all(client, {"places": ["left-knee", "low-back"] * 60}, SKIP, SKIP, SKIP)

    assert carla().preferences.pain_sites == "low-back left-knee"


# Back, reload, skip


def test_back_and_a_reload_keep_what_was_said(client):
    say(client, 1, places=["low-back", "left-knee"])
    say(client, 2, so="hurt")
    say(client, 3, lie="no", tiptoe="no")
    say(client, 4, plan="usual", back="yes")

    assert [checked(client, card) for card in (1, 2, 3, 4)] == [
        ["low-back", "left-knee"], ["hurt"], ["no", "no"], ["usual"]
    ]  # fmt: skip
    assert not carla().preferences.first_questions_done


def test_skip_drops_what_was_said_on_that_card_alone(client):
    answer_all(client, {"places": "low-back"}, {"so": "numb"}, {"lie": "no"})
    say(client, 2, **SKIP)
    answer_all(client, {"places": "low-back"}, SKIP, {"lie": "no"}, {"plan": "usual"})

    assert ways() == STANDARD | {"ankle-circles": "seated"}


def test_a_tick_of_safety_outdates_the_answer_on_tiptoe(client):
    say(client, 3, tiptoe="yes", lie="yes")
    say(client, 2, so="numb")
    assert checked(client, 3) == ["yes", "no"]

    say(client, 4, plan="usual")
    assert ways() == STANDARD | {"toe-walking": "heel-raises"}


def test_the_same_tick_sent_again_leaves_a_later_answer_on_tiptoe(client):
    say(client, 2, so="numb")
    say(client, 3, tiptoe="yes")
    say(client, 2, so="numb")

    assert checked(client, 3) == ["yes"]


def test_the_first_choice_is_starter_and_nothing_else_is_chosen(client):
    assert [checked(client, card) for card in (1, 2, 3, 4)] == [[], [], [], ["starter"]]


def test_no_answer_stands_in_an_address(client):
    sent = [say(client, 1, places="low-back"), say(client, 2, so="numb"), say(client, 3, lie="no", back="yes")]

    assert [answer["Location"] for answer in sent] == ["/first/2/", "/first/3/", "/first/2/"]


# What is refused, and who comes there


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (1, {"places": "head"}),
        (2, {"so": "tired"}),
        (3, {"lie": "perhaps"}),
        (4, {"plan": "own"}),
        (4, {"plan": ""}),
        (1, {"skip": "that"}),
        (3, {"back": "no"}),
    ],
)
def test_an_answer_that_was_not_offered_gets_a_sentence(client, card, said):
    answer = client.post(f"/first/{card}/", said)

    assert answer.status_code == 422
    assert re.search(r"Please choose one of|We do not know this button", words_of(answer))
    assert reps() == USUAL


@pytest.mark.parametrize("card", ["0", "5", "99"])
def test_there_are_four_cards(client, card):
    assert client.get(f"/first/{card}/").status_code == 404


def test_a_sign_up_that_came_from_a_page_leads_there():
    answer = Client().post("/accounts/signup/?next=/settings/", {**CARLA, "next": "/settings/"})

    assert answer["Location"] == "/settings/"


def test_a_later_log_in_leads_to_today(client):
    client.logout()
    answer = client.post("/accounts/login/", {"login": CARLA["email"], "password": CARLA["password1"]})

    assert answer["Location"] == "/"


@pytest.mark.parametrize(("is_done", "leads_to"), [(False, "/first/1/"), (True, "/")])
def test_the_first_log_in_after_a_sign_up_with_mail_leads_there(alice, is_done, leads_to):
    """An account that the server made is not asked."""
    alice.preferences.first_questions_done = is_done
    alice.preferences.save()
    led = [Client().post("/accounts/login/", ALICE)["Location"] for _ in range(2)]

    assert led == [leads_to, "/"]


def test_a_sign_up_of_somebody_who_is_known_leads_to_today(client):
    answer_all(client, SKIP, SKIP, SKIP, SKIP)

    assert Client().post("/accounts/signup/", CARLA)["Location"] == "/"
