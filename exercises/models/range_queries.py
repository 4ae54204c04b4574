"""Every compiled query: the facts of a user in a range of days, and what each request asks for by one key.

All of them are here, so that compiled_query.py can be deleted by editing this one file. The models that call this
module (User) are looked up when a query is compiled, and not imported.
"""

from collections.abc import Iterable
from datetime import date, datetime
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session as LoginSession
from django.db import models
from django.db.models import CharField, DateField, Exists, IntegerField, OuterRef, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Cast

from exercises.models.choices import SESSION_SLOTS
from exercises.models.compiled_query import FIRST, LAST, USER, CompiledQuery, Param, column_names, from_row
from exercises.models.day_facts import DayNote, PainRating, RestDay, excused
from exercises.models.exercise import Exercise
from exercises.models.packed_sets import PACKED_SETS, CommaList, DailySets, Joined
from exercises.models.plan import Plan
from exercises.models.preferences import Preferences
from exercises.models.prescription import Prescription
from exercises.models.stored_prescription import PACKED, StoredPrescription
from exercises.models.training import CompletedSet, Fact, Session, SetRow, Undo
from exercises.models.variant import name_of

if TYPE_CHECKING:
    from exercises.models.user import User

SINCE = Param("since", DateField())
NO_EXERCISE, NO_DOSE = Value("", CharField()), Value(0, IntegerField())

FACTS: tuple[type[Fact], ...] = (CompletedSet, Undo, Session, RestDay, PainRating, DayNote)


# Sets and rest days together


def days_of(user: "User", first: date, last: date) -> tuple[list[SetRow], dict[date, str]]:
    """The sets of these days, oldest first, and the excused days with their reasons.

    It is one query, because a tick has a query budget. In its rows a rest day is a set without an exercise.
    """
    return _sets_and_rest(DAYS.rows(user=user.pk, first=first, last=last))


def days_after(
    user: "User", since: date, first: date, last: date
) -> tuple[list[SetRow], dict[date, str], dict[date, DailySets]]:
    """The same with what came before them, from `since` on: sets packed by day, and more excused days.

    It is one query, because Today has a query budget. In its rows a packed day has no id.
    """
    found = DAYS_AFTER.rows(user=user.pk, since=since, first=first, last=last)
    packed = {day: DailySets(sets) for uuid, day, sets, *_ in found if not uuid}
    return *_sets_and_rest(row for row in found if row[0]), packed


def _sets_and_rest(found: Iterable[tuple]) -> tuple[list[SetRow], dict[date, str]]:
    sets, rest = [], []
    for *row, _at in found:
        if row[3]:
            sets.append(SetRow(*row))
        else:
            rest.append((row[1], row[2], bool(row[4])))
    return sets, excused(rest)


def _days() -> QuerySet:
    return _sets().union(_rest(FIRST), all=True).order_by("completed_at", "uuid")


def _days_after() -> QuerySet:
    before = CompletedSet.objects.of(USER).not_undone().filter(day__gte=SINCE, day__lt=FIRST).order_by().values("day")
    no_id: dict[str, Any] = {"id": Value(None, UUIDField())}
    as_sets: dict[str, Any] = {"sets": PACKED_SETS, "exercise": NO_EXERCISE, "reps": NO_DOSE, "dose": NO_DOSE}
    as_sets |= {"at": Value(None, models.DateTimeField())}
    packed = before.annotate(**no_id, **as_sets).values_list(*no_id, "day", *as_sets)
    return _sets().union(_rest(SINCE), packed, all=True).order_by("completed_at", "uuid")


def _sets() -> QuerySet:
    columns = ("uuid", "day", "slot", "exercise__slug", "reps", "dose_reps", "completed_at")
    return CompletedSet.objects.of(USER).not_undone().between(FIRST, LAST).order_by().values_list(*columns)


