"""Pain as it was said: means of weeks, and when two of them differ enough to be called a change.

Source: DOMAIN 5, the numeric rating scale: 0 is no pain, 10 as bad as one can imagine. A change is called one by a rule
of two parts, by points and by share. A day or a week of which nothing was said is missing, and stays so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

WORST = 10
HIGH = 8  # from here on the way to help is shown
WEEKS_WANTED = 8
POINTS, SHARE = 2, Fraction(3, 10)


class Change(StrEnum):
    LOWER = "lower"
    SAME = "same"
    HIGHER = "higher"


def change(first: Fraction, last: Fraction) -> Change:
    """What became of a mean. Both parts must hold, else it is about the same."""
    difference = abs(last - first)
    if difference < POINTS or difference < SHARE * first:
        return Change.SAME
    return Change.HIGHER if last > first else Change.LOWER


@dataclass(frozen=True)
class Course:
    """One place over some weeks: the scores said in each, oldest week first."""

    weeks: Sequence[Sequence[int]]

    @cached_property
    def means(self) -> list[Fraction | None]:
        """Of each week the mean of what was said; None where nothing was."""
        return [mean(week) if week else None for week in self.weeks]

    @property
    def answers(self) -> int:
        return sum(map(len, self.weeks))

    @property
    def collected(self) -> int:
        """Weeks with an answer."""
        return len(self._said)

    @property
    def enough(self) -> bool:
        return self.collected >= WEEKS_WANTED

    @property
    def first(self) -> Fraction:
        """The mean of the first week with an answer."""
        return mean(self._said[0])

    @property
    def last(self) -> Fraction:
        """The mean of all that was said in the last two weeks with an answer."""
        return mean([*self._said[-2], *self._said[-1]])

    @property
    def change(self) -> Change | None:
        """None as long as too little is known."""
        return change(self.first, self.last) if self.enough else None

    @cached_property
    def _said(self) -> list[Sequence[int]]:
        return [week for week in self.weeks if week]


def mean(scores: Sequence[int]) -> Fraction:
    return Fraction(sum(scores), len(scores))
