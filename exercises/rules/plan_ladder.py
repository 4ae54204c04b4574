"""The plan that grows: four rungs from the starter plan to the usual one, and the rules by which the next is offered.

Source: DOMAIN 8. The doses between the two plans, and what counts as more pain, are our own choice (GK). A rung is only
taken by the user.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from exercises.rules.adherence import Totals, added
from exercises.rules.pain import POINTS, mean

DUE_DAYS = 7  # so many due days must speak for more
NEWEST, OLDEST = 3, 7  # answers that say how it hurts now, and how it did before
ANSWER_DAYS = 35  # older answers say nothing: the whole way up takes four weeks or more
TOO_MUCH, TOO_OFTEN = 6, 2  # a score, and on how many of the last days
LAST_DAYS = 7


class Amount(NamedTuple):
    """What differs between two rungs. Pauses, sessions, variants and the order are the user's own."""

    reps: int
    effort_seconds: int


WALKS = (Amount(3, 10), Amount(4, 12), Amount(5, 15), Amount(6, 20))
RAISES = (Amount(3, 10), Amount(4, 10), Amount(5, 15), Amount(6, 20))  # one heel raise takes 5 seconds
# By exercise, then by variant; "" is the standard variant and every other one that has no row.
LADDER: Mapping[str, Mapping[str, tuple[Amount, ...]]] = {
    "toe-presses": {"": (Amount(5, 4), Amount(7, 4), Amount(8, 4), Amount(10, 4))},
    "toe-walking": {"": WALKS, "heel-raises": RAISES, "seated-heel-raises": RAISES},
    "resisted-plantar-flexion": {"": (Amount(8, 5), Amount(10, 5), Amount(12, 5), Amount(15, 5))},
    "ankle-circles": {"": (Amount(2, 5), Amount(2, 6), Amount(2, 8), Amount(2, 10))},
}
RUNGS = (1, 2, 3, 4)
TOP = RUNGS[-1]


def amount_on(rung: int, exercise: str, variant: str) -> Amount | None:
    """What that rung asks of an exercise. None if the ladder lacks the exercise."""
    ways = LADDER.get(exercise)
    return ways.get(variant, ways[""])[rung - 1] if ways else None


def rung_of(asked: Iterable[tuple[str, Amount]]) -> int:
    """The rung on which all these exercises are; 0 if they share no rung.

    The caller leaves out exercises that are off. Those that the ladder lacks do not count. An amount of another variant
    counts too: somebody who changes the way to do it keeps the dose, and stays on the rung.
    """
    known = [_rungs_with(exercise, amount) for exercise, amount in asked if exercise in LADDER]
    return next(iter(set.intersection(*known)), 0) if known else 0


def has_done_well(due_days: Sequence[Totals]) -> bool:
    """Whether the last 7 of these days reach 80 % together.

    `due_days` are the days since the last change of a dose on which something was due, oldest first, without today.
    """
    last = due_days[-DUE_DAYS:]
    return len(last) == DUE_DAYS and added(last).on_track


def rose(scores: Sequence[int]) -> bool:
    """Whether the pain of one place is up by 2 points. `scores` are those of the last ANSWER_DAYS, oldest first.

    The mean of the 3 newest answers is compared with the mean of the oldest ones, up to 7. The newest show what the
    present dose does. The oldest are those of the plan's first days in a young plan, and a month old in any other: so
    three small rises, one on each rung, count together. With fewer than 4 answers there is nothing to compare.
    """
    newest, oldest = scores[-NEWEST:], scores[:-NEWEST][:OLDEST]
    return can_compare(scores) and mean(newest) - mean(oldest) >= POINTS


def can_compare(scores: Sequence[int]) -> bool:
    """Whether there are answers enough for `rose`."""
    return len(scores) > NEWEST


def hurts_too_often(worst: Iterable[int]) -> bool:
    """Whether two days are at 6 or more. `worst` is the highest score of each of the last 7 days that had a set."""
    return sum(score >= TOO_MUCH for score in worst) >= TOO_OFTEN


def _rungs_with(exercise: str, amount: Amount) -> set[int]:
    return {rung for rung in RUNGS for way in LADDER[exercise].values() if way[rung - 1] == amount}