def _rest(first: Param) -> QuerySet:
    as_sets = ("uuid", "day", "reason", NO_EXERCISE, Cast("on", IntegerField()), NO_DOSE, "said_at")
    return RestDay.objects.of(USER).not_undone().between(first, LAST).order_by().values_list(*as_sets)


DAYS, DAYS_AFTER = CompiledQuery(_days), CompiledQuery(_days_after)


def sets_of_session(user: "User", session: UUID, first: date, last: date) -> list[SetRow]:
    """The sets of a session in these days, oldest first."""
    return [SetRow(*row[:-1]) for row in SESSION_SETS.rows(user=user.pk, session=session, first=first, last=last)]


SESSION_SETS = CompiledQuery(
    lambda: (
        CompletedSet.objects.of(USER)
        .not_undone()
        .between(FIRST, LAST)
        .filter(session=Param("session", UUIDField()))
        .order_by("completed_at", "uuid")
        .values_list("uuid", "day", "slot", "exercise__slug", "reps", "dose_reps", "completed_at")
    )
)


class MarkedSet(NamedTuple):
    """One of the sets of a mark."""

    row: SetRow
    name: str  # of the exercise, in the variant that the plan had when the set was written
    undone: bool


def sets_of_mark(user: "User", uuid: UUID) -> list[MarkedSet]:
    """The sets with the exercise, slot and day of the set of that id, oldest first. Empty without such a set."""
    rows = SETS_OF_MARK.rows(user=user.pk, uuid=uuid)
    return [
        MarkedSet(SetRow(*row), name_of(row[3], name, variant), bool(undone))
        for *row, name, variant, undone, _at in rows
    ]


def _sets_of_mark() -> QuerySet:
    named = CompletedSet.objects.filter(user=USER, uuid=Param("uuid", UUIDField()))
    same = {name: Subquery(named.values(name)) for name in ("exercise", "slot", "day")}
    undone = Exists(Undo.objects.filter(user=OuterRef("user"), target=OuterRef("uuid")))
    columns = ("uuid", "day", "slot", "exercise__slug", "reps", "dose_reps", "exercise__name", "dose_variant")
    return (
        CompletedSet.objects.of(USER)
        .filter(**same)
        .order_by("completed_at", "uuid")
        .values_list(*columns, undone, "completed_at")
    )


SETS_OF_MARK = CompiledQuery(_sets_of_mark)


# Sets, packed by day, and rest days


def packed_days(user: "User", first: date, last: date) -> tuple[dict[date, DailySets], dict[date, str]]:
    """The sets of each of these days that has any, in no order, and the excused days with their reasons.

    It is one query, because Today has a query budget. In its rows a rest day is a day without sets.
    """
    found = PACKED_DAYS.rows(user=user.pk, first=first, last=last)
    sets = {day: DailySets(sets, sources) for day, sets, sources, *_ in found if sets}
    rest = sorted((row for row in found if not row[1]), key=itemgetter(4, 5))  # in the order they were said
    return sets, excused((day, reason, bool(on)) for day, _sets, reason, on, *_ in rest)


def _packed_days() -> QuerySet:
    text = models.TextField()
    sets = CompletedSet.objects.of(USER).not_undone().between(FIRST, LAST).order_by().values("day")
    packed: dict[str, Any] = {"sets": PACKED_SETS, "sources": CommaList("source")}
    packed |= {"on": Value(0, IntegerField()), "at": models.Min("completed_at"), "name": Value("", text)}
    rest = RestDay.objects.of(USER).not_undone().between(FIRST, LAST).order_by()
    as_sets = ("day", Value("", text), "reason", Cast("on", IntegerField()), "said_at", Cast("uuid", text))
    return sets.annotate(**packed).values_list("day", *packed).union(rest.values_list(*as_sets), all=True)


PACKED_DAYS = CompiledQuery(_packed_days)


# Pain


