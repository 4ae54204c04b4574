"""People with a plan, habits and a record of their own. All of it comes from their number: each run makes the same."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection

from exercises.catalogue.variants import VARIANTS
from exercises.models import (
    FACTS,
    SESSION_SLOTS,
    CompletedSet,
    Exercise,
    PainRating,
    Plan,
    Preferences,
    Prescription,
    Reason,
    RestDay,
    Slot,
    User,
)

HISTORY = "history"  # the digest of all rows of the past
BATCH = 2000
# Eleven, so that neighbours in one state of the day (there are six) do not share a zone too.
ZONES = (
    *("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "America/Los_Angeles"),
    *("Asia/Kolkata", "Africa/Nairobi", "America/Sao_Paulo", "Pacific/Auckland", "Asia/Dubai"),
)
SITES = ("", "low-back", "low-back left-knee")
BEGINS = {Slot.MORNING: time(7), Slot.MIDDAY: time(12), Slot.EVENING: time(19), Slot.EXTRA: time(21)}
LIKELY = {"morning": 0.9, "midday": 0.4, "evening": 0.85}  # an exercise is due then
CHANGES_EVERY = 90  # days: then one exercise gets another dose


def chance(*what: object) -> Random:
    """Random numbers that depend on `what` alone."""
    return Random(" ".join(map(str, what)))


def make(count: int, days: int, now: datetime) -> list[User]:
    """`count` users, each with so many days up to yesterday. The first changed nothing; all others did."""
    made = User.objects.bulk_create(User(email=f"person{person}@example.org") for person in range(count))
    for person, user in enumerate(made):
        user.preferences = _preferences(person, user)
        user.preferences.save(force_insert=True)
        today = user.preferences.day(now)
        past = [today - timedelta(days=ago) for ago in range(days, 0, -1)]
        rows = list(_prescriptions(person, user, past[0], today))
        Prescription.objects.bulk_create(rows)
        plan = Plan(tuple(rows))
        for model, kind in ((CompletedSet, _sets), (RestDay, _rest_days), (PainRating, _ratings)):
            facts = [fact for day in past for fact in kind(person, user, plan, day)]
            model._default_manager.bulk_create(facts, batch_size=BATCH)
    return made


def _preferences(person: int, user: User) -> Preferences:
    if not person:
        return Preferences(user=user)
    luck = chance("preferences", person)
    return Preferences(
        user=user,
        time_zone=ZONES[person % len(ZONES)],
        day_starts_at=luck.choice((0, 0, 3)),
        week_starts_on=luck.choice((0, 0, 6)),
        goal_days=luck.randint(3, 7),
        move_seconds=luck.choice((10, 15, 20)),
        pain_sites=luck.choice(SITES),
    )


def _prescriptions(person: int, user: User, first: date, today: date) -> Iterator[Prescription]:
    """The plan of the first day and its changes. The last days before today have none: they are left to today's."""
    exercises = list(Exercise.objects.all())
    begun, now = (_changes_up_to(person, day) for day in (first, today - timedelta(days=4)))
    for place, exercise in enumerate(exercises):
        last = begun - (begun - place) % len(exercises)
        yield Prescription(user=user, exercise=exercise, since=first, **amount(person, exercise, last))
    for change in range(begun + 1, now + 1):
        exercise, since = exercises[change % len(exercises)], date.fromordinal(change * CHANGES_EVERY - 7 * person)
        yield Prescription(user=user, exercise=exercise, since=since, **amount(person, exercise, change))


def _changes_up_to(person: int, day: date) -> int:
    """The number of the last change of the plan, the same however long the history is."""
    return (day.toordinal() + 7 * person) // CHANGES_EVERY


def amount(person: int, exercise: Exercise, change: object) -> dict[str, Any]:
    """The dose that a change of the plan brings. The first exercise stays in every session, so that none is empty."""
    if not person:
        return {name: getattr(exercise, name) for name in ("reps", "effort_seconds", "pause_seconds", "order", *LIKELY)}
    luck = chance("dose", person, exercise.slug, change)
    names = ("reps", "effort_seconds", "pause_seconds")
    return {
        **{name: max(1, round(getattr(exercise, name) * luck.uniform(0.5, 1.5))) for name in names},
        **{slot: luck.random() < likely or exercise.order == 1 for slot, likely in LIKELY.items()},
        "order": exercise.order,
        "variant": luck.choice(["", "", *(each.slug for each in VARIANTS[exercise.slug])]),
    }


