"""Proposals for a plan (usual, starter, a rung of the ladder, smaller), their effect, and the length of a plan."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import attrgetter, methodcaller

from django.core.exceptions import ValidationError

from exercises.models import SESSION_SLOTS, Plan, Prescription, Slot
from exercises.pages.dose_card import DoseCard
from exercises.pages.plan_diff import ExerciseChange, changes
from exercises.pages.wording import clock
from exercises.rules import plan_ladder, plan_scaling
from exercises.rules.plan_ladder import Amount
from exercises.rules.timeline import Step, session_seconds


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
        return [_on_rung(each, plan_ladder.RUNGS[0]) for each in self.back_to_usual]

    @cached_property
    def rung(self) -> int:
        """Its rung, 1 to 4, by the exercises that have a session; 0 on none."""
        return plan_ladder.rung_of((each.exercise.slug, _amount(each)) for each in self.all if each.slots)

    def on_rung(self, rung: int) -> list[Prescription]:
        """The doses of that rung. Sessions, variants, pauses and order stay; an empty plan gets the usual ones."""
        if not any(each.slots for each in self.all):
            return [_on_rung(each, rung) for each in self.back_to_usual]
        return [_on_rung(each, rung) if each.slots else each for each in self.all]

    @property
    def smaller(self) -> list[Prescription]:
        """A smaller dose of each exercise. If all are at the amounts of the starter plan, one session less."""
        less = [_smaller(each) if each.slots else each for each in self.all]
        if [each.amount for each in less] != [each.amount for each in self.all]:
            return less
        slots = plan_scaling.fewer_sessions([tuple(each.slots) for each in self.all])
        return [each.changed(slots=kept) for each, kept in zip(self.all, slots, strict=True)]

    def can_become(self, wanted: Sequence[Prescription]) -> bool:
        """Whether `wanted` differs from the plan and keeps every session within the limit, also with later changes."""
        try:
            self.refuse(wanted)
        except ValidationError:
            return False
        return [each.amount for each in wanted] != [each.amount for each in self.all]

    def _held(self, usual: Prescription) -> Prescription:
        return next(each for each in self.all if each.exercise_id == usual.exercise_id)


PROPOSALS: dict[str, Callable[[CurrentPlan], list[Prescription]]] = {
    "starter": attrgetter("starter"),
    "usual": attrgetter("back_to_usual"),
    "smaller": attrgetter("smaller"),
    **{f"step-{rung}": methodcaller("on_rung", rung) for rung in plan_ladder.RUNGS},
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
        return session_seconds((step for step, slots in self._steps if slot in slots), self.move_seconds)

    @cached_property
    def _steps(self) -> list[tuple[Step, list[Slot]]]:
        return [(each.step, each.slots) for each in self.plan]


@dataclass(frozen=True)
class PlanPreview:
    """The effect of a change from `day` on."""

    day: date
    before: PlanDuration
    after: PlanDuration

    @property
    def cards(self) -> list[DoseCard]:
        return [DoseCard(each) for each in self.after.plan]

    @property
    def changes(self) -> list[ExerciseChange]:
        return changes(self.before.plan, self.after.plan)


def preview(current: CurrentPlan, wanted: Iterable[Prescription], move_seconds: int) -> PlanPreview:
    """The effect of `wanted` on the current plan; saves nothing."""
    after = replace(current, plan=current.plan.replaced(wanted, current.since))
    return PlanPreview(current.day, PlanDuration(current.all, move_seconds), PlanDuration(after.all, move_seconds))


def _in_order(plan: Iterable[Prescription]) -> list[Prescription]:
    return sorted(plan, key=attrgetter("order", "exercise_id"))


def _amount(each: Prescription) -> Amount:
    return Amount(each.reps, each.effort_seconds)


def _on_rung(each: Prescription, rung: int) -> Prescription:
    amount = plan_ladder.amount_on(rung, each.exercise.slug, each.variant)
    return each.changed(**amount._asdict()) if amount else each


def _smaller(each: Prescription) -> Prescription:
    """A smaller dose, but not below that of the starter plan, or one rep of one second where the ladder has none."""
    least = plan_ladder.amount_on(plan_ladder.RUNGS[0], each.exercise.slug, each.variant) or Amount(1, 1)
    dose = plan_scaling.smaller(each.dose, each.changed(**least._asdict()).dose)
    return each.changed(reps=dose.reps, effort_seconds=dose.effort_seconds)
