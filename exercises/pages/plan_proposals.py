"""Proposals for a plan (usual, starter, smaller, larger), their effect, and the length of a plan."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import attrgetter

from django.core.exceptions import ValidationError

from exercises.models import SESSION_SLOTS, Plan, Prescription, Slot
from exercises.models.exercise import refuse_too_long
from exercises.pages.plan_diff import ExerciseChange, changes
from exercises.pages.wording import clock
from exercises.rules import plan_scaling
from exercises.rules.timeline import Dose, session_seconds

# DOMAIN 1: 10:07 a day. Sessions and pauses are the usual ones.
STARTER = {
    "toe-presses": {"reps": 5},
    "toe-walking": {"reps": 3, "effort_seconds": 10},
    "resisted-plantar-flexion": {"reps": 8},
    "ankle-circles": {"effort_seconds": 5},
}


@dataclass(frozen=True)
class CurrentPlan:
    """The plan in force on `day`, and the usual doses of every exercise."""

    plan: Plan
    usual: Sequence[Prescription]
    day: date

    @property
    def since(self) -> date:
        """The day from which a change holds: no earlier than the plan."""
        return max(self.day, self.plan.first_day or self.day)

    @cached_property
    def all(self) -> list[Prescription]:
        """Every exercise in the order of a session. An exercise that the plan lacks has no sessions."""
        held = {each.exercise_id: each for each in self.plan.on(self.since)}
        return _in_order(held.get(each.exercise_id) or each.changed(slots=()) for each in self.usual)

    def refuse(self, wanted: Iterable[Prescription]) -> None:
        """Raise ValidationError if a session is too long with `wanted`, on its first day or after a later change."""
        self.plan.replaced(wanted, self.since).refuse_too_long(self.since)

    @property
    def slugs(self) -> list[str]:
        return [each.exercise.slug for each in self.usual]

    @property
    def back_to_usual(self) -> list[Prescription]:
        """The usual doses, sessions and order. The variants stay, as a user may need to sit."""
        return _in_order(each.changed(variant=self._held(each).variant) for each in self.usual)

    @property
    def starter(self) -> list[Prescription]:
        return [each.changed(**STARTER.get(each.exercise.slug, {})) for each in self.back_to_usual]

    @property
    def smaller(self) -> list[Prescription]:
        """A smaller dose of each exercise. If all are at the amounts of the starter plan, one session less."""
        less = [
            _with_dose(each, plan_scaling.smaller(each.dose, _least(each))) if each.slots else each for each in self.all
        ]
        if [each.amount for each in less] != [each.amount for each in self.all]:
            return less
        slots = plan_scaling.fewer_sessions([tuple(each.slots) for each in self.all])
        return [each.changed(slots=kept) for each, kept in zip(self.all, slots, strict=True)]

    @property
    def larger(self) -> list[Prescription]:
        return [_with_dose(each, plan_scaling.larger(each.dose)) if each.slots else each for each in self.all]

    def can_become(self, name: str) -> bool:
        """Whether the proposal differs from the plan and keeps every session within the limit."""
        wanted = PROPOSALS[name](self)
        try:
            refuse_too_long(wanted)
        except ValidationError:
            return False
        return [each.amount for each in wanted] != [each.amount for each in self.all]

    def _held(self, usual: Prescription) -> Prescription:
        return next(each for each in self.all if each.exercise_id == usual.exercise_id)


PROPOSALS: dict[str, Callable[[CurrentPlan], list[Prescription]]] = {
    "starter": attrgetter("starter"),
    "usual": attrgetter("back_to_usual"),
    "smaller": attrgetter("smaller"),
    "larger": attrgetter("larger"),
}


@dataclass(frozen=True)
class PlanDuration:
    """The length of a plan, by its timeline."""

    plan: Sequence[Prescription]
    move_seconds: int

    @cached_property
    def sessions(self) -> list[tuple[Slot, int]]:
        """(slot, seconds) of each session."""
        return [(slot, self._of(slot)) for slot in SESSION_SLOTS]

    @property
    def day(self) -> int:
        """Seconds of the whole day."""
        return sum(seconds for _, seconds in self.sessions)

    @property
    def day_text(self) -> str:
        return clock(self.day)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """(session, "8:40") of each session with an exercise."""
        return [(str(slot.label), clock(seconds)) for slot, seconds in self.sessions if seconds]

    def _of(self, slot: Slot) -> int:
        return session_seconds((each.step for each in self.plan if slot in each.slots), self.move_seconds)


@dataclass(frozen=True)
class PlanPreview:
    """The effect of a change from `day` on."""

    day: date
    before: PlanDuration
    after: PlanDuration

    @property
    def changes(self) -> list[ExerciseChange]:
        return changes(self.before.plan, self.after.plan)


def preview(current: CurrentPlan, wanted: Iterable[Prescription], move_seconds: int) -> PlanPreview:
    """The effect of `wanted` on the current plan; saves nothing."""
    after = replace(current, plan=current.plan.replaced(wanted, current.since))
    return PlanPreview(current.day, PlanDuration(current.all, move_seconds), PlanDuration(after.all, move_seconds))


def _in_order(plan: Iterable[Prescription]) -> list[Prescription]:
    return sorted(plan, key=attrgetter("order", "exercise_id"))


def _with_dose(each: Prescription, dose: Dose) -> Prescription:
    return each.changed(reps=dose.reps, effort_seconds=dose.effort_seconds)


def _least(each: Prescription) -> Dose:
    """The dose of the starter plan; one rep and one second for an exercise that it lacks."""
    amount = STARTER.get(each.exercise.slug, {"reps": 1, "effort_seconds": 1})
    return each.changed(**amount).dose
