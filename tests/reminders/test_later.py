""" "In 10 minutes", and a message that a device no longer shows."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from exercises.models import Channel, Delivery, State
from tests.support.reminders.devices import a_device
from tests.support.threads import all_at_once

DAY = "2026-11-20"
NOW, EVENING = datetime(2026, 11, 20, 8, tzinfo=UTC), datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def friday_at_eight():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def device(alice):
    return a_device(alice)


@pytest.fixture
def post(alice_client, device):
    def post(act, **fields):
        return alice_client.post(f"/push/{act}/", {"device": str(device.uuid), "day": DAY, "slot": "morning", **fields})

    return post


def sent(device, turn=1, state=State.SENT, slot="morning"):
    now = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
    return Delivery.objects.create(
        user=device.user,
        day=DAY,
        slot=slot,
        turn=turn,
        channel=Channel.PUSH,
        device=str(device.uuid),
        state=state,
        not_before=now,
        until=now + timedelta(minutes=90),
    )


def turns():
    return list(Delivery.objects.order_by("device", "turn").values_list("turn", "state"))


def test_ten_minutes_later_the_next_turn_comes(post, device):
    sent(device)

    assert post("later").json() == {"later": True}
    assert turns() == [(1, State.CLOSED), (3, State.WAITING)]  # the second one stays the sender's
    asked = Delivery.objects.get(turn=3)
    assert asked.not_before == NOW + timedelta(minutes=10)
    assert asked.until == NOW + timedelta(minutes=90)


def test_a_second_tap_finds_the_first_one_waiting(post, device):
    sent(device)
    for _ in range(2):
        post("later")

    assert turns() == [(1, State.CLOSED), (3, State.WAITING)]


def test_it_may_be_asked_for_again_once_it_has_come(post, device):
    sent(device, turn=3)
    post("later")

    assert turns() == [(3, State.CLOSED), (4, State.WAITING)]


def test_it_never_comes_on_the_next_day(post, device):
    with time_machine.travel(EVENING, tick=False):
        post("later", slot="evening")

    assert Delivery.objects.get().until == datetime(2026, 11, 21, 0, 0, tzinfo=UTC)


@pytest.mark.one_database
def test_a_message_of_yesterday_is_told_that_its_day_is_over(post, device):
    answer = post("later", day="2026-11-19")

    assert (answer.status_code, b"This day is over" in answer.content) == (422, True)
    assert turns() == []


@pytest.mark.one_database
def test_a_message_of_late_is_told_that_its_day_is_over_by_then(post, device):
    """It would be late before it may be sent, and nobody would hear of it."""
    with time_machine.travel(EVENING + timedelta(minutes=20), tick=False):
        answer = post("later", slot="evening")

    assert (answer.status_code, b"In 10 minutes this day is over" in answer.content) == (422, True)
    assert turns() == []


def test_a_closed_message_is_closed_and_no_other(post, device, alice, bob):
    sent(device, turn=1)
    sent(device, turn=2)
    sent(device, turn=3, state=State.WAITING)
    sent(device, slot="evening")
    sent(a_device(bob, "https://fcm.googleapis.com/fcm/send/bobs"))

    assert post("closed").json() == {"closed": 2}
    assert post("closed").json() == {"closed": 0}
    assert sorted(Delivery.objects.exclude(state=State.CLOSED).values_list("user", "slot", "turn")) == sorted(
        [(alice.pk, "morning", 3), (alice.pk, "evening", 1), (bob.pk, "morning", 1)]
    )


@pytest.mark.parametrize("act", ["later", "closed"])
def test_a_device_of_another_is_not_found(post, act, bob):
    bobs = a_device(bob, "https://fcm.googleapis.com/fcm/send/bobs")
    sent(bobs)

    assert [post(act, device=str(uuid)).status_code for uuid in (bobs.uuid, uuid4())] == [404, 404]
    assert turns() == [(1, State.SENT)]


@pytest.mark.one_database
@pytest.mark.parametrize("act", ["later", "closed"])
@pytest.mark.parametrize("fields", [{"day": "today"}, {"slot": "extra"}, {"slot": ""}, {"device": "mine"}])
def test_junk_is_rejected_in_a_sentence(post, act, fields):
    assert post(act, **fields).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_the_same_moment_ask_once(alice, alice_client):
    device = a_device(alice)
    fields = {"device": str(device.uuid), "day": DAY, "slot": "morning"}
    answers = all_at_once([lambda: alice_client.post("/push/later/", fields).status_code] * 6)

    assert answers == [200] * 6
    assert turns() == [(3, State.WAITING)]
