"""A plan made smaller or larger, and when that is offered. Plain rules: doses, sessions and rates in, the same out.

Source: DOMAIN 4: two weeks under 50 % say "make the plan smaller", over 80 % is on track. How much smaller or larger
is ours to decide; nothing is ever changed by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from exercises.rules.adherence import ON_TRACK
from exercises.rules.timeline import MOST_REPS, MOST_SECONDS, Dose, Kind

WEEKS = 2  # whole ones, one after the other, under the same plan
PLANNED_DAYS = 4  # of a week that speaks; the others may have been rest days
TOO_MUCH = Fraction(1, 2)
LESS, MORE = Fraction(2, 3), Fraction(5, 4)
LEFT_OUT_FIRST = ("midday", "evening")


def offer(rates: Sequence[Fraction | None]) -> str:
    """ "smaller", "larger" or "": what the rates of the last whole weeks speak for; None is a week of nothing due."""
    known = [rate for rate in rates[-WEEKS:] if rate is not None]
    if len(known) < WEEKS:
        return ""
    if all(rate < TOO_MUCH for rate in known):
        return "smaller"
    return "larger" if all(rate > ON_TRACK for rate in known) else ""


def less(dose: Dose, least: Dose) -> Dose:
    """Two thirds of a set, rounded up: fewer reps, of circles fewer seconds. What is down to `least` stays."""
    return _resized(dose, lambda now, lowest: max(_up(now * LESS), min(now, lowest)), least)


def more(dose: Dose) -> Dose:
    """A quarter more of a set, rounded up, as far as a dose may go."""
    most = replace(dose, reps=MOST_REPS, effort_seconds=MOST_SECONDS)
    return _resized(dose, lambda now, highest: min(_up(now * MORE), max(now, highest)), most)


def fewer_sessions(plan: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The sessions of each exercise with one session of the day left out; no exercise loses its only one."""
    for slot in LEFT_OUT_FIRST:
        fewer = [tuple(each for each in slots if each != slot) or slots for slots in plan]
        if fewer != list(plan):
            return fewer
    return list(plan)


def in_turn(places: Sequence[tuple[int, int]]) -> list[int]:
    """Who comes first, second ...: indexes of `places`, each (place held, place wanted).

    Who moves up goes before the one who stays there, who moves down goes behind.
    """
    return sorted(range(len(places)), key=lambda n: _turn(*places[n]))


def _turn(held: int, wanted: int) -> tuple[int, int, int]:
    return wanted, (wanted > held) - (wanted < held), held


def _resized(dose: Dose, resize: Callable[[int, int], int], limit: Dose) -> Dose:
    if dose.effort == Kind.CIRCLE:  # its reps are a pair: one way and the other
        return replace(dose, effort_seconds=resize(dose.effort_seconds, limit.effort_seconds))
    return replace(dose, reps=resize(dose.reps, limit.reps))


def _up(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)
