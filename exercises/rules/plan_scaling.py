"""Rules that make a plan smaller, and that say when to offer it.

Source: DOMAIN 4: offer a smaller plan after two weeks under 50 %. How much smaller is our own choice, where the plan is
not on a rung of rules/plan_ladder.py. Nothing changes unless the user accepts.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil

from exercises.rules.timeline import Dose, Kind

WEEKS = 2  # whole weeks in a row, under the same plan
PLANNED_DAYS = 4  # a week counts from so many planned days on; the others may be rest days
TOO_LOW = Fraction(1, 2)
LESS = Fraction(2, 3)
LEFT_OUT_FIRST = ("midday", "evening")


def asks_too_much(rates: Sequence[Fraction | None]) -> bool:
    """Whether the last whole weeks were under half. `rates` are those of each week; None if nothing was due in it."""
    known = [rate for rate in rates[-WEEKS:] if rate is not None]
    return len(known) == WEEKS and all(rate < TOO_LOW for rate in known)


def smaller(dose: Dose, least: Dose) -> Dose:
    """Two thirds of a dose, rounded up, but not below `least`. Circles get fewer seconds, others fewer reps."""
    if dose.effort == Kind.CIRCLE:  # its two reps are a pair: one way, then the other
        return replace(dose, effort_seconds=_less(dose.effort_seconds, least.effort_seconds))
    return replace(dose, reps=_less(dose.reps, least.reps))


def fewer_sessions(plan: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The slots of each exercise without one session of the day. An exercise keeps its only slot."""
    for slot in LEFT_OUT_FIRST:
        fewer = [tuple(each for each in slots if each != slot) or slots for slots in plan]
        if fewer != list(plan):
            return fewer
    return list(plan)


def reorder(places: Sequence[tuple[int, int]]) -> list[int]:
    """The new order, as indexes of `places`. Each place is (place held, place wanted).

    One that moves up goes before the one that holds the place; one that moves down goes after it.
    """
    return sorted(range(len(places)), key=lambda n: _turn(*places[n]))


def _turn(held: int, wanted: int) -> tuple[int, int, int]:
    return wanted, (wanted > held) - (wanted < held), held


def _less(now: int, least: int) -> int:
    return max(ceil(now * LESS), min(now, least))
