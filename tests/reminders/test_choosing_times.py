"""When a reminder comes once more, and when a moment that comes twice brings nothing."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from exercises.models import Delivery, Preferences, State
from exercises.reminders.choosing import Chooser
from tests.support.phone import FRIDAY
from tests.support.reminders.choosing import MINUTE, choose, sent, tap_all, written
from tests.support.reminders.stand_ins import reminded
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("three_weeks_ago", "friday_morning")]


@pytest.fixture
def reminded_alice(alice, three_weeks_ago):
    return reminded(alice)


def turns(*minutes):
    """The turns that are written when a sender looks at these minutes."""
    chooser = Chooser()
    for minute in minutes:
        choose(minute * MINUTE, chooser)
    return [turn for *_others, turn, _channel in written()]


def test_a_second_reminder_comes_once_thirty_minutes_after_the_first(reminded_alice):
    Preferences.objects.update(remind_again=True)
    assert turns(0) == [1]
    sent()

    assert turns(29) == [1]
    assert turns(30, 31, 60, 89) == [1, 2]


def test_a_second_reminder_is_not_for_everybody(reminded_alice):
    turns(0)
    sent()

    assert turns(30, 60) == [1]


def test_a_second_reminder_may_be_wished_after_the_first(reminded_alice):
    chooser = Chooser()
    choose(chooser=chooser)
    sent()
    choose(MINUTE, chooser)
    Preferences.objects.update(remind_again=True)
    choose(30 * MINUTE, chooser)

    assert [turn for *_others, turn, _channel in written()] == [1, 2]


@pytest.mark.parametrize("state", [State.WAITING, State.FAILED, State.MISSED])
def test_without_a_first_one_no_second_one_comes(reminded_alice, state):
    Preferences.objects.update(remind_again=True)
    turns(0)
    Delivery.objects.update(state=state, claimed_at=FRIDAY)

    assert turns(30, 60) == [1]


def test_a_first_one_that_came_late_is_given_its_thirty_minutes(reminded_alice):
    Preferences.objects.update(remind_again=True)
    turns(20)
    sent(20)

    assert turns(30, 49) == [1]
    assert turns(50) == [1, 2]


def test_who_asked_for_ten_minutes_gets_no_second_one(reminded_alice):
    Preferences.objects.update(remind_again=True)
    turns(0)
    sent()
    own = Delivery.objects.get()
    own.turn, own.state = 3, State.SENT
    own.save(force_insert=True)

    assert turns(30, 60) == [1, 3]


def test_a_traveller_is_reminded_once_a_day(reminded_alice):
    """8:00 comes again an hour later further west."""
    choose()
    Preferences.objects.update(time_zone="Atlantic/Azores")
    choose(timedelta(hours=1))

    assert len(written()) == 1


def test_after_an_outage_only_what_is_due_now_is_written(alice):
    reminded(alice, "morning midday evening")
    choose(timedelta(days=1, hours=9))

    assert written() == [(alice.email, date(2026, 11, 21), "evening", 1, "push")]


@pytest.mark.parametrize("hours", [-3, -1, 1, 24 * 400])
def test_a_clock_that_was_wrong_for_a_while_brings_nothing_twice(reminded_alice, hours):
    chooser = Chooser()
    for after in (0, hours, 0, 0.5):
        choose(timedelta(hours=after), chooser)

    assert len(written(day=FRIDAY.date())) == 1


def test_a_clock_that_was_ahead_hides_nobody_who_is_due_again(reminded_alice, phone):
    chooser, ticks = Chooser(), tap_all(phone)
    choose(80 * MINUTE, chooser)
    phone.undo(ticks[0]["id"])
    choose(MINUTE, chooser)

    assert len(written()) == 1


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)], ids=["skipped", "twice"])
@pytest.mark.parametrize("day_starts_at", [0, 3])
def test_a_time_that_the_clocks_skip_or_repeat_comes_once(alice, night, day_starts_at):
    plan_since(alice, "2026-01-01")
    reminded(alice, time_zone="Europe/Berlin", morning_remind_at=time(2, 30), day_starts_at=day_starts_at)
    begin = datetime.combine(night, time(0), UTC) - timedelta(hours=2)
    for minutes in range(0, 8 * 60, 10):
        Chooser().choose(begin + minutes * MINUTE)

    assert len(written()) == 1
