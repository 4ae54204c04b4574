"""A message on a device is taken off when its session is done, wherever that was."""

from functools import partial

import pytest

from exercises.models import Channel, Delivery, State
from exercises.models.reminder import CLEAR
from exercises.reminders import clearing
from exercises.reminders.claims import claim, settle
from exercises.reminders.clearing import SHOWN, Clearer
from tests.support.phone import FRIDAY, a_tick
from tests.support.reminders.choosing import tap_all
from tests.support.reminders.deliveries import delivery, states
from tests.support.reminders.stand_ins import SENT, reminded
from tests.support.usual_plan import ALL_EXERCISES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]


@pytest.fixture
def alice(alice, three_weeks_ago):
    return reminded(alice)


@pytest.fixture
def clear():
    """What a sender does that goes on."""
    return partial(Clearer().clear, FRIDAY)


def test_each_device_is_told_once_when_the_session_is_done(alice, phone, clear):
    for device, turn in (("a", 1), ("a", 2), ("b", 1)):
        delivery(alice, state=State.SENT, device=device, turn=turn)
    delivery(alice, state=State.CLOSED, device="c")
    tap_all(phone)

    assert [clear(), clear(), Clearer().clear(FRIDAY)] == [2, 0, 0]
    told = Delivery.objects.filter(turn=CLEAR).values_list("device", "state", "channel")
    assert sorted(told) == [(device, State.WAITING, Channel.PUSH) for device in "ab"]
    assert set(states(turn__gt=CLEAR)) == {State.CLOSED}


@pytest.mark.parametrize(
    "fields",
    [
        {"slot": "midday"},
        {"channel": Channel.MAIL},
        {"day": "2026-11-19"},
        {"turn": CLEAR},
        {"slot": "test"},
        {"state": State.FAILED},
        {"state": State.SENDING},
        {"until": FRIDAY - SHOWN},
    ],
)
def test_other_messages_stay(alice, phone, clear, fields):
    delivery(alice, **{"state": State.SENT, **fields})
    tap_all(phone)

    assert clear() == 0


def test_the_messages_of_another_user_stay(alice, bob, bobs_phone, clear):
    delivery(alice, state=State.SENT)
    reminded(bob)
    tap_all(bobs_phone)

    assert clear() == 0


@pytest.mark.parametrize(("on", "cleared"), [(True, 2), (False, 0)])
def test_a_rest_day_clears_each_of_its_sessions(alice, phone, clear, on, cleared):
    delivery(alice, state=State.SENT)
    delivery(alice, state=State.SENT, slot="midday")
    phone.send({**a_tick(day="2026-11-20"), "kind": "rest_day", "on": on})

    assert clear() == cleared


def test_a_session_that_is_only_begun_clears_nothing_until_it_is_done(alice, phone, clear):
    delivery(alice, state=State.SENT)
    tap_all(phone, exercises=ALL_EXERCISES[:3])
    assert clear() == 0
    assert states() == [State.SENT]

    tap_all(phone, exercises=ALL_EXERCISES[3:])
    assert clear() == 1


def test_a_session_that_was_looked_at_is_not_read_again_without_a_new_set(alice, phone, clear, monkeypatch):
    delivery(alice, state=State.SENT)
    phone.tap()
    clear()
    monkeypatch.setattr(clearing, "still_open", None)

    assert clear() == 0


def test_a_set_during_the_look_is_looked_at_too(alice, phone, clear, monkeypatch):
    delivery(alice, state=State.SENT)
    tap_all(phone, exercises=ALL_EXERCISES[:3])

    def look_and_tap(*asked):
        found = before(*asked)
        monkeypatch.setattr(clearing, "still_open", before)
        tap_all(phone, exercises=ALL_EXERCISES[3:])
        return found

    before = clearing.still_open
    monkeypatch.setattr(clearing, "still_open", look_and_tap)

    assert [clear(), clear()] == [0, 1]


def test_a_set_while_the_message_is_sent_clears_it_afterwards(alice, phone, clear):
    delivery(alice, device="a")
    [claimed] = claim(Channel.PUSH, 9, FRIDAY)
    tap_all(phone)
    assert clear() == 0
    settle([(claimed, SENT)])

    assert clear() == 1


def test_a_session_done_again_after_an_undo_is_cleared_again(alice, phone, clear):
    delivery(alice, state=State.SENT, device="a")
    ticks = tap_all(phone)
    assert clear() == 1
    Delivery.objects.filter(turn=CLEAR).update(state=State.SENT)
    phone.undo(ticks[0]["id"])
    delivery(alice, state=State.SENT, device="a", turn=2)
    phone.tap(exercise=ALL_EXERCISES[0])

    assert clear() == 1
    assert states(turn=CLEAR) == [State.WAITING]
