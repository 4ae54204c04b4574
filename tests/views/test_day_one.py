"""Today on the first day of a plan: what is new to a stranger, said once, and no more to do than is left of the day."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.support.first_questions import SKIP, TODAY, answer_all, carla, say, signed_up
from tests.support.phone import Phone, a_set
from tests.support.queries import queries_of
from tests.support.record import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

WHAT_IS_A_CIRCLE = (
    "One circle is one exercise, done once. The coach ticks it for you. Done on your own? Tap the circle."
)
RATHER_NOT = {"lie": "no", "tiptoe": "no", "band": "no"}
ASK = "Answer four short questions"


def clock_at(hour, days=0):
    return time_machine.travel(datetime(2026, 11, 20, hour, 30, tzinfo=UTC) + timedelta(days=days), tick=False)


def who_began(hour, *answers):
    """The client of somebody who signed up at that hour and answered the questions so."""
    with clock_at(hour):
        client = signed_up()
        answer_all(client, *answers, *[SKIP] * (4 - len(answers)))
    return client


def page(client, path="/"):
    return client.get(path).content.decode()


def needs_in(html):
    """What is needed by session, and the session whose needs are shown."""
    found = re.findall(r'data-needs="(\w+)"( hidden)?>\s*You need:(.*?)</p>', html, re.DOTALL)
    needs = {slot: re.findall(r"<span>(.*?)</span>", words) for slot, _hidden, words in found}
    return needs, [slot for slot, hidden, _words in found if not hidden]


@pytest.mark.parametrize(
    ("hour", "ring", "began"),
    [
        pytest.param(8, "0 of 10 sets", None, id="morning"),
        pytest.param(
            12,
            "0 of 6 sets",
            "You began at midday, so today has 6 sets. From tomorrow there are 10 a day.",
            id="midday",
        ),
        pytest.param(
            19,
            "0 of 4 sets",
            "You began in the evening, so today has 4 sets. From tomorrow there are 10 a day.",
            id="evening",
        ),
    ],
)
def test_the_first_day_says_what_a_stranger_cannot_know(hour, ring, began):
    client = who_began(hour)
    with clock_at(hour):
        html, words = page(client), shown(client, "/")

    assert '<h1><span class="day-one">Day 1</span><span class="day-later">Today</span></h1>' in html
    assert ring in html
    assert WHAT_IS_A_CIRCLE in words
    assert "Your first week starts today." in words
    assert "Sore, numb or unsteady? Read this first. It takes a minute." in words
    assert re.findall(r"You began [^<]*", html) == ([began] if began else [])


def test_the_next_day_says_nothing_of_it():
    client = who_began(12)
    with clock_at(12, days=1):
        html = page(client)

    assert "<h1>Today</h1>" in html
    assert [word for word in ("day-one", "data-began", "data-needs", "today-more", "You began") if word in html] == []


@pytest.mark.parametrize(
    ("answers", "needs"),
    [
        ([], {"midday": ["A firm floor", "A mat or a bed"],
              "evening": ["A firm floor", "A wall or a counter", "A chair and an exercise band", "A mat or a bed"]}),
        ([SKIP, SKIP, RATHER_NOT], {"midday": ["A firm floor", "A chair"],
                                    "evening": ["A firm floor", "A counter", "A chair and a towel"]}),
    ],
    ids=["standard", "easier"],
)  # fmt: skip
def test_the_card_names_what_the_session_of_this_hour_needs(answers, needs):
    client = who_began(12, *answers)
    with clock_at(12):
        assert needs_in(page(client)) == (needs, ["midday"])
    with clock_at(18):
        assert needs_in(page(client)) == (needs, ["evening"])


@pytest.mark.parametrize(
    ("answers", "row"),
    [
        ([SKIP, SKIP, SKIP, {"plan": "usual"}], "Your plan: Usual 20 minutes a day"),
        ([SKIP, SKIP, {"lie": "no", "band": "no"}, {"plan": "starter"}],
         "Your plan: Starter 10 minutes a day Towel press Ankle circles, seated"),
    ],
    ids=["usual", "starter with two ways"],
)  # fmt: skip
def test_the_plan_is_named_with_its_minutes_and_ways(answers, row):
    client = who_began(12, *answers)
    with clock_at(12):
        assert row in shown(client, "/")


def test_a_rest_on_the_first_day_asks_for_nothing():
    client = who_began(12)
    with clock_at(12):
        client.post("/rest/", {"reason": "rest"})
        html = page(client)

    assert 'data-state="rest"' in html
    assert "You began" not in html


def test_today_and_progress_of_the_first_day_say_six():
    client = who_began(12)
    with clock_at(13):
        Phone(client).send(*(a_set(exercise=each, slot="midday") for each in ("toe-presses", "ankle-circles")))
        said = [shown(client, path) for path in ("/", f"/progress/{TODAY}/", "/progress/")]

    assert "2 of 6 sets done today" in page_at(13, client)
    assert [re.search(r"\d of (?:2|10) sets", words) for words in said] == [None] * 3
    assert "2 of 6 " in said[1]
    assert "2 of 6 sets" in said[2]
    assert "16 Nov 2 of 6 33 0 of 3" in said[2]


def page_at(hour, client):
    with clock_at(hour):
        return page(client)


# The questions that were not answered


def test_today_links_to_the_questions_until_they_are_answered():
    with clock_at(12):
        client = signed_up()
        before = shown(client, "/")
        answer_all(client, SKIP, SKIP, SKIP, SKIP)

        assert ASK in before
        assert ASK not in shown(client, "/")


def test_the_link_is_there_on_a_later_day_too_and_goes_when_sent_away():
    with clock_at(12):
        client = signed_up()
        say(client, 1, places="low-back")
    with clock_at(12, days=2):
        assert ASK in shown(client, "/")
        sent_away = [client.post("/first/1/", {"skip": "all"}) for _ in range(2)]

        assert [(each.status_code, each["Location"]) for each in sent_away] == [(303, "/")] * 2
        assert ASK not in shown(client, "/")
        assert carla().preferences.pain_sites == ""
        assert carla().plan.changes == [TODAY]


def test_an_account_that_the_server_made_is_not_asked(alice_client):
    assert ASK not in page(alice_client)


def test_today_never_leads_to_the_questions_by_itself():
    with clock_at(12):
        client = signed_up()

        assert client.get("/").status_code == 200


def test_the_first_day_costs_no_query_more():
    with clock_at(12):
        client = signed_up()

        assert queries_of(client, "/") <= 6
