"""Rules that make a plan smaller or larger, and that say when to offer it.

Source: DOMAIN 4: offer a smaller plan after two weeks under 50 %; over 80 % is on track. How much smaller or larger is
our own choice. Nothing changes unless the user accepts.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from exercises.rules.adherence import ON_TRACK
from exercises.rules.timeline import MOST_REPS, MOST_SECONDS, Dose, Kind

WEEKS = 2  # whole weeks in a row, under the same plan
PLANNED_DAYS = 4  # a week counts from so many planned days on; the others may be rest days
TOO_LOW = Fraction(1, 2)
LESS, MORE = Fraction(2, 3), Fraction(5, 4)
LEFT_OUT_FIRST = ("midday", "evening")


def offer(rates: Sequence[Fraction | None]) -> str:
    """ "smaller", "larger" or "", by the rates of the last whole weeks. None is a week in which nothing was due."""
    known = [rate for rate in rates[-WEEKS:] if rate is not None]
    if len(known) < WEEKS:
        return ""
    if all(rate < TOO_LOW for rate in known):
        return "smaller"
    return "larger" if all(rate > ON_TRACK for rate in known) else ""


def smaller(dose: Dose, least: Dose) -> Dose:
    """Two thirds of a dose, rounded up, but not below `least`. Circles get fewer seconds, others fewer reps."""
    return _resized(dose, lambda now, lowest: max(_up(now * LESS), min(now, lowest)), least)


def larger(dose: Dose) -> Dose:
    """A dose and a quarter, rounded up, but not above the limits of a dose."""
    most = replace(dose, reps=MOST_REPS, effort_seconds=MOST_SECONDS)
    return _resized(dose, lambda now, highest: min(_up(now * MORE), max(now, highest)), most)


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


def _resized(dose: Dose, resize: Callable[[int, int], int], limit: Dose) -> Dose:
    if dose.effort == Kind.CIRCLE:  # its two reps are a pair: one way, then the other
        return replace(dose, effort_seconds=resize(dose.effort_seconds, limit.effort_seconds))
    return replace(dose, reps=resize(dose.reps, limit.reps))


def _up(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)
