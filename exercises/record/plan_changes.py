"""Changes a plan from a day on, cancels a planned change, and moves the first day.

Each runs in one transaction and in the user's turn, so two changes at once cannot mix.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from operator import itemgetter

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from exercises.models import CompletedSet, Plan, Prescription, User
from exercises.models.stretch import PlanRow


@contextmanager
def plan_in_turn(user: User) -> Iterator[Plan]:
    """One transaction in the user's turn, with the plan as the changes before this one left it."""
    with transaction.atomic():
        user.take_turn()
        user.forget_plan()
        yield user.plan


def change_plan(user: User, wanted: Iterable[Prescription], since: date, today: date) -> bool:
    """Make `wanted`, one for each exercise that changes, hold from `since` on. Returns whether that changes anything.

    A second change on a day replaces the first; earlier days keep what was due, and their doses too until a plan has
    settings.PLAN_MAX_ROWS. Raises ValidationError with one sentence
    for a day that is over, for a dose outside its limits and for a session that gets too long.
    """
    if since < today:
        raise ValidationError(_("That day is in the past. Please choose today or a later day."))
    with plan_in_turn(user) as plan:
        since = max(since, plan.first_day or since)
        after = plan.replaced(wanted, since)
        over = _too_many(after, today)
        changed = _replace(user, plan, after, since)
        for each in over:
            Prescription.objects.filter(user=user, exercise=each.exercise_id, since=each.since).delete()
        return changed


def choose_variant(user: User, exercise: str, variant: str, today: date, until: date | None = None) -> date | None:
    """Do the exercise of that slug in another variant from `today` on, with the same doses.

    A change that is planned for it takes the variant over, or else the old one would come back unasked. The first
    planned change that has a variant of its own ends this, and so does `until`: returns the day of whichever it is.
    Raises ValidationError with one sentence.
    """
    with plan_in_turn(user) as plan:
        since = max(today, plan.first_day or today)
        held = plan.prescription(since, exercise)
        if held is None:
            raise ValidationError(_("This exercise is not in your plan. Please add it to your plan first."))
        planned = [each for each in plan.prescriptions if each.exercise_id == held.exercise_id and each.since > since]
        ends = [each.since for each in planned if each.variant != held.variant or until == each.since]
        taking_over = [each.since for each in planned if not ends or each.since < min(ends)]
        if change_plan(user, [held.changed(variant=variant)], since, today):
            rows = Prescription.objects.filter(user=user, exercise=held.exercise, since__in=taking_over)
            rows.update(variant=variant)
            user.forget_plan()
            user.plan.refuse_too_long(since)
        return min(ends, default=None)


def drop_change(user: User, day: date, today: date) -> None:
    """Cancel the change that is planned for a later day, if there is one. Raises ValidationError with one sentence."""
    if day <= today:
        raise ValidationError(_("No change is planned for that day."))
    with plan_in_turn(user) as plan:
        if day in plan.planned(today):
            _replace(user, plan, plan.without(day), day)


def begin_earlier(user: User, day: date) -> None:
    """Move the plan's first day back to `day`: its first doses hold from then on, and from the morning of that day.

    Raises ValidationError with one sentence, as `Plan.refuse_beginning` says.
    """
    with plan_in_turn(user) as plan:
        plan.refuse_beginning(day)
        if day != plan.first_day:
            _move_beginning(user, plan, day, first_slot="")


def begin_by(user: User, today: date) -> None:
    """Move a plan that begins tomorrow to today. It was begun today, in a time zone further east. Its first slot stays.

    Only before the first set: after it there is a past, which stays.
    """
    if not _begins_after(user.plan, today):
        return
    with plan_in_turn(user) as plan:
        if _begins_after(plan, today) and not CompletedSet.objects.of(user).exists():
            _move_beginning(user, plan, today)


def _begins_after(plan: Plan, today: date) -> bool:
    """Whether the plan begins on the day after `today`."""
    return plan.first_day is not None and plan.first_day - today == timedelta(days=1)


def _move_beginning(user: User, plan: Plan, day: date, **fields: str) -> None:
    Prescription.objects.filter(user=user, since__in=plan.changes[:1]).update(since=day, **fields)
    user.forget_plan()


def _too_many(plan: Plan, today: date) -> list[PlanRow]:
    """The oldest rows to delete so that the plan stays within its limit. Raises ValidationError if too few can go.

    Such a row is over. The row before it then holds longer: a past day shows an older dose. Rows that ask for the
    sessions of the row before them go first, because then what was due stays as it was.
    """
    excess = max(len(plan.rows) - settings.PLAN_MAX_ROWS, 0)
    if not excess:
        return []
    spare = [
        (row.marks != before.marks, row.since, row) for before, row, after in plan.in_turn() if after.since <= today
    ]
    if len(spare) < excess:
        raise ValidationError(_("Your plan has as many changes as we can keep. Please cancel a planned change first."))
    return [row for *_, row in sorted(spare, key=itemgetter(0, 1))[:excess]]


def _replace(user: User, before: Plan, after: Plan, since: date) -> bool:
    """Replace the rows of one day. Returns whether they differ."""
    old, new = ([each for each in plan.prescriptions if each.since == since] for plan in (before, after))
    if [(each.exercise_id, each.amount) for each in old] == [(each.exercise_id, each.amount) for each in new]:
        return False
    for each in new:
        each.clean_fields(exclude=["user", "exercise"])
    after.refuse_too_long(since)
    Prescription.objects.filter(user=user, since=since).delete()
    Prescription.objects.bulk_create([each.changed() for each in new])
    user.forget_plan()
    return True
