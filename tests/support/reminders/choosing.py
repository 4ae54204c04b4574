"""Chooses who is due a reminder, so long after FRIDAY, and says what was written."""

from datetime import timedelta

from exercises.models import Delivery, State
from exercises.reminders.choosing import Chooser
from tests.support.phone import FRIDAY, a_tick
from tests.support.usual_plan import ALL_EXERCISES

MINUTE = timedelta(minutes=1)


def choose(after=timedelta(0), chooser=None):
    (chooser or Chooser()).choose(FRIDAY + after)


def written(**fields):
    return sorted(Delivery.objects.filter(**fields).values_list("user__email", "day", "slot", "turn", "channel"))


def tap_all(phone, slot="morning", exercises=ALL_EXERCISES):
    ticks = [a_tick(exercise=exercise, slot=slot) for exercise in exercises]
    assert {phone.tap(tick).status_code for tick in ticks} == {200}
    return ticks


def sent(minutes=0, **fields):
    Delivery.objects.filter(turn=1, **fields).update(state=State.SENT, claimed_at=FRIDAY + minutes * MINUTE)
