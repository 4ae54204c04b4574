"""What the answers to the first questions make of a plan, and of which plans one can choose. No queries.

Source: DOMAIN 7. An answer that was not given leaves what is in force.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

from exercises.catalogue.variants import SEATED
from exercises.models import Prescription
from exercises.pages.plan_proposals import PROPOSALS, CurrentPlan, PlanDuration
from exercises.pages.wording import amount_text, minutes

YES, NO = "yes", "no"
STARTER, USUAL, OWN = "starter", "usual", "own"


class Way(NamedTuple):
    """A question of the third card. A No makes `variant` the way to do `exercise`; those in `also` fit a No, too."""

    exercise: str
    variant: str
    also: tuple[str, ...] = ()

    @property
    def spared(self) -> tuple[str, ...]:
        return (self.variant, *self.also)


WAYS = {
    "lie": Way("ankle-circles", SEATED),
    "tiptoe": Way("toe-walking", "heel-raises", also=("seated-heel-raises",)),
    "band": Way("resisted-plantar-flexion", "towel"),
}


class Amount(NamedTuple):
    """A plan to choose on the fourth card."""

    name: str
    minutes: int
    doses: list[tuple[str, str]]  # (exercise, how much of it)
    sessions: list[tuple[str, str]]  # (session, "4:27")


@dataclass(frozen=True)
class FirstPlan:
    """The plan in force, and the answers to the second and third cards.

    `careful`: something on the second card is ticked. `said`: the answers of the third. `begun`: the questions were
    answered before, so they begin with what is in force.
    """

    current: CurrentPlan
    careful: bool
    said: Mapping[str, str]
    begun: bool

    def way(self, question: str) -> str:
        """The answer that the third card shows: yes, no or none."""
        if answer := self._answer(question):
            return answer
        way = WAYS[question]
        held = next((each.variant_data.slug for each in self.current.all if each.exercise.slug == way.exercise), "")
        return (NO if held in way.spared else YES) if self.begun else ""

    @property
    def in_force(self) -> str:
        """The name of the plan whose doses are in force."""
        held = [each.amount for each in self.current.all]
        known = (name for name in (STARTER, USUAL) if [each.amount for each in PROPOSALS[name](self.current)] == held)
        return next(known, OWN)

    @property
    def preset(self) -> str:
        """A plan that the user has changed is offered as it is; otherwise the first choice is the starter plan."""
        return self.in_force if self.begun or self.in_force == OWN else STARTER

    @property
    def names(self) -> list[str]:
        """The plans that one can choose."""
        return [STARTER, USUAL, *([OWN] if self.in_force == OWN else [])]

    def amounts(self, move_seconds: int) -> list[Amount]:
        return [_amount(name, self.wanted(name), move_seconds) for name in self.names]

    def wanted(self, name: str) -> list[Prescription]:
        """The doses of that plan, done in the ways that were chosen."""
        doses = self.current.all if name == OWN else PROPOSALS[name](self.current)
        return [self._in_its_way(each) for each in doses]

    def _in_its_way(self, each: Prescription) -> Prescription:
        for question, way in WAYS.items():
            answer, held = self._answer(question), each.variant_data.slug
            if each.exercise.slug == way.exercise and answer and (held in way.spared) != (answer == NO):
                return each.changed(variant=way.variant if answer == NO else "")
        return each

    def _answer(self, question: str) -> str:
        return self.said.get(question, "") or (NO if question == "tiptoe" and self.careful else "")


def _amount(name: str, plan: Sequence[Prescription], move_seconds: int) -> Amount:
    length = PlanDuration(plan, move_seconds)
    doses = [(each.name, amount_text(each.dose, each.variant_data)) for each in plan if each.slots]
    return Amount(name, minutes(length.day), doses, length.texts)


@dataclass(frozen=True)
class InForce:
    """What was in force when an answer was given. Once that changes elsewhere, the answer no longer counts."""

    current: CurrentPlan
    sites: str

    @cached_property
    def of_cards(self) -> dict[int, str]:
        ways = [(each.exercise.slug, each.variant) for each in self.current.all]
        doses = [(each.exercise.slug, each.amount) for each in self.current.all]
        return {1: self.sites, 2: "", 3: _digest(ways), 4: _digest(doses)}


def _digest(value: Any) -> str:
    return sha256(repr(value).encode()).hexdigest()[:16]
