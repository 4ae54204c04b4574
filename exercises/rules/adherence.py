"""Adherence: what was due, what was done, and the share of it, in exact fractions.

Source: DOMAIN 4. A mark is one exercise in one slot of one day. The caller leaves out sets that were undone and days on
which nothing is due (before the plan, excused, in the future).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

NOTHING, WHOLE = Fraction(0), Fraction(1)
ON_TRACK = Fraction(4, 5)  # the usual bar in the literature: a convention, not a dose that is known to work (DOMAIN 4)


class Mark(NamedTuple):
    """One exercise in one slot: what a tick fills."""

    slot: str
    exercise: str


@dataclass(frozen=True)
class Done:
    """One set: `reps` efforts done of the `target_reps` of its dose.

    Raises ValueError for reps below 0 and for a target below 1.
    """

    slot: str
    exercise: str
    reps: int
    target_reps: int

    def __post_init__(self) -> None:
        if self.reps < 0 or self.target_reps < 1:
            raise ValueError(f"{self.reps} of {self.target_reps} reps is not a set")

    @cached_property
    def mark(self) -> Mark:
        """The mark of this set, due or not."""
        return Mark(self.slot, self.exercise)

    @cached_property
    def fill(self) -> Fraction:
        """The share of its mark that it fills, 0 to 1. More reps than the dose still fill it once."""
        return Fraction(self.reps, self.target_reps) if self.reps < self.target_reps else WHOLE


done = lru_cache(maxsize=1000)(Done)  # nearly all of thousands of sets are equal to another one


@dataclass(frozen=True)
class Totals:
    """Sets done and sets due, of one day or of several. A set stopped early counts as a fraction."""

    done: Fraction = NOTHING
    due: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(self.done + other.done, self.due + other.due)

    @cached_property
    def rate(self) -> Fraction | None:
        """Done divided by due, 0 to 1. None if nothing was due."""
        return self.done / self.due if self.due else None

    @cached_property
    def on_track(self) -> bool:
        """Whether the rate reaches ON_TRACK. Integers are compared, because fractions are slow to divide."""
        done, parts = self.done.as_integer_ratio()
        return self.due > 0 and done * ON_TRACK.denominator >= ON_TRACK.numerator * self.due * parts


NONE = Totals()


@dataclass(frozen=True)
class DayAdherence:
    """One day: the fill of each due mark (0 to 1), and the number of extra sets by exercise."""

    fills: Mapping[Mark, Fraction]
    extras: Mapping[str, int]

    @property
    def done(self) -> Fraction:
        """Sets done."""
        return self._whole.done

    @property
    def due(self) -> int:
        """Sets due."""
        return len(self.fills)

    @property
    def rate(self) -> Fraction | None:
        """Done divided by due, 0 to 1. None if nothing was due."""
        return self._whole.rate

    @property
    def complete(self) -> bool:
        """Whether something was due and all of it was done."""
        return self.due > 0 and self.done == self.due

    @property
    def on_track(self) -> bool:
        """Whether the day counts for the goal of the week."""
        return self._whole.on_track

    def totals(self, exercise: str = "", in_progress: bool = False) -> Totals:
        """The totals of one exercise, or of all.

        In a day in progress only marks that were begun are due. Open marks are neither done nor missed.
        """
        day = self._begun if in_progress else self
        return day._of_each.get(exercise, NONE) if exercise else day._whole

    @cached_property
    def _begun(self) -> "DayAdherence":
        return DayAdherence({mark: fill for mark, fill in self.fills.items() if fill is not NOTHING}, self.extras)

    @cached_property
    def _whole(self) -> Totals:
        return _totals(self.fills.values())

    @cached_property
    def _of_each(self) -> dict[str, Totals]:
        """The totals by exercise."""
        of_each = defaultdict(list)
        for mark, fill in self.fills.items():
            of_each[mark.exercise].append(fill)
        return {exercise: _totals(fills) for exercise, fills in of_each.items()}


def added(several: Collection[Totals]) -> Totals:
    """Their sum."""
    return Totals(_sum(each.done for each in several), sum(each.due for each in several))


def day_adherence(due: Collection[Mark], sets: Iterable[Done]) -> DayAdherence:
    """Fill each due mark with its best set. Every other set is an extra: shown, never counted.

    A set that was stopped early and done again leaves one extra. A set without reps does not count.
    """
    sets = [each for each in sets if each.reps]
    fills = dict.fromkeys(due, NOTHING)
    for each in sets:
        mark, fill = each.mark, each.fill
        if mark in fills and (fills[mark] is NOTHING or fills[mark] < fill):
            fills[mark] = fill
    counted = [mark.exercise for mark, fill in fills.items() if fill is not NOTHING]
    if len(counted) == len(sets):  # on most days
        return DayAdherence(fills, extras={})
    return DayAdherence(fills, extras=dict(Counter(each.exercise for each in sets) - Counter(counted)))


def goal_of_week(wanted: int, days_planned: int) -> int:
    """The goal in days. A week with fewer planned days asks for those only."""
    return min(wanted, days_planned)


def _totals(fills: Collection[Fraction]) -> Totals:
    return Totals(_sum(fills), len(fills))


def _sum(numbers: Iterable[Fraction]) -> Fraction:
    """The sum. Added as integers over a common denominator, because fractions are slow to add."""
    done, parts = 0, 1
    for number in numbers:
        if number is WHOLE:  # most are
            done += parts
        elif number is not NOTHING:
            numerator, denominator = number.as_integer_ratio()
            done, parts = done * denominator + numerator * parts, parts * denominator
    return Fraction(done, parts)
