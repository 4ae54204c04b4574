"""Sets, undos and rest days in any order: the record is what a plain model says."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exercises.catalogue.exercises import CATALOGUE
from exercises.loaders import history_of
from exercises.models import User
from exercises.record.parsing import read
from exercises.record.recording import record
from tests.support.phone import FRIDAY
from tests.support.usual_plan import ALL_EXERCISES, SESSION_SLOTS, plan_since

pytestmark = pytest.mark.django_db

TODAY = FRIDAY.date()
DAYS = [TODAY - timedelta(days=number) for number in range(3)]
PLANNED = {(slot, entry.slug) for entry in CATALOGUE for slot in SESSION_SLOTS if slot != "midday" or entry.midday}

a_day = st.sampled_from(DAYS)
few = st.sampled_from(ALL_EXERCISES[:2])
a_set = st.tuples(st.just("set"), a_day, st.sampled_from(["morning", "midday", "extra"]), few)
rest = st.tuples(st.just("rest_day"), a_day, st.sampled_from(["rest", "sick"]), st.booleans())
undo = st.tuples(st.just("undo"), st.integers(0, 11))
acts = st.lists(a_set | rest | undo, min_size=1, max_size=12)


def events_of(told):
    """As a phone would send them, each a minute after the one before."""
    ids = [str(uuid4()) for _ in told]
    for number, (kind, *about) in enumerate(told):
        at = (FRIDAY - timedelta(minutes=30 - number)).isoformat()
        yield {"kind": kind, "id": ids[number], "timezone": "UTC", **FIELDS[kind](about, at, ids)}


def fields_of_set(about, at, ids):
    day, slot, exercise = about
    return {"exercise": exercise, "slot": slot, "completed_at": f"{day}T07:00:00+00:00", "source": "backdated"}


def fields_of_rest_day(about, at, ids):
    day, reason, on = about
    return {"day": str(day), "reason": reason, "on": on, "said_at": at}


def fields_of_undo(about, at, ids):
    (place,) = about
    return {"target": ids[place % len(ids)]}


FIELDS = {"set": fields_of_set, "rest_day": fields_of_rest_day, "undo": fields_of_undo}


def model(told):
    """{day: (why it is excused, sets due, sets done)}: loops, and nothing of what is tested."""
    undone = {about[0] % len(told) for kind, *about in told if kind == "undo"}
    kept = [act for number, act in enumerate(told) if number not in undone]
    found = {}
    for day in DAYS:
        reason = ""
        for kind, *about in kept:
            if kind == "rest_day" and about[0] == day:
                reason = about[1] if about[2] else ""
        marks = {(about[1], about[2]) for kind, *about in kept if kind == "set" and about[0] == day}
        found[day] = (reason, 0, 0) if reason else ("", len(PLANNED), len(marks & PLANNED))
    return found


def kept_of(user) -> dict[date, tuple]:
    history = history_of(User.objects.get(pk=user.pk), TODAY, DAYS[-1], DAYS[0])
    shown = {day: history.day(day) for day in DAYS}
    return {day: (each.excused, each.due, each.adherence.done) for day, each in shown.items()}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts, st.randoms(use_true_random=False))
def test_in_any_order_of_events_the_record_is_what_a_plain_model_says(alice, told, chance):
    plan_since(alice, "2026-09-02")
    events = list(events_of(told))
    chance.shuffle(events)
    with transaction.atomic():
        for event in [*events, events[0]]:
            record(User.objects.get(pk=alice.pk), read(event), FRIDAY)
        kept = kept_of(alice)
        transaction.set_rollback(True)

    assert kept == model(told)
