"""Today of each person: in another state in each round, and what the person asks for then."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from exercises.models import FACTS, SESSION_SLOTS, CompletedSet, Plan, Prescription, RestDay, Slot, User
from exercises.rules.adherence import Mark
from exercises.rules.days import week_name
from tools.bench.people import HISTORY, a_rest_day, a_set, amount, chance
from tools.bench.turns import state_of

TODAY = "today"  # the digest of a day in a state
WEEKS_BACK = 10


@dataclass
class Today:
    """What one person has done and changed today."""

    user: User
    day: date
    plan: Plan
    changes: list[Prescription] = field(default_factory=list)
    sets: list[CompletedSet] = field(default_factory=list)
    rest: list[RestDay] = field(default_factory=list)


def write(number: int, now: datetime) -> list[dict[str, Any]]:
    """Gives each person the day of round `number`. Returns what each asks for: (path, fields of a form or None)."""
    users = list(User.objects.filter(email__startswith="person").select_related("preferences").order_by("pk"))
    with transaction.atomic():
        _forget(users, now)
        days = [_today(person, user, number, now) for person, user in enumerate(users)]
        Prescription.objects.bulk_create([each for day in days for each in day.changes])
        CompletedSet.objects.bulk_create([each for day in days for each in day.sets])
        RestDay.objects.bulk_create([each for day in days for each in day.rest])
    return [_asks(person, day, number) for person, day in enumerate(days)]


def _forget(users: list[User], now: datetime) -> None:
    """Removes the days of the round before, and what was ticked and undone in it."""
    for fact in FACTS:
        fact._default_manager.filter(user__in=users).exclude(digest=HISTORY).delete()
    Prescription.objects.filter(user__in=users, since__gte=now.date() - timedelta(days=2)).delete()


def _today(person: int, user: User, number: int, now: datetime) -> Today:
    state, luck = state_of(person, number), chance("today", person, number)
    today = Today(user, user.preferences.day(now), user.plan)
    if state == "changed":
        today.changes = [_changed(person, luck.choice(today.plan.on(today.day)), today.day, number)]
        today.plan = Plan((*today.plan.prescriptions, *today.changes))
    due = today.plan.due(today.day)
    least, most = {"done": (len(due), len(due)), "rest": (1, 1)}.get(state, (1, len(due) - 1))
    today.sets = [_set(luck, today, mark) for mark in luck.sample(due, luck.randint(least, most))]
    if state == "extra":
        today.sets += [_set(luck, today, Mark(Slot.EXTRA, mark.exercise)) for mark in luck.choices(due, k=2)]
    if state == "rest":
        today.rest = [a_rest_day(luck, user, today.day)]
    for fact in (*today.sets, *today.rest):
        fact.digest = TODAY
    return today


def _changed(person: int, before: Prescription, day: date, number: int) -> Prescription:
    return before.changed(since=day, **amount(person + 1, before.exercise, f"round {number}"))


def _set(luck: Random, today: Today, mark: Mark) -> CompletedSet:
    prescription = next(each for each in today.plan.on(today.day) if each.exercise.slug == mark.exercise)
    return a_set(luck, today.user, prescription, mark.slot, today.day)


def _asks(person: int, today: Today, number: int) -> dict[str, Any]:
    """A tick fills an open mark if there is one, and an undo takes back a set of today."""
    luck, zone = chance("asks", person, number), {"timezone": today.user.preferences.time_zone}
    due, done = today.plan.due(today.day), {(each.slot, each.exercise.slug) for each in today.sets}
    slot, exercise = luck.choice([mark for mark in due if mark not in done] or due)
    paged = state_of(person, number) == "paged"
    return {
        "today": ("/", None),
        "progress": (f"/progress/{_week(luck, today) if paged else ''}", None),
        "session": (_session(luck, exercise), None),
        "tick": ("/sets/", {"exercise": exercise, "slot": slot, **zone}),
        "undo": (f"/sets/{today.sets[0].uuid}/undo/", zone),
    }


def _week(luck: Random, today: Today) -> str:
    first = today.user.preferences.week(today.day)[0] - timedelta(weeks=luck.randint(1, WEEKS_BACK))
    return f"?week={week_name(first)}"


def _session(luck: Random, exercise: str) -> str:
    """Mostly a session of the plan, one of five on a chair; one of eight is an exercise alone."""
    seated = "seated=1" if luck.random() < 0.2 else ""
    if luck.random() < 0.125:
        return f"/session/extra/?exercise={exercise}&{seated}".rstrip("&")
    return f"/session/{luck.choice(SESSION_SLOTS)}/?{seated}".rstrip("?")
