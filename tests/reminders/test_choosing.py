"""Who is due a reminder, and who is not."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exercises.models import Channel, Delivery, Preferences, Prescription, PushSubscription
from exercises.reminders.choosing import LOOK_AGAIN, Chooser
from tests.support.phone import FRIDAY, a_tick
from tests.support.reminders.choosing import MINUTE, choose, tap_all, written
from tests.support.reminders.stand_ins import device, reminded
from tests.support.usual_plan import ALL_EXERCISES, plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("three_weeks_ago", "friday_morning")]


@pytest.fixture
def reminded_alice(alice, three_weeks_ago):
    return reminded(alice)


def test_who_is_due_gets_one_message_by_each_way_and_device(alice, settings):
    settings.MAIL_ENABLED, settings.REMINDER_URL = True, "https://ntfy.example.org/feet"
    reminded(alice, devices=2, remind_by_mail=True, remind_by_webhook=True)
    for _ in range(3):
        choose()

    own = (alice.email, FRIDAY.date(), "morning", 1)
    assert written() == [(*own, channel) for channel in ("mail", "push", "push", "webhook")]
    assert set(Delivery.objects.values_list("until", flat=True)) == {FRIDAY + 90 * MINUTE}


def test_a_way_that_this_server_lacks_is_not_written(alice):
    reminded(alice, devices=0, remind_by_mail=True, remind_by_webhook=True)
    choose()

    assert written() == []


@pytest.mark.parametrize(("minutes", "messages"), [(-1, 0), (0, 1), (89, 1), (90, 0)])
def test_a_reminder_is_due_for_ninety_minutes(reminded_alice, minutes, messages):
    choose(minutes * MINUTE)

    assert len(written()) == messages


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param({"remind_slots": ""}, id="of nothing"),
        pytest.param({"remind_slots": "midday evening"}, id="of other sessions"),
        pytest.param({"morning_remind_at": time(9)}, id="later"),
        pytest.param({"time_zone": "Europe/Berlin", "morning_remind_at": time(7, 29)}, id="too late there"),
        pytest.param({"quiet_from": time(22), "quiet_until": time(8, 30)}, id="quiet"),
    ],
)
def test_nobody_is_reminded_who_did_not_choose_it_so(reminded_alice, chosen):
    Preferences.objects.update(**chosen)
    choose()

    assert written() == []


def test_without_a_time_of_its_own_it_comes_when_the_session_begins(reminded_alice):
    Preferences.objects.update(morning_remind_at=None, morning_at=time(8))
    choose()

    assert len(written()) == 1


def test_a_user_who_was_shut_out_is_not_reminded(reminded_alice):
    reminded_alice.is_active = False
    reminded_alice.save()
    choose()

    assert written() == []


@pytest.mark.parametrize(
    ("rows", "messages"),
    [
        pytest.param({"since": date(2026, 11, 21)}, 0, id="begins tomorrow"),
        pytest.param({"since": date(2026, 11, 20), "first_slot": "midday"}, 0, id="began at midday"),
        pytest.param({"since": date(2026, 11, 20), "first_slot": "morning"}, 1, id="began this morning"),
        pytest.param({"morning": False}, 0, id="nothing in the morning"),
    ],
)
def test_the_plan_says_what_is_due(reminded_alice, rows, messages):
    Prescription.objects.update(**rows)
    choose()

    assert len(written()) == messages


def test_the_plan_of_the_day_counts_and_not_what_was_before_it(reminded_alice):
    for row in Prescription.objects.all():
        row.changed(since=FRIDAY.date(), slots=["evening"]).save(force_insert=True)
    choose()

    assert written() == []


def test_a_session_that_is_done_is_silent(reminded_alice, phone):
    tap_all(phone)
    choose()

    assert written() == []


@pytest.mark.parametrize("fields", [{"exercises": ALL_EXERCISES[:3]}, {"slot": "midday"}])
def test_a_session_that_is_begun_or_another_one_is_not(reminded_alice, phone, fields):
    tap_all(phone, **fields)
    choose()

    assert len(written()) == 1


def test_a_set_that_was_stopped_early_leaves_its_session_open(reminded_alice, phone):
    tap_all(phone, exercises=ALL_EXERCISES[1:])
    phone.tap(exercise=ALL_EXERCISES[0], reps=1)
    choose()

    assert len(written()) == 1


def test_after_an_undo_the_session_is_due_again(reminded_alice, phone):
    chooser, ticks = Chooser(), tap_all(phone)
    choose(chooser=chooser)
    phone.undo(ticks[0]["id"])
    choose(LOOK_AGAIN, chooser)

    assert len(written()) == 1


def test_on_a_rest_day_nothing_is_due_until_it_is_taken_back(reminded_alice, phone):
    def rest(on, minute):
        said_at = (FRIDAY + minute * MINUTE).isoformat()
        phone.send({**a_tick(day="2026-11-20", said_at=said_at), "kind": "rest_day", "on": on})

    chooser = Chooser()
    rest(True, 0)
    choose(chooser=chooser)
    assert written() == []

    rest(False, 1)
    choose(LOOK_AGAIN, chooser)
    assert len(written()) == 1


def test_a_new_device_does_not_bring_the_same_reminder_again(reminded_alice):
    choose()
    device(reminded_alice)
    choose(MINUTE)

    assert len(written()) == 1


def test_a_device_that_comes_in_time_gets_the_reminder_at_once(alice):
    """The page says that it comes in a moment."""
    chooser = Chooser()
    reminded(alice, devices=0)
    choose(chooser=chooser)
    device(alice)
    choose(MINUTE, chooser)

    assert len(written()) == 1


def test_the_queries_do_not_grow_with_the_users(reminded_alice, bob, phone, django_user_model):
    def asked(chooser):
        with CaptureQueriesContext(connection) as captured:
            chooser.choose(FRIDAY)
        Delivery.objects.all().delete()
        return len(captured)

    alone = asked(Chooser())
    tap_all(phone)
    for number in range(20):
        user = django_user_model.objects.create_user(email=f"{number}@example.org")
        plan_since(user, "2026-11-01")
        reminded(user, "morning midday")
    assert asked(Chooser()) == alone


def test_those_who_are_done_are_not_looked_at_each_time(reminded_alice, phone):
    tap_all(phone)
    chooser = Chooser()
    choose(chooser=chooser)
    with CaptureQueriesContext(connection) as captured:
        choose(MINUTE, chooser)

    assert [query["sql"] for query in captured if "exercises_completedset" in query["sql"]] == []


def test_a_device_of_another_user_is_not_written_to(reminded_alice, bob):
    device(bob)
    choose()

    [delivery] = Delivery.objects.all()
    assert PushSubscription.objects.get(uuid=delivery.device).user == reminded_alice
    assert delivery.channel == Channel.PUSH
