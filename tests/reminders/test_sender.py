"""One round of a sender, from who is due to what came of it; and a sender that goes on."""

from datetime import timedelta
from io import StringIO
from threading import Event, Thread
from threading import enumerate as threads
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exercises.models import Channel, Delivery, Heartbeat, Preferences, State, User
from exercises.reminders import sender
from exercises.reminders.job import Outcome
from exercises.reminders.sender import Sender
from tests.support.phone import FRIDAY
from tests.support.reminders.choosing import tap_all
from tests.support.reminders.deliveries import delivery, states
from tests.support.reminders.stand_ins import SENT, device, install, reminded, stand_ins
from tests.support.usual_plan import ALL_EXERCISES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "with_mail")]


@pytest.fixture
def channels(monkeypatch):
    channels = stand_ins()
    install(channels, monkeypatch.setitem)
    return channels


@pytest.fixture
def alice(alice, three_weeks_ago):
    return reminded(alice, remind_by_mail=True)


def remind():
    out = StringIO()
    call_command("remind", "--once", stdout=out)
    return out.getvalue()


def test_each_message_is_sent_once_with_its_words_and_its_user(alice, channels):
    assert [remind(), remind()] == ["2 sent, 0 failed, 0 missed\n", "0 sent, 0 failed, 0 missed\n"]
    [push], [mail] = channels[Channel.PUSH].jobs, channels[Channel.MAIL].jobs

    assert push.message == mail.message
    assert (push.message.title, tuple(push.message.reps)) == ("Morning session", ALL_EXERCISES)
    assert push.message.left == 10
    assert (push.user, push.subscription.user, mail.subscription) == (alice, alice, None)
    assert Heartbeat.objects.get().at == pytest.approx(timezone.now(), abs=timedelta(seconds=10))


def test_only_what_is_still_open_is_said(alice, channels, phone):
    tap_all(phone, exercises=ALL_EXERCISES[:3])
    remind()

    assert channels[Channel.PUSH].jobs[0].message.reps.keys() == {*ALL_EXERCISES[3:]}


def test_what_failed_and_what_is_tried_again_is_told(alice, channels):
    channels[Channel.PUSH].answer = Outcome(State.FAILED, "410")
    channels[Channel.MAIL].answer = Outcome(State.FAILED, "421", FRIDAY + timedelta(minutes=10))

    assert remind() == "0 sent, 1 failed, 0 missed\n"
    assert states() == [State.FAILED, State.WAITING]


def test_a_fault_of_a_channel_fails_one_message_and_is_logged(alice, channels, caplog):
    channels[Channel.PUSH].answer = lambda job: 1 / 0

    assert remind() == "1 sent, 1 failed, 0 missed\n"
    assert [line.levelname for line in caplog.records] == ["ERROR"]


@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        ({"remind_slots": "evening"}, "unwanted"),
        ({"remind_by_mail": False}, "unwanted"),
        ({"quiet_from": "07:00", "quiet_until": "09:00"}, "quiet"),
    ],
)
def test_choices_that_changed_meanwhile_count(alice, channels, changed, answer):
    own = delivery(alice, Channel.MAIL)
    Preferences.objects.update(**changed)
    remind()

    own = Delivery.objects.get(pk=own.pk)
    assert (own.state, own.answer, channels[Channel.MAIL].jobs) == (State.MISSED, answer, [])


def test_to_a_device_that_was_removed_nothing_is_sent(alice, channels):
    delivery(alice, device=str(uuid4()))
    remind()

    assert channels[Channel.PUSH].jobs == []


def test_to_a_user_who_was_shut_out_nothing_is_sent(alice, channels):
    delivery(alice, device=str(device(alice).uuid))
    delivery(alice, Channel.MAIL, slot="test")
    User.objects.update(is_active=False)

    assert remind() == "0 sent, 0 failed, 2 missed\n"


def test_a_session_that_was_done_meanwhile_is_not_reminded_of(alice, channels, phone):
    delivery(alice, Channel.MAIL)
    tap_all(phone)
    remind()

    assert list(Delivery.objects.values_list("state", "answer")) == [(State.MISSED, "done")]


def test_a_message_to_try_it_is_sent_whatever_was_done_or_chosen(alice, channels, phone):
    tap_all(phone)
    Preferences.objects.update(remind_slots="", remind_by_mail=False)
    delivery(alice, Channel.MAIL, slot="test")

    assert remind() == "1 sent, 0 failed, 0 missed\n"
    assert channels[Channel.MAIL].jobs[0].message.title == "It works"


