"""The one door through which facts enter: exactly once, in one transaction for each event.

Source: docs/architecture.md, Exactly once. A phone repeats events, out of order and in parallel. An id stands for one
event of one user forever: the same event gets the same answer, another event under that id is rejected and the first
stays. An undo wins before or after its set, because it is a fact of its own, looked up when sets are read.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import singledispatch
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exercises.models import CompletedSet, DayNote, Exercise, PainRating, Plan, RestDay, Session, Slot, Undo, User
from exercises.models.range_queries import first_digest
from exercises.models.training import Fact
from exercises.record.event_types import (
    DayEvent,
    DayExcused,
    DayNoted,
    Event,
    PainRated,
    SessionHeld,
    SetDone,
    SetUndone,
)
from exercises.record.parsing import Rejected
from exercises.record.plan_changes import begin_by
from exercises.rules.adherence import day_adherence

UNDOABLE: tuple[type[Fact], ...] = (CompletedSet, RestDay, PainRating, DayNote)
TOLERANCE = timedelta(minutes=5)
AHEAD = timedelta(days=366)  # a holiday is known before it comes
BEFORE_PLAN = gettext_lazy("This day is before the first day of your plan. You can move that day back in Settings.")


class Outcome(StrEnum):
    CREATED = "created"
    DUPLICATE = "duplicate"


def record(user: User, event: Event, now: datetime, sent_at: datetime | None = None) -> Outcome:
    """Store the event as a fact of this user. Raises Rejected with the reason.

    `now` is the clock of the server, `sent_at` the clock of the phone when it sent; both are aware. If they differ by
    more than TOLERANCE, the times of the event are corrected by the difference.
    """
    skew = now - sent_at if sent_at else timedelta(0)
    try:
        with transaction.atomic():
            return _stored(user, event, now, skew if abs(skew) > TOLERANCE else timedelta(0))
    except Rejected:
        user.forget_plan()  # the event may have moved its first day, which the rollback reverts
        raise


def _stored(user: User, event: Event, now: datetime, skew: timedelta) -> Outcome:
    user.take_turn()
    if first := first_digest(user, event.id):
        return _same_or_rejected(first, event)
    fact = _fact_of(event, user, now, skew)
    fact.user, fact.uuid, fact.digest = user, event.id, event.digest
    fact.save()
    return Outcome.CREATED


def record_all(user: User, events: Iterable[Event], now: datetime) -> None:
    """Store all events, or none if one is rejected."""
    with transaction.atomic():
        for event in events:
            record(user, event, now)


def undoable(user: User, uuids: Collection[UUID]) -> set[UUID]:
    """Those of these ids that are facts of this user which can be undone."""
    of_each_kind = [
        model._default_manager.filter(user=user, uuid__in=uuids).values_list("uuid", flat=True) for model in UNDOABLE
    ]
    return set(of_each_kind[0].union(*of_each_kind[1:]))


def imported_digest(kind: str) -> str:
    """The digest of a fact from an imported file. Its payload is unknown: any event of that kind counts as the same."""
    return f"imported {kind}"


def _same_or_rejected(first: str, event: Event) -> Outcome:
    if first not in (event.digest, imported_digest(event.kind)):
        raise Rejected(_("Another entry with this id is already saved. It stays as it is."))
    return Outcome.DUPLICATE


@singledispatch
def _fact_of(event: Event, user: User, now: datetime, skew: timedelta) -> Fact:
    raise NotImplementedError(type(event))


@_fact_of.register
def _completed_set(event: SetDone, user: User, now: datetime, skew: timedelta) -> CompletedSet:
    completed_at = _plausible(event.completed_at, skew, now) if event.completed_at else now
    zone = user.preferences.zone_of(event.zone, event.offset)
    day = _planned_day(user, completed_at, zone, now)
    exercise = _exercise(user, event.exercise)
    dose = dose_on(day, exercise, user.plan)
    return CompletedSet(
        exercise=exercise,
        slot=event.slot or _first_open_slot(user, exercise, day),
        session=event.session,
        completed_at=completed_at,
        day=day,
        time_zone=str(zone),
        source=event.source,
        reps=event.reps or dose["dose_reps"],
        **dose,
    )


def dose_on(day: date, exercise: Exercise, plan: Plan) -> dict[str, Any]:
    """The dose fields of a set on that day: from the prescription in force, else from the usual dose."""
    prescribed = next((each for each in plan.on(day) if each.exercise_id == exercise.pk), None)
    dose = exercise.dose(prescribed)
    return {
        "dose_reps": dose.total_reps,
        "dose_effort_seconds": dose.effort_seconds,
        "dose_pause_seconds": dose.pause_seconds,
        "dose_variant": prescribed.variant if prescribed else "",
    }


@_fact_of.register
def _undo(event: SetUndone, user: User, now: datetime, skew: timedelta) -> Undo:
    return Undo(target=event.target)


@_fact_of.register
def _session(event: SessionHeld, user: User, now: datetime, skew: timedelta) -> Session:
    started_at = _plausible(event.started_at, skew, now)
    zone = user.preferences.zone_of(event.zone, event.offset)
    return Session(
        slot=event.slot,
        day=_planned_day(user, started_at, zone, now),
        time_zone=str(zone),
        started_at=started_at,
        finished_at=event.finished_at and _plausible(event.finished_at, skew, now),
    )


@_fact_of.register
def _rest_day(event: DayExcused, user: User, now: datetime, skew: timedelta) -> RestDay:
    return RestDay(**_day_and_instant(event, user, now, skew, AHEAD), reason=event.reason, on=event.on)


@_fact_of.register
def _pain_rating(event: PainRated, user: User, now: datetime, skew: timedelta) -> PainRating:
    return PainRating(**_day_and_instant(event, user, now, skew), site=event.site, score=event.score)


@_fact_of.register
def _note(event: DayNoted, user: User, now: datetime, skew: timedelta) -> DayNote:
    return DayNote(**_day_and_instant(event, user, now, skew), text=event.text)


def _day_and_instant(
    event: DayEvent, user: User, now: datetime, skew: timedelta, ahead: timedelta = timedelta(0)
) -> dict[str, date | datetime]:
    zone = user.preferences.zone_of(event.zone, event.offset)
    today = user.preferences.day(now + TOLERANCE, zone)
    if event.day > today + ahead:
        raise Rejected(_("This day is still to come.") if not ahead else _("This day is too far ahead."))
    if event.day == today:
        begin_by(user, event.day)
    _reject_before_plan(user, event.day)
    return {"day": event.day, "said_at": _plausible(event.said_at, skew, now) if event.said_at else now}


def _plausible(instant: datetime, skew: timedelta, now: datetime) -> datetime:
    """The instant by the server's clock. The future is rejected, age is not: phones stay offline for weeks."""
    try:
        corrected = (instant + skew).astimezone(UTC)
    except OverflowError as error:
        raise Rejected(_("This date or time does not exist.")) from error
    if corrected > now + TOLERANCE:
        raise Rejected(_("This time is in the future. Please check the clock on your phone."))
    return corrected


def _planned_day(user: User, instant: datetime, zone: tzinfo, now: datetime) -> date:
    try:
        day = user.preferences.day(instant, zone)
    except ValueError:
        day = date.min
    if day == user.preferences.day(now, zone):
        begin_by(user, day)
    _reject_before_plan(user, day)
    return day


def _reject_before_plan(user: User, day: date) -> None:
    if user.plan.first_day is None or day < user.plan.first_day:
        raise Rejected(str(BEFORE_PLAN))


def _exercise(user: User, slug: str) -> Exercise:
    exercise = user.plan.exercise(slug) or Exercise.objects.filter(slug=slug).first()
    if exercise is None:
        raise Rejected(_("We do not know this exercise."))
    return exercise


def _first_open_slot(user: User, exercise: Exercise, day: date) -> str:
    rows = CompletedSet.objects.of(user).not_undone().between(day, day).rows()
    due = user.plan.due(day)
    fills = day_adherence(due, [row.done for row in rows]).fills
    return next((mark.slot for mark in due if mark.exercise == exercise.slug and fills[mark] < 1), Slot.EXTRA)
