"""Storms on one id: real threads, real connections, real commits."""

import random

import pytest

from exercises.models import CompletedSet, Session, Undo
from tests.conftest import logged_in
from tests.support.phone import Phone, a_set, a_tick, an_undo
from tests.support.threads import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("friday_morning")]


def test_the_same_tick_32_times_in_parallel_is_one_set(alice):
    tick = a_tick()
    answers = all_at_once([lambda: Phone(logged_in(alice)).tap(tick).status_code] * 32)

    assert answers == [200] * 32
    assert CompletedSet.objects.count() == 1


def test_a_tick_and_its_undo_32_times_in_parallel_are_one_undone_set(alice):
    tick = a_set()
    events = [tick, an_undo(tick["id"])] * 16
    random.Random(7).shuffle(events)
    answers = all_at_once([lambda event=event: Phone(logged_in(alice)).answers(event) for event in events])

    assert sorted(answer for (answer,) in answers) == ["created"] * 2 + ["duplicate"] * 30
    assert (CompletedSet.objects.count(), Undo.objects.count()) == (1, 1)
    assert Phone(logged_in(alice)).sets() == []


def test_two_payloads_racing_for_one_id_leave_the_first(alice):
    tick = a_set()
    rivals = [{**tick, "exercise": name} for name in ("toe-presses", "ankle-circles")] * 8
    answers = all_at_once([lambda event=event: Phone(logged_in(alice)).answers(event) for event in rivals])

    assert sorted(answer for (answer,) in answers) == ["created"] + ["duplicate"] * 7 + ["rejected"] * 8
    assert CompletedSet.objects.count() == 1


def test_both_users_keep_their_set_when_their_ids_collide_in_parallel(alice, bob):
    tick = a_tick()
    all_at_once([lambda user=user: Phone(logged_in(user)).tap(tick) for user in (alice, bob) * 8])

    assert sorted(CompletedSet.objects.values_list("user_id", flat=True)) == sorted([alice.pk, bob.pk])


def test_one_id_of_a_set_an_undo_and_a_session_at_once_is_one_of_them(alice):
    tick = a_set()
    started = {"kind": "session", "id": tick["id"], "slot": "morning", "started_at": tick["completed_at"]}
    rivals = [tick, an_undo(tick["id"], id=tick["id"]), started] * 4
    all_at_once([lambda event=event: Phone(logged_in(alice)).send(event) for event in rivals])

    assert sum(model.objects.count() for model in (CompletedSet, Undo, Session)) == 1


def test_ticks_without_a_slot_take_one_slot_each_when_they_come_at_once(alice):
    all_at_once([lambda: Phone(logged_in(alice)).tap(slot=None)] * 5)

    slots = [each["slot"] for each in Phone(logged_in(alice)).sets()]
    assert sorted(slots) == ["evening", "extra", "extra", "midday", "morning"]
