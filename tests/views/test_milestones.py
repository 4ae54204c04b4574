"""What a session reached, in one line of its last screen: told when it is true, and by the session that reached it."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from exercises.models import CompletedSet
from exercises.record import demo
from tests.support.day_facts import rest_day
from tests.support.phone import HTMX, Phone, a_set, a_tick
from tests.support.queries import queries
from tests.support.record import words_of
from tests.support.usual_plan import ALL_EXERCISES, plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

MONDAY, FRIDAY, SUNDAY = "2026-11-16", "2026-11-20", "2026-11-22"
MIDDAY = [("midday", "toe-presses"), ("midday", "ankle-circles")]
MORNING, EVENING = ([(slot, each) for each in ALL_EXERCISES] for slot in ("morning", "evening"))
DAY = MORNING + MIDDAY + EVENING
DAY_END = "That is your day."
FIRSTS = ("Your first set. A good start.", "Your first whole session.", "Your first full day.", "Your first full week.")
FIRST_SET, FIRST_SESSION, FIRST_DAY, FIRST_WEEK = FIRSTS
GOAL = "You reached your goal for this week: 5 days."


@pytest.fixture
def session(alice_client):
    return Session(alice_client)


class Session:
    """Does sets one after the other in one session, and reads the last screen after the last of them."""

    def __init__(self, client):
        self.client, self.id = client, str(uuid4())

    def does(self, *sets, **fields):
        for slot, exercise in sets:
            tick = a_tick(slot=slot, exercise=exercise, session=self.id, source="timed", **fields)
            page = self.client.post("/sets/", tick, headers=HTMX).content.decode()
        self.last = tick["id"]
        return words_of(page.partition('id="session-done"')[2])

    def page(self):
        """The page, fetched again."""
        page = self.client.get("/session/evening/", {"session": self.id}).content.decode()
        return words_of(page.partition('id="session-done"')[2])


def did(client, *days, sets=DAY):
    """These sets were done on these days."""
    for day in days:
        of_day = [a_set(slot=slot, exercise=each, completed_at=f"{day}T07:00:00+00:00") for slot, each in sets]
        Phone(client).send(*of_day)


def told(words):
    return [each for each in (*FIRSTS, GOAL) if each in words]


def days(first, last):
    return [f"{date.fromordinal(each)}" for each in range(ordinal(first), ordinal(last) + 1)]


def ordinal(day):
    return date.fromisoformat(day).toordinal()


def test_the_first_set_of_all_is_told_and_the_second_is_not(session, alice_client):
    assert told(session.does(("morning", "toe-presses"))) == [FIRST_SET]
    assert told(Session(alice_client).does(("extra", "toe-presses"))) == []


def test_the_first_whole_session_is_told_once(session, alice_client):
    assert told(session.does(*MORNING)) == [FIRST_SESSION]
    assert told(Session(alice_client).does(*MIDDAY)) == []
    assert told(Session(alice_client).does(*MORNING)) == []


def test_of_several_the_rarest_is_told(session, alice_client):
    did(alice_client, FRIDAY, sets=MORNING + MIDDAY)

    assert told(session.does(*EVENING)) == [FIRST_DAY]


@pytest.mark.parametrize("before", ["2026-11-18", "2026-10-07"], ids=["this week", "weeks ago"])
def test_a_first_time_is_no_first_time_when_there_was_one(session, alice, alice_client, before):
    plan_since(alice, "2026-10-06")
    did(alice_client, before)

    assert told(session.does(*DAY)) == []


def test_a_first_time_may_come_weeks_after_the_beginning(session, alice, alice_client):
    plan_since(alice, "2026-10-06")
    did(alice_client, "2026-10-07", sets=MORNING + MIDDAY)

    assert told(session.does(*DAY)) == [FIRST_DAY]


def test_no_first_time_is_told_of_a_plan_that_is_older_than_what_is_read(session, alice):
    plan_since(alice, "2026-08-03")

    assert told(session.does(*DAY)) == []


@pytest.fixture
def sunday(friday_morning, alice):
    """The last day of a week, in the second week of the plan."""
    plan_since(alice, "2026-11-09")
    friday_morning.shift(2 * 24 * 3600)


@pytest.mark.usefixtures("sunday")
def test_the_first_full_week_is_told_on_its_last_day(session, alice_client):
    did(alice_client, *days(MONDAY, "2026-11-21"))

    assert told(session.does(*DAY)) == [FIRST_WEEK]


@pytest.mark.usefixtures("sunday")
def test_a_second_full_week_is_on_goal(session, alice_client):
    did(alice_client, *days("2026-11-09", "2026-11-21"))
    words = session.does(*DAY)

    assert told(words) == []
    assert "This week is on goal." in words


@pytest.mark.usefixtures("sunday")
def test_a_rest_day_is_part_of_a_full_week(session, alice_client):
    did(alice_client, *days(MONDAY, "2026-11-20"))
    Phone(alice_client).send(rest_day(day="2026-11-21"))

    assert told(session.does(*DAY)) == [FIRST_WEEK]


@pytest.mark.usefixtures("sunday")
def test_a_week_of_few_days_is_no_full_week(session, alice_client):
    """Fewer days were due than the goal has: the others were rest days."""
    did(alice_client, *days(MONDAY, "2026-11-18"))
    Phone(alice_client).send(*(rest_day(day=day) for day in days("2026-11-19", "2026-11-21")))

    assert FIRST_WEEK not in session.does(*DAY)


def test_the_goal_of_the_week_is_told_by_the_set_that_reaches_it(session, alice, alice_client):
    """Eight of ten sets make a good day: the goal can be reached before the day is full."""
    plan_since(alice, "2026-08-03")
    did(alice_client, *days(MONDAY, "2026-11-19"))
    did(alice_client, FRIDAY, sets=MORNING + MIDDAY)

    assert told(session.does(EVENING[0])) == []
    assert told(session.does(EVENING[1])) == [GOAL]
    assert told(Session(alice_client).does(EVENING[2])) == []


def test_the_end_of_a_day_differs_from_a_third_of_it(session, alice_client):
    thirds = [session.does(*MORNING), Session(alice_client).does(*MIDDAY), Session(alice_client).does(*EVENING)]

    assert [DAY_END in each for each in thirds] == [False, False, True]
    assert "All 10 sets That is your day." in thirds[-1]
    assert "Rest well." in thirds[-1]


def test_the_end_of_a_day_says_how_far_the_week_is(session, alice, alice_client):
    plan_since(alice, "2026-08-03")
    did(alice_client, *days(MONDAY, "2026-11-17"))

    assert "3 of 5 days this week." in session.does(*DAY)


def test_the_end_of_a_day_comes_once(session, alice_client):
    session.does(*DAY)

    assert DAY_END in session.page()
    for more in (EVENING, [("extra", "toe-presses")]):
        assert DAY_END not in Session(alice_client).does(*more)


def test_what_is_undone_and_done_once_more_is_true_once_more(session, alice_client):
    session.does(*DAY)
    Phone(alice_client).undo(session.last)
    assert DAY_END not in session.page()
    again = Session(alice_client).does(EVENING[-1])

    assert DAY_END in again
    assert told(again) == [FIRST_DAY]


def test_a_set_done_in_part_does_not_end_the_day(session, alice_client):
    did(alice_client, FRIDAY, sets=DAY[:-1])

    assert DAY_END not in session.does(DAY[-1], reps="3")


def test_a_session_on_a_rest_day_is_extra(session, alice, alice_client):
    plan_since(alice, "2026-08-03")
    Phone(alice_client).send(rest_day(day=FRIDAY))
    words = session.does(MORNING[0], MORNING[1])

    assert "This is a rest day. These sets are extra." in words
    assert "sets done today" not in words.replace("0 of 0 sets done today", "")
    assert "Next: tomorrow morning" in words


def test_a_session_that_goes_on_after_midnight_ends_no_day(session, alice_client, friday_morning):
    """Its last sets count for the next day, so the day before lacks them."""
    did(alice_client, FRIDAY, sets=MORNING + MIDDAY)
    friday_morning.shift(15.9 * 3600)
    session.does(*EVENING[:2])
    friday_morning.shift(0.2 * 3600)
    words = session.does(*EVENING[2:])

    assert "Evening session done" in words
    assert DAY_END not in words
    assert "The last sets count for the new day." in words
    assert "Next: morning session, from 06:00" in words


def test_a_session_done_before_midnight_and_sent_after_it_ends_its_day(session, alice_client, friday_morning):
    did(alice_client, FRIDAY, sets=MORNING + MIDDAY)
    friday_morning.shift(15.9 * 3600)
    session.does(*EVENING[:-1])
    friday_morning.shift(0.2 * 3600)
    words = session.does(EVENING[-1], completed_at="2026-11-20T23:57:00+00:00")

    assert DAY_END in words
    assert "sets done today" not in words


def test_a_page_without_a_session_tells_nothing(alice_client):
    """It may be what a phone shows without a network."""
    did(alice_client, FRIDAY)
    page = words_of(alice_client.get("/session/evening/").content.decode())

    assert DAY_END not in page
    assert told(page) == []


def test_what_a_session_costs_does_not_grow_with_history(alice, alice_client):
    def last_set():
        session = Session(alice_client)
        session.does(*EVENING[:-1])
        tick = a_tick(slot="evening", exercise=EVENING[-1][1], session=session.id)
        return len(queries(lambda: alice_client.post("/sets/", tick, headers=HTMX)))

    turn = connection.vendor == "postgresql"
    did(alice_client, FRIDAY, sets=MORNING + MIDDAY)
    first_week = last_set()
    plan_since(alice, "2026-10-05")
    Phone(alice_client).undo(str(CompletedSet.objects.of(alice).latest("recorded_at").uuid))
    weeks_later = last_set()
    demo.write(alice, date(2026, 11, 20), days=3650)

    assert (first_week, weeks_later) == (7 + turn, 8 + turn)
    assert last_set() <= 7 + turn
