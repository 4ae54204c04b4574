"""Pain over the weeks as Progress shows it: a panel for each place above the sets of the same weeks. No queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from django.utils import formats

from exercises import charts
from exercises.history import Week
from exercises.models import Site
from exercises.pain import WEEKS_WANTED, Course
from exercises.words import sets_text


@dataclass(frozen=True)
class Panel:
    """One place with its line."""

    site: Site
    course: Course
    running: bool  # the last week is not over yet

    @property
    def dots(self) -> str:
        """A path of no length at each week with an answer, but for the one that is not over: round ends make dots."""
        over = self.line.dots[:-1] if self.open_dot else self.line.dots
        return "".join(f"M{x} {y}h0" for x, y in over)

    @property
    def open_dot(self) -> tuple[str, str] | None:
        """(x, y) of the week that is not over, where it has an answer."""
        return self.line.dots[-1] if self.running and self.course.means[-1] is not None else None

    @cached_property
    def line(self) -> charts.Trace:
        return charts.trace(self.course.means)

    @property
    def first(self) -> str:
        return mean_text(self.course.first)

    @property
    def last(self) -> str:
        return mean_text(self.course.last)

    @property
    def range(self) -> tuple[str, str]:
        """The lowest and the highest week."""
        means = [each for each in self.course.means if each is not None]
        return mean_text(min(means)), mean_text(max(means))


class SetsBar(NamedTuple):
    """One week under the lines, in plain values (`fixed`)."""

    first: date
    running: bool
    any_done: bool
    bar: charts.Bar
    labelled: bool


class Row(NamedTuple):
    """One week of the table, in plain values (`fixed`): of each place its mean and how many answers that is of."""

    first: date
    cells: tuple[tuple[str, int], ...]
    sets: str


@dataclass(frozen=True)
class PainPanels:
    """The weeks that Progress shows, with what was said in them of the places chosen."""

    weeks: Sequence[Week]
    sites: Sequence[Site]
    scores: Mapping[tuple[date, str], int]

    @cached_property
    def shown(self) -> list[Panel]:
        return [each for each in self._panels if each.course.enough]

    @property
    def collecting(self) -> list[Panel]:
        """Of these there is too little to show."""
        return [each for each in self._panels if not each.course.enough]

    @property
    def wanted(self) -> int:
        return WEEKS_WANTED

    @property
    def bars(self) -> list[SetsBar]:
        drawn = charts.low_bars([week.totals.done for week in self.weeks])
        last = len(drawn) - 1
        return [
            SetsBar(week.first, week.running, bool(week.totals.done), bar, (last - n) % 3 == 0)
            for n, (week, bar) in enumerate(zip(self.weeks, drawn, strict=True))
        ]

    @property
    def most(self) -> str:
        """The sets of the fullest week."""
        return sets_text(max(week.totals.done for week in self.weeks))

    @property
    def rows(self) -> list[Row]:
        return [
            Row(week.first, tuple(_cell(panel.course.weeks[n]) for panel in self.shown), sets_text(week.totals.done))
            for n, week in enumerate(self.weeks)
        ]

    @cached_property
    def _panels(self) -> list[Panel]:
        running = self.weeks[-1].running
        return [Panel(site, Course([self._said(site, week) for week in self.weeks]), running) for site in self.sites]

    def _said(self, site: Site, week: Week) -> list[int]:
        keys = [(each.day, str(site.value)) for each in week.days]
        return [self.scores[key] for key in keys if key in self.scores]


def mean_text(mean: Fraction) -> str:
    """ "4.3"."""
    return formats.number_format(round(float(mean), 1), 1)


def _cell(scores: Sequence[int]) -> tuple[str, int]:
    return mean_text(Fraction(sum(scores), len(scores))) if scores else "", len(scores)