def _sets(person: int, user: User, plan: Plan, day: date) -> Iterator[CompletedSet]:
    luck, habit = chance("sets", person, day), 0.5 + person % 10 / 20
    if _rests(person, day):
        return
    for slot in SESSION_SLOTS:
        source, session = luck.choice(("timed", "timed", "ticked", "backdated")), uuid(luck)
        for each in plan.session(day, slot) if luck.random() < habit else ():
            if luck.random() < 0.92:
                made = a_set(luck, user, each, slot, day)
                made.source, made.session = source, session if source == "timed" else None
                yield made
    if luck.random() < 0.07:
        yield a_set(luck, user, plan.on(day)[0], Slot.EXTRA, day)


def a_set(luck: Random, user: User, prescription: Prescription, slot: str, day: date) -> CompletedSet:
    """One set ticked that day; one of fourteen was stopped early."""
    dose, zone = prescription.dose, user.preferences.zone
    at = datetime.combine(day, BEGINS[Slot(slot)], zone).astimezone(UTC)
    return CompletedSet(
        user=user,
        uuid=uuid(luck),
        digest=HISTORY,
        exercise=prescription.exercise,
        slot=slot,
        completed_at=at + timedelta(minutes=luck.randrange(90)),
        day=day,
        time_zone=zone.key,
        source="ticked",
        reps=dose.total_reps if luck.random() < 0.93 else luck.randint(1, dose.total_reps),
        dose_reps=dose.total_reps,
        dose_effort_seconds=dose.effort_seconds,
        dose_pause_seconds=dose.pause_seconds,
        dose_variant=prescription.variant,
    )


def _rests(person: int, day: date) -> bool:
    """Six days of holidays in sixteen weeks, and a day now and then."""
    return (day.toordinal() + 17 * person) % 113 < 6 or chance("rest", person, day).random() < 0.04


def _rest_days(person: int, user: User, plan: Plan, day: date) -> Iterator[RestDay]:
    if _rests(person, day):
        yield a_rest_day(chance("reason", person, day), user, day)


def a_rest_day(luck: Random, user: User, day: date) -> RestDay:
    return RestDay(**_day_fact(luck, user, day), reason=luck.choice(Reason.values), on=True)


def _ratings(person: int, user: User, plan: Plan, day: date) -> Iterator[PainRating]:
    luck = chance("pain", person, day)
    for site in user.preferences.sites:
        if luck.random() < 0.7:
            yield PainRating(**_day_fact(luck, user, day), site=site, score=luck.randint(0, 10))


def _day_fact(luck: Random, user: User, day: date) -> dict[str, Any]:
    said_at = datetime.combine(day, time(20), UTC)
    return {"user": user, "uuid": uuid(luck), "digest": HISTORY, "day": day, "said_at": said_at}


def uuid(luck: Random) -> UUID:
    return UUID(int=luck.getrandbits(128), version=4)


def multiply(user: User, others: int) -> None:
    """Copies the record to other users, a hundred at a time and in SQL of SQLite, as there can be millions of rows."""
    User.objects.bulk_create(User(email=f"walker{number}@example.org") for number in range(others))
    first_other = User.objects.get(email="walker0@example.org").pk
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        for model in (Preferences, Prescription, *FACTS):
            for first in range(first_other, first_other + others, 100):
                cursor.execute(_copied(model), [user.pk, first, first + 99])


def _copied(model: Any) -> str:
    """SQL that copies the rows of one user to a range of users. Parameters: the id, first and last of the range."""
    columns = [field.column for field in model._meta.concrete_fields if field.column != "user_id"]
    listed, table = ", ".join(f'"{column}"' for column in columns), model._meta.db_table
    return (
        f"INSERT INTO {table} (user_id, {listed}) SELECT other.id, {listed} FROM exercises_user AS other, "
        f"(SELECT {listed} FROM {table} WHERE user_id = %s) WHERE other.id BETWEEN %s AND %s"
    )
