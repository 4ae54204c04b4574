"""Pain ratings: the mean of a week, and whether two means differ enough to call it a change.

Source: DOMAIN 5, the numeric rating scale: 0 is no pain, 10 is as bad as you can imagine. A change must reach both a
number of points and a share of the first mean. A day or week without a rating stays missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

WORST = 10
HIGH = 8  # from here on the page shows where to get help
WEEKS_WANTED = 8
POINTS, SHARE = 2, Fraction(3, 10)


class Trend(StrEnum):
    LOWER = "lower"
    SAME = "same"
    HIGHER = "higher"


def change(first: Fraction, last: Fraction) -> Trend:
    """How the mean changed. It must differ by POINTS and by SHARE, else it is about the same."""
    difference = abs(last - first)
    if difference < POINTS or difference < SHARE * first:
        return Trend.SAME
    return Trend.HIGHER if last > first else Trend.LOWER


@dataclass(frozen=True)
class Course:
    """One site over some weeks: the scores of each week, oldest week first."""

    weeks: Sequence[Sequence[int]]

    @cached_property
    def means(self) -> list[Fraction | None]:
        """The mean of each week; None for a week without a score."""
        return [mean(week) if week else None for week in self.weeks]

    @property
    def answers(self) -> int:
        return sum(map(len, self.weeks))

    @property
    def collected(self) -> int:
        """The number of weeks with a score."""
        return len(self._said)

    @property
    def enough(self) -> bool:
        return self.collected >= WEEKS_WANTED

    @property
    def first(self) -> Fraction:
        """The mean of the first week with a score."""
        return mean(self._said[0])

    @property
    def last(self) -> Fraction:
        """The mean of all scores in the last two weeks with a score."""
        return mean([*self._said[-2], *self._said[-1]])

    @property
    def change(self) -> Trend | None:
        """The change from first to last; None with fewer than WEEKS_WANTED weeks."""
        return change(self.first, self.last) if self.enough else None

    @cached_property
    def _said(self) -> list[Sequence[int]]:
        return [week for week in self.weeks if week]


def mean(scores: Sequence[int]) -> Fraction:
    return Fraction(sum(scores), len(scores))