@pytest.mark.parametrize(("turn", "sent"), [(2, 0), (3, 1)])
def test_what_was_asked_for_comes_in_quiet_hours_too(alice, channels, turn, sent):
    Preferences.objects.update(quiet_from="07:00", quiet_until="09:00")
    delivery(alice, Channel.MAIL, turn=turn)
    remind()

    assert len(channels[Channel.MAIL].jobs) == sent


def test_done_on_one_device_clears_the_other(alice, channels, phone):
    device(alice)
    remind()
    shown = [job.delivery.device for job in channels[Channel.PUSH].jobs]
    Delivery.objects.filter(device=shown[0]).update(state=State.CLOSED)
    tap_all(phone)
    channels[Channel.PUSH].jobs.clear()
    remind()

    [clear] = channels[Channel.PUSH].jobs
    assert (clear.delivery.device, clear.message.body) == (shown[1], "Done already. Well done.")
    assert clear.message.left == 6


def test_what_was_undone_meanwhile_is_not_said_to_be_done(alice, channels, phone):
    remind()
    ticks = tap_all(phone)
    sender.Clearer().clear(FRIDAY)
    phone.undo(ticks[0]["id"])
    channels[Channel.PUSH].jobs.clear()
    remind()

    assert channels[Channel.PUSH].jobs == []


def test_after_a_day_without_a_sender_nothing_old_is_sent(alice, channels, friday_morning):
    delivery(alice, Channel.MAIL)
    friday_morning.shift(timedelta(hours=24 + 3))

    assert remind() == "0 sent, 0 failed, 0 missed\n"
    assert states() == [State.MISSED]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_fails_for_a_while_sends_nothing_twice(alice, channels, caplog):
    """It fails at each statement in turn, once."""
    sender.Chooser().choose(FRIDAY)
    push = sender.Courier(Channel.PUSH)
    number = 0
    while not channels[Channel.PUSH].jobs:
        work_although_it_fails(push, number)
        number += 1
    for each in range(3):  # it fails to store that the message was sent
        work_although_it_fails(push, each)

    assert number > 5
    assert len(channels[Channel.PUSH].jobs) == 1
    assert states(channel=Channel.PUSH) == [State.SENT]
    assert {(line.levelname, line.what) for line in caplog.records} == {("WARNING", "OperationalError")}


@pytest.mark.parametrize(("seconds", "sent"), [(59, 1), (60, 0), (-60, 0)])
def test_a_claim_that_was_held_too_long_is_left_to_another_sender(alice, channels, seconds, sent):
    """The database failed all the time. By then another one may have given it up, or may send it."""
    sender.Chooser().choose(FRIDAY)
    push, own = sender.Courier(Channel.PUSH), channels[Channel.PUSH]
    own.ready = lambda: (_ for _ in ()).throw(OperationalError)
    with pytest.raises(OperationalError):
        push.work(FRIDAY)
    del own.ready
    push.work(FRIDAY + timedelta(seconds=seconds))
    push.wait()

    assert len(own.jobs) == sent


def work_although_it_fails(courier, number):
    with connection.execute_wrapper(FailsOnce(number)):
        sender._try(courier.work, FRIDAY)
    courier.wait()


class FailsOnce:
    def __init__(self, number):
        self.left = number

    def __call__(self, execute, *statement):
        self.left -= 1
        if self.left == -1:
            raise OperationalError("database is locked")
        return execute(*statement)


def test_an_idle_sender_only_reads(alice, channels, phone):
    tap_all(phone)
    remind()
    working = Sender()
    working.choose(timezone.now())
    with CaptureQueriesContext(connection) as captured:
        working._look()
        for courier in working.couriers:
            courier.work(timezone.now())

    writes = [query["sql"] for query in captured if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert [sql for sql in writes if "heartbeat" not in sql] == []


@pytest.mark.django_db(transaction=True)
def test_a_channel_that_hangs_holds_up_no_other_and_no_ending(alice, channels, monkeypatch):
    hangs, hung, mailed, stopping, before = Event(), Event(), Event(), Event(), set(threads())
    channels[Channel.PUSH].answer = lambda job: hung.set() or (hangs.wait(30) and SENT)
    channels[Channel.MAIL].answer = lambda job: mailed.set() or SENT
    monkeypatch.setattr(sender, "GRACE", 0.2)
    monkeypatch.setattr(sender, "LOOK", 0.05)
    ended = []
    running = Thread(target=lambda: ended.append(Sender().run(stopping)) or connection.close())
    running.start()

    assert hung.wait(20)  # a channel that has not begun when the sender is told to end never begins
    assert mailed.wait(20)
    stopping.set()
    running.join(20)
    assert ended == [False]
    hangs.set()
    for each in set(threads()) - before:  # else they write into the next test
        each.join(20)
    assert states(channel=Channel.MAIL) == [State.SENT]
