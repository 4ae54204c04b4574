"""Writes a believable history: someone begins, finds a rhythm, is away for a while, comes back."""

import math
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, islice
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import transaction

from exercises.models import (
    FACTS,
    CompletedSet,
    DayNote,
    PainRating,
    Plan,
    Preferences,
    Prescription,
    Reason,
    RestDay,
    Session,
    Site,
    Slot,
    User,
)
from exercises.models.prescription import usual_plan
from exercises.models.training import Fact
from exercises.record.staging import Staging
from exercises.rules.plan_ladder import RUNGS, amount_on

MOST_DAYS = 36_500
BEGINS = {Slot.MORNING: time(7, 10), Slot.MIDDAY: time(12, 30), Slot.EVENING: time(19, 45)}
STEPS = 28, 70, 112  # days from the first one on which the next rung of the plan is taken
AWAY_EVERY, AWAY_FOR = 120, 9  # days: three holidays a year
LIKELY = {Slot.MORNING: 0.93, Slot.MIDDAY: 0.72, Slot.EVENING: 0.84}
HURTS = {Site.LOW_BACK: (5.4, 3.6), Site.LEFT_KNEE: (3.2, 2.6)}  # the mean scores, at first and when settled
SETTLED = 300  # days
SAYS_AT, OFTEN = time(20, 40), 0.8
WAVE = 150  # days: pain rises and falls slowly, whatever is done
BATCH = 2000
# By the number of days since the last holiday began.
NOTES = {
    0: "Off to the sea. The band stays at home.",
    9: "Back home. The first sets felt stiff.",
    40: "A long walk in new shoes.",
    75: "Sat on a chair for the circles.",
}
DIGEST = "demo"  # marks rows of the demo, which have no payload


def write(user: User, today: date, days: int) -> None:
    """Replace all facts of this user with `days` days of history up to yesterday, in one short transaction."""
    first = today - timedelta(days=days)
    rows = _plan_rows(user, first, days)
    plan = Plan(rows)
    past = [first + timedelta(days=number) for number in range(days)]
    with Staging() as staging:
        for facts in _history(user, plan, past):
            rest = iter(facts)
            while batch := list(islice(rest, BATCH)):
                staging.add(batch)
        with transaction.atomic():
            _begin_again(user, rows)
            staging.move(user)
    user.forget_plan()


def _history(user: User, plan: Plan, past: list[date]) -> Iterator[Iterable[Fact]]:
    sets = [each for number, day in enumerate(past) for each in _day(user, plan, day, number)]
    yield sets
    yield _sessions(sets)
    yield (_away(user, day) for day in past if _is_away(day))
    yield (_note(user, day) for day in past if _days_away(day) in NOTES)
    yield (each for number, day in enumerate(past) for each in _pain(user, day, number))


def _plan_rows(user: User, first: date, days: int) -> list[Prescription]:
    """From the starter plan to the usual one, a step at a time. A short history has the usual plan throughout."""
    usual = usual_plan(user, first)
    if days <= STEPS[-1]:
        return usual
    begun = zip(RUNGS, (first, *(first + timedelta(days=number) for number in STEPS)), strict=True)
    return [each.changed(since=day, **_amount(each, rung)) for rung, day in begun for each in usual]


def _amount(each: Prescription, rung: int) -> dict[str, int]:
    amount = amount_on(rung, each.exercise.slug, each.variant)
    return amount._asdict() if amount else {}


def _begin_again(user: User, rows: list[Prescription]) -> None:
    """Delete everything of the user, and begin this plan."""
    for fact in FACTS:
        fact._default_manager.filter(user=user).delete()
    Prescription.objects.filter(user=user).delete()
    Preferences.objects.filter(user=user).delete()
    # Reminders were offered long ago in this history.
    Preferences.objects.create(user=user, pain_sites=" ".join(HURTS), reminders_offered=True)
    Prescription.objects.bulk_create(rows)


