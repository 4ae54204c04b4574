"""Records that speak for another plan, and the card that offers it."""

import re
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from exercises.models import CompletedSet, PainRating
from exercises.pages.plan_offer import key_of
from exercises.pages.plan_proposals import CurrentPlan
from tests.support.phone import FRIDAY
from tests.support.record import words_of
from tests.support.usual_plan import plan_since

TODAY = FRIDAY.date()
TAKE, LATER, UNDO = "/settings/plan/take/", "/settings/plan/later/", "/undo/step/"


def ago(days):
    return TODAY - timedelta(days=days)


def on_rung(user, rung):
    """The plan is on that rung from its first day on."""
    held = CurrentPlan(user.plan, user.plan.on(TODAY), TODAY)
    for each in held.on_rung(rung):
        amount = {"reps": each.reps, "effort_seconds": each.effort_seconds}
        user.prescriptions.filter(exercise=each.exercise_id).update(**amount)
    user.forget_plan()


def did(user, *days, exercises=4):
    """On these days all that was due of so many of the exercises."""
    CompletedSet.objects.bulk_create([
        CompletedSet(
            user=user,
            uuid=uuid4(),
            digest="made up",
            exercise=each.exercise,
            slot=slot,
            completed_at=_morning(day),
            day=day,
            time_zone="UTC",
            reps=each.dose.total_reps,
            dose_reps=each.dose.total_reps,
            dose_effort_seconds=each.effort_seconds,
            dose_pause_seconds=each.pause_seconds,
            source="ticked",
        )
        for day in days
        for each in user.plan.on(day)[:exercises]
        for slot in each.slots
    ])  # fmt: skip


def hurt(user, score, *days, site="low-back"):
    """How much it hurt on these days. The place is one that is asked about."""
    user.preferences.pain_sites = " ".join({*user.preferences.pain_sites.split(), site})
    user.preferences.save(update_fields=["pain_sites"])
    PainRating.objects.bulk_create([
        PainRating(
            user=user, uuid=uuid4(), digest="made up", day=day, said_at=_morning(day), site=site, score=score
        )
        for day in days
    ])  # fmt: skip


def a_good_week(user, rung=1):
    """What DOMAIN 8 asks for the next step."""
    on_rung(user, rung)
    did(user, *map(ago, range(1, 8)))


def two_bad_days(user, today=TODAY):
    """What DOMAIN 8 asks for a step down. The plan is so old at least."""
    days = [today - timedelta(days=n) for n in (1, 2)]
    if user.plan.first_day > days[-1]:
        plan_since(user, days[-1])
        user.forget_plan()
    did(user, *days)
    hurt(user, 6, *days)


def offer_on(client, path="/"):
    """The words of the card; empty without one."""
    card = re.search(r'<section class="grow".*?</section>', client.get(path).content.decode(), re.DOTALL)
    return words_of(card[0]) if card else ""


def key_on(client, path="/"):
    return re.search(r'name="plan" value="(\w+)"', client.get(path).content.decode())[1]


def take(client, path="/", **fields):
    return client.post(TAKE, {"plan": key_on(client, path), "next": path, **fields})


def undo_on(client, address):
    """The Undo that the page at this address offers."""
    return re.search(r'name="target" value="([^"]+)"', client.get(address).content.decode())[1]


def a_step(cast):
    """The step down that Alice's week with pain offers her, as its form sends it."""
    hurt(cast.alice, 7, ago(1), ago(2), ago(3), site="right-knee")
    held = CurrentPlan(cast.alice.plan, cast.alice.plan.on(TODAY), TODAY)
    return [{"plan": key_of(held.on_rung(held.rung - 1))}]


def a_taken_step(cast):
    """It was undone already."""
    return [{"target": f"{TODAY}:{key_of(cast.alice.plan.on(TODAY))}"}]


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(7), UTC)
