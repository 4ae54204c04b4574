"""Deliveries between senders: each is sent by one, and none is lost when a sender dies."""

import re
from datetime import timedelta
from functools import partial

import pytest

from exercises.models import Channel, Delivery, PushSubscription, State
from exercises.models.reminder import DeliveryQuerySet
from exercises.reminders.batches import in_batches
from exercises.reminders.claims import CLAIM, KEPT, MOST_TRIES, claim, delete_old, remove_gone, settle, sweep
from exercises.reminders.job import GONE, Job, Outcome
from tests.support.phone import FRIDAY
from tests.support.reminders.choosing import MINUTE
from tests.support.reminders.deliveries import delivery, states
from tests.support.reminders.stand_ins import SENT, device

pytestmark = pytest.mark.django_db


def claimed(*answers, after=timedelta(0), channel=Channel.PUSH):
    """Claims what waits, and settles it with these answers."""
    found = claim(channel, 9, FRIDAY + after)
    settle(zip(found, answers, strict=False))
    return found


def test_a_claim_takes_so_many_of_its_channel_and_in_turn(alice, bob):
    for minute in (3, 1, 2):
        delivery(alice, device=str(minute), not_before=FRIDAY + minute * MINUTE)
    delivery(alice, Channel.MAIL)
    now = FRIDAY + 5 * MINUTE

    taken = [claim(Channel.PUSH, 2, now), claim(Channel.PUSH, 2, now), claim(Channel.PUSH, 2, now)]
    assert [sorted(each.device for each in some) for some in taken] == [["1", "2"], ["3"], []]
    assert states() == [State.SENDING] * 3 + [State.WAITING]


@pytest.mark.parametrize("minutes", [-1, 90])
def test_nothing_is_claimed_before_or_after_its_time(alice, minutes):
    delivery(alice)

    assert claim(Channel.PUSH, 9, FRIDAY + minutes * MINUTE) == []


@pytest.mark.parametrize("state", [State.SENT, State.FAILED, State.MISSED])
def test_what_came_of_it_is_stored(alice, state):
    delivery(alice)
    claimed(Outcome(state, "what came"))

    assert list(Delivery.objects.values_list("state", "answer", "tries")) == [(state, "what came", 1)]


def test_what_failed_for_a_while_is_tried_again_then_and_not_without_end(alice):
    delivery(alice, until=FRIDAY + timedelta(hours=9))
    for number in range(MOST_TRIES):
        moment = FRIDAY + 5 * number * MINUTE
        assert claim(Channel.PUSH, 9, moment - MINUTE) == []
        claimed(Outcome(State.FAILED, "429", moment + 5 * MINUTE), after=moment - FRIDAY)

    assert list(Delivery.objects.values_list("state", "answer")) == [(State.FAILED, "429")]


@pytest.mark.parametrize(
    ("channel", "repeats", "state"),
    [(Channel.PUSH, False, State.FAILED), (Channel.MAIL, True, State.WAITING)],
)
@pytest.mark.parametrize("after", [CLAIM, -2 * CLAIM], ids=["died", "clock set back"])
def test_the_claim_of_a_sender_that_died_ends(alice, channel, repeats, state, after):
    delivery(alice, channel)
    claimed(channel=channel)
    sweep(channel, repeats, FRIDAY + after / 2)
    assert states() == [State.SENDING]

    sweep(channel, repeats, FRIDAY + after)
    assert states() == [state]


def test_a_mail_on_which_every_sender_dies_is_given_up(alice):
    delivery(alice, Channel.MAIL)
    for number in range(MOST_TRIES):
        assert len(claimed(channel=Channel.MAIL, after=number * CLAIM)) == 1
        sweep(Channel.MAIL, True, FRIDAY + (number + 1) * CLAIM)

    assert states() == [State.FAILED]


def test_what_waits_too_long_is_missed(alice):
    delivery(alice)
    sweep(Channel.PUSH, False, FRIDAY + 90 * MINUTE)

    assert states() == [State.MISSED]


def test_a_sender_that_only_was_slow_still_tells_that_it_was_sent(alice):
    delivery(alice)
    [own] = claimed()
    sweep(Channel.PUSH, False, FRIDAY + CLAIM)
    settle([(own, SENT)])

    assert states() == [State.SENT]


def test_what_a_device_has_closed_meanwhile_stays_closed(alice):
    """A sender stores what came of a message once more if an error came after it."""
    delivery(alice)
    [own] = claimed(SENT)
    Delivery.objects.all().close()
    settle([(own, SENT)])

    assert states() == [State.CLOSED]


def test_a_slow_sender_changes_nothing_of_what_another_one_has_by_now(alice):
    delivery(alice, Channel.MAIL)
    [own] = claimed(channel=Channel.MAIL)
    sweep(Channel.MAIL, True, FRIDAY + CLAIM)
    claimed(channel=Channel.MAIL, after=CLAIM)
    settle([(own, Outcome(State.FAILED, "550"))])

    assert states() == [State.SENDING]


def test_what_came_of_a_message_to_an_erased_account_is_dropped(alice):
    delivery(alice)
    [own] = claimed()
    alice.delete()
    settle([(own, SENT)])

    assert states() == []


@pytest.mark.parametrize(("changed", "left"), [({}, 1), ({"digest": "of a new endpoint"}, 2)])
def test_a_device_that_is_gone_is_removed_unless_it_subscribed_again(alice, changed, left):
    gone, other = device(alice), device(alice)
    own = delivery(alice, device=str(gone.uuid))
    PushSubscription.objects.filter(uuid=gone.uuid).update(**changed)
    outcomes = [(Job(own, alice, None, gone), Outcome(State.FAILED, GONE)), (Job(own, alice, None, other), SENT)]
    remove_gone(outcomes)

    assert PushSubscription.objects.count() == left


def test_old_deliveries_are_deleted_so_many_at_a_time(alice, monkeypatch):
    monkeypatch.setattr("exercises.reminders.claims.DELETED", 2)
    monkeypatch.setattr("exercises.reminders.claims.in_batches", partial(in_batches, size=1))
    for days in range(4):
        delivery(alice, device=str(days), until=FRIDAY + timedelta(days=days), state=State.SENT)

    left = []
    for _ in range(3):
        delete_old(FRIDAY + KEPT + timedelta(days=2))
        left.append(sorted(Delivery.objects.values_list("device", flat=True)))
    assert left == [["2", "3"], ["3"], ["3"]]


@pytest.mark.one_database  # PostgreSQL plans by the sizes of tables, which are tiny here
def test_no_look_reads_the_deliveries_of_two_weeks(alice, monkeypatch):
    """Those that are sent are in neither index."""
    plans = []
    monkeypatch.setattr(DeliveryQuerySet, "exists", lambda rows: plans.append(rows.explain()))
    claim(Channel.PUSH, 9, FRIDAY)
    sweep(Channel.PUSH, False, FRIDAY)

    indexes = [re.search(r"USING INDEX (\w+) \(channel=\?", plan)[1] for plan in plans]
    assert indexes == ["delivery_to_send", "delivery_to_send", "delivery_claimed"]