def _sessions(sets: list[CompletedSet]) -> Iterator[Session]:
    """The sessions of the timed sets, each from 70 seconds before its first set to its last set."""
    timed = [each for each in sets if each.session]
    for uuid, group in groupby(timed, key=attrgetter("session")):
        of_one = list(group)
        first, last = of_one[0], of_one[-1]
        yield Session(
            user=first.user,
            uuid=uuid,
            digest=DIGEST,
            slot=first.slot,
            day=first.day,
            time_zone=first.time_zone,
            started_at=first.completed_at - timedelta(seconds=70),
            finished_at=last.completed_at,
        )


def can_replace(user: User) -> bool:
    """Whether the account holds only facts of the demo, so that replacing them loses nothing of a person."""
    return not any(model._default_manager.filter(user=user).exclude(digest=DIGEST).exists() for model in FACTS)


def _day(user: User, plan: Plan, day: date, number: int) -> Iterator[CompletedSet]:
    """The sets of one day. Its random numbers depend on the day only, so each run gives the same sets."""
    chance = random.Random(f"footcare {day.isoformat()}")
    if _is_away(day):
        return
    habit = min(1.0, 0.75 + number / 160)
    for slot, likely in LIKELY.items():
        if chance.random() < likely * habit:
            yield from _session(user, plan, day, slot, chance)


def _session(user: User, plan: Plan, day: date, slot: Slot, chance: random.Random) -> Iterator[CompletedSet]:
    """One session, mostly with the timer. Sometimes the last exercise is missing."""
    at = datetime.combine(day, BEGINS[slot], UTC) + timedelta(minutes=chance.randrange(40))
    session = _uuid(chance)
    source = CompletedSet.Source.TIMED if chance.random() < 0.8 else CompletedSet.Source.TICKED
    due = plan.session(day, slot)
    for prescription in due if chance.random() < 0.9 else due[:-1]:
        dose = prescription.dose
        at += timedelta(seconds=2 * dose.total_reps * dose.effort_seconds)
        yield CompletedSet(
            user=user,
            uuid=_uuid(chance),
            digest=DIGEST,
            exercise=prescription.exercise,
            slot=slot,
            session=session if source == CompletedSet.Source.TIMED else None,
            completed_at=at,
            day=day,
            time_zone="UTC",
            source=source,
            reps=dose.total_reps,
            dose_reps=dose.total_reps,
            dose_effort_seconds=dose.effort_seconds,
            dose_pause_seconds=dose.pause_seconds,
        )


def _days_away(day: date) -> int:
    """Days since the last holiday began, from 0."""
    return day.toordinal() % AWAY_EVERY


def _is_away(day: date) -> bool:
    return _days_away(day) < AWAY_FOR


def _away(user: User, day: date) -> RestDay:
    return RestDay(**_day_fact(user, day, "away"), reason=Reason.AWAY, on=True)


def _note(user: User, day: date) -> DayNote:
    return DayNote(**_day_fact(user, day, "note"), text=NOTES[_days_away(day)])


def _day_fact(user: User, day: date, what: str) -> dict[str, Any]:
    """The common fields of a fact about that day, said at 20:00."""
    uuid = _uuid(random.Random(f"footcare {what} {day.isoformat()}"))
    return {"user": user, "uuid": uuid, "digest": DIGEST, "day": day, "said_at": datetime.combine(day, time(20), UTC)}


def _pain(user: User, day: date, number: int) -> Iterator[PainRating]:
    """The pain ratings of one evening, if any. They do not depend on the sets, and there are none on holidays."""
    chance = random.Random(f"footcare pain {day.isoformat()}")
    if _is_away(day) or chance.random() > OFTEN:
        return
    for place, (site, (first, settled)) in enumerate(HURTS.items()):
        usual = first + (settled - first) * min(number / SETTLED, 1)
        slow = 0.5 * math.sin(2 * math.pi * (day.toordinal() / WAVE + place / 3))
        score = round(usual + slow + chance.gauss(0, 0.9))
        yield PainRating(
            user=user,
            uuid=_uuid(chance),
            digest=DIGEST,
            day=day,
            said_at=datetime.combine(day, SAYS_AT, UTC) + timedelta(minutes=chance.randrange(30)),
            site=site,
            score=min(max(score, 0), 10),
        )


def _uuid(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
