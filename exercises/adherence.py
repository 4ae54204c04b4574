"""What was due, what was done, and what part of it: always exact fractions, never floats.

Source: DOMAIN 4. A mark is one exercise in one slot of one day. Sets that were taken back, and
days that are not due (before the start, excused, to come), are for the caller to leave out.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar


class Mark(NamedTuple):
    """One exercise in one slot: what is ticked on a day's page."""

    slot: str
    exercise: str


@dataclass(frozen=True)
class Done:
    """One set as it was done: `reps` efforts of the `target_reps` its dose asked for.

    Raises ValueError for reps below zero and for a target below one.
    """

    slot: str
    exercise: str
    reps: int
    target_reps: int

    def __post_init__(self) -> None:
        if self.reps < 0 or self.target_reps < 1:
            raise ValueError(f"{self.reps} of {self.target_reps} reps is not a set")

    @property
    def mark(self) -> Mark:
        """The mark it goes to, due or not."""
        return Mark(self.slot, self.exercise)

    @property
    def fill(self) -> Fraction:
        """The part of its mark that it fills, 0 to 1: more than the dose is not more than done."""
        return min(Fraction(self.reps, self.target_reps), Fraction(1))


@dataclass(frozen=True)
class DayAdherence:
    """One day: how far each due mark is filled (0 to 1), and the extra sets of each exercise."""

    fills: Mapping[Mark, Fraction]
    extras: Mapping[str, int]

    @property
    def done(self) -> Fraction:
        """Sets done, in parts of a set."""
        return sum(self.fills.values(), Fraction(0))

    @property
    def due(self) -> int:
        """Sets due."""
        return len(self.fills)

    @property
    def rate(self) -> Fraction | None:
        """Done of due, 0 to 1, or None when nothing was due."""
        return _share(self.done, self.due)

    @property
    def complete(self) -> bool:
        """Whether something was due and all of it is done."""
        return self.rate == 1


@dataclass(frozen=True)
class Totals:
    """Sets done of sets due over several days."""

    done: Fraction
    due: int

    @property
    def rate(self) -> Fraction | None:
        """Done of due, 0 to 1, or None when nothing was due."""
        return _share(self.done, self.due)


class Dated(Protocol):
    """Anything that holds from a day on."""

    @property
    def since(self) -> date: ...


Prescribed = TypeVar("Prescribed", bound=Dated)


def in_force(
    prescriptions: Iterable[Prescribed],
    day: date,
    key: Callable[[Prescribed], Hashable] = attrgetter("exercise_id"),
) -> list[Prescribed]:
    """The newest prescription of each exercise that holds on `day`, in the order given."""
    begun = [each for each in prescriptions if each.since <= day]
    newest = {key(each): each for each in sorted(begun, key=attrgetter("since"))}
    return [each for each in begun if newest[key(each)] is each]


def day_adherence(due: Collection[Mark], sets: Iterable[Done]) -> DayAdherence:
    """Fill each due mark by its best set; every other set is an extra, shown but never counted.

    So a set stopped early and then done again leaves one extra. A set of no reps is no set.
    """
    fills = dict.fromkeys(due, Fraction(0))
    made: Counter[str] = Counter()
    for each in sets:
        if each.reps:
            made[each.exercise] += 1
            if each.mark in fills:
                fills[each.mark] = max(fills[each.mark], each.fill)
    counted = Counter(mark.exercise for mark, fill in fills.items() if fill)
    return DayAdherence(fills, extras=dict(made - counted))


def week_rate(days: Iterable[DayAdherence]) -> Totals:
    """The same sums over the due days of a week, or of any stretch of days."""
    days = tuple(days)
    return Totals(sum((day.done for day in days), Fraction(0)), sum(day.due for day in days))


def _share(done: Fraction, due: int) -> Fraction | None:
    return done / due if due else None
