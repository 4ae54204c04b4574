"""The differences of two plans, in words. They name the exercise itself: a line may be that its variant changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exercises.models import Plan, Prescription
from exercises.pages import wording
from exercises.rules.timeline import PAUSE_AFTER, Kind


@dataclass(frozen=True)
class ExerciseChange:
    """The changes of one exercise, or of the order of all. A line is like "How many times: 5 (was 10)"."""

    name: str
    lines: tuple[str, ...]


def changes(before: Sequence[Prescription], after: Sequence[Prescription]) -> list[ExerciseChange]:
    """The differences of `after` from `before`. Both are in the order of a session."""
    was = {each.exercise_id: each for each in before}
    found = [_change(was.get(each.exercise_id), each) for each in after]
    if (order := _names(after)) != _names(before) and len(before) == len(after):
        found.append(ExerciseChange(_("Order in a session"), (", ".join(order),)))
    return [each for each in found if each.lines]


def changes_on(plan: Plan, day: date) -> list[ExerciseChange]:
    """The differences between a day and the day before."""
    return changes(plan.on(day - timedelta(days=1)), plan.on(day))


def _names(plan: Sequence[Prescription]) -> list[str]:
    return [pgettext("exercise", each.exercise.name) for each in plan]


def _change(was: Prescription | None, now: Prescription) -> ExerciseChange:
    pairs = zip(_described(was), _described(now), strict=True) if was else ((None, new) for new in _described(now)[:1])
    lines = [_line(new, old) for old, new in pairs if old is None or old[1] != new[1]]
    return ExerciseChange(pgettext("exercise", now.exercise.name), tuple(lines))


def _line(now: tuple[str, str], was: tuple[str, str] | None) -> str:
    if was is None:
        return f"{now[0]}: {now[1]}"
    return _("%(what)s: %(now)s (was %(was)s)") % {"what": now[0], "now": now[1], "was": was[1]}


def _described(each: Prescription) -> list[tuple[str, str]]:
    """(label, value) of everything in a prescription but its order."""
    effort, dose = Kind(each.exercise.effort), each.dose
    sessions = ", ".join(str(slot.label).lower() for slot in each.slots) or pgettext("sessions", "none")
    rows: list[tuple[str, Any]] = [
        (pgettext("label", "Sessions"), sessions),
        (wording.reps_label(dose, each.variant_data), dose.reps),
        (wording.length_label(each.exercise, effort, each.variant_data), dose.effort_seconds),
        (wording.length_label(each.exercise, PAUSE_AFTER[effort], each.variant_data), dose.pause_seconds),
        (_("Way to do it"), each.name),
    ]
    return [(what, str(much)) for what, much in rows]