def scores_between(user: "User", first: date, last: date) -> dict[tuple[date, str], int]:
    """The last score of each day and site, days in order."""
    last_said = {(day, site): score for day, site, score in SCORES.rows(user=user.pk, first=first, last=last)}
    return dict(sorted(last_said.items()))


def _ratings(*columns: str) -> QuerySet:
    return PainRating.objects.of(USER).not_undone().between(FIRST, LAST).oldest_first().values_list(*columns)


SCORES = CompiledQuery(lambda: _ratings("day", "site", "score"))


class Rating(NamedTuple):
    """What the pain question needs of an answer."""

    uuid: UUID
    day: date
    site: str
    score: int


def ratings_between(user: "User", first: date, last: date) -> list[Rating]:
    """All answers of these days that were not undone: days in order, within a day as they were said."""
    ratings = map(Rating._make, RATINGS.rows(user=user.pk, first=first, last=last))
    return sorted(ratings, key=attrgetter("day"))


RATINGS = CompiledQuery(lambda: _ratings("uuid", "day", "site", "score"))


# By one key


def first_digest(user: "User", uuid: UUID) -> str | None:
    """The digest of the fact, of any kind, that this user sent first under that id."""
    return next((digest for (digest,) in DIGESTS.rows(user=user.pk, uuid=uuid)), None)


def _digests() -> QuerySet:
    key = {"user": USER, "uuid": Param("uuid", UUIDField())}
    of_each_kind = [model._default_manager.filter(**key).values_list("digest") for model in FACTS]
    return of_each_kind[0].union(*of_each_kind[1:], all=True)


DIGESTS = CompiledQuery(_digests)


def plan_of(user: "User") -> Plan:
    """All prescriptions of a user, with their exercises, each of which is made once."""
    stored: list[StoredPrescription] = []
    for *row, packed in PRESCRIPTIONS.rows(user=user.pk):
        exercise = from_row(Exercise, row)
        stored += [StoredPrescription(user.pk, exercise, text) for text in (packed or "").split(",") if text]
    return Plan(stored)


def _prescriptions() -> QuerySet:
    """A row for each exercise, with all its prescriptions as one text."""
    words: list[Any] = [Cast(name, IntegerField()) if name in SESSION_SLOTS else name for name in PACKED]
    spaced = [word for each in words for word in (each, Value(" "))][:-1]
    packed = CommaList(Joined(*spaced, output_field=models.TextField()))
    own = Prescription.objects.filter(user=USER, exercise=OuterRef("pk")).order_by().values("exercise")
    return Exercise.objects.values_list(*column_names(Exercise)).annotate(
        packed=Subquery(own.annotate(packed=packed).values("packed"))
    )


PRESCRIPTIONS = CompiledQuery(_prescriptions)


def user_of(pk: int) -> "User | None":
    """The user with that id, together with the preferences."""
    user_model = get_user_model()
    own = len(column_names(user_model))
    for row in USERS.rows(user=pk):
        user = from_row(user_model, row[:own])
        if row[own] is not None:
            user.preferences = from_row(Preferences, row[own:])
        return user
    return None


def _users() -> QuerySet:
    user_model = get_user_model()
    names = (*column_names(user_model), *column_names(Preferences, "preferences__"))
    return user_model.objects.filter(pk=USER).values_list(*names)


USERS = CompiledQuery(_users)

# `User.take_turn`: locks the row until the transaction ends. PostgreSQL only.
TURN = CompiledQuery(lambda: Preferences.objects.select_for_update(no_key=True).filter(user=USER).values_list("user"))


def login_session_data(key: str | None, now: datetime) -> str | None:
    """The encoded data of a log-in session that has not expired."""
    return next((data for (data,) in LOGIN_SESSIONS.rows(key=key, now=now)), None)


LOGIN_SESSIONS = CompiledQuery(
    lambda: LoginSession.objects.filter(
        session_key=Param("key", CharField()), expire_date__gt=Param("now", models.DateTimeField())
    ).values_list("session_data")
)
