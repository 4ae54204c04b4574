"""Pain over the weeks on Progress: a line for each place, above the sets of the same weeks. No queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from django.utils import formats

from exercises.models import Site
from exercises.pages.history import Week
from exercises.pages.wording import sets_text
from exercises.rules import chart_geometry
from exercises.rules.pain import WEEKS_WANTED, Course


@dataclass(frozen=True)
class PainLine:
    """One place with its line over the weeks."""

    site: Site
    course: Course

    @property
    def means(self) -> Sequence[Fraction | None]:
        """The weeks that are drawn."""
        return self.course.means

    @cached_property
    def line(self) -> chart_geometry.Trace:
        return chart_geometry.trace(self.means)

    @property
    def first(self) -> str:
        return mean_text(self.course.first)

    @property
    def last(self) -> str:
        return mean_text(self.course.last)

    @property
    def cells(self) -> list[tuple[str, int]]:
        """(mean, number of answers) of each week drawn; an empty mean without an answer."""
        answers = map(len, self.course.weeks[-len(self.means) :])
        texts = ["" if mean is None else mean_text(mean) for mean in self.means]
        return list(zip(texts, answers, strict=True))

    @cached_property
    def range(self) -> tuple[str, str] | None:
        """The lowest and the highest week drawn; None when none of them has an answer."""
        means = [each for each in self.means if each is not None]
        return (mean_text(min(means)), mean_text(max(means))) if means else None


@dataclass(frozen=True)
class Panel(PainLine):
    """One place as Progress draws it, a dot for each week with an answer."""

    running: bool  # the last week is not over yet

    @property
    def dots(self) -> str:
        """A path of zero length at each dot but the open one: its round line caps make the dots."""
        over = self.line.dots[:-1] if self.open_dot else self.line.dots
        return "".join(map(_dot, over))

    @property
    def open_dot(self) -> str:
        """The same of the running week; empty without an answer."""
        return _dot(self.line.dots[-1]) if self.running and self.means[-1] is not None else ""


class SetsBar(NamedTuple):
    """The bar of one week under the lines."""

    first: date
    running: bool
    any_done: bool
    bar: chart_geometry.Bar
    labelled: bool


class PainRow(NamedTuple):
    """One week of the table. `cells` are (mean, number of answers) of each place."""

    first: date
    cells: list[tuple[str, int]]
    sets: str


@dataclass(frozen=True)
class PainPanels:
    """The weeks on Progress, and the course of each chosen place."""

    weeks: Sequence[Week]
    courses: Mapping[Site, Course]

    @cached_property
    def shown(self) -> list[Panel]:
        return [each for each in self._panels if each.course.enough]

    @cached_property
    def collecting(self) -> list[Panel]:
        """The places with too few weeks to draw."""
        return [each for each in self._panels if not each.course.enough]

    @property
    def wanted(self) -> int:
        return WEEKS_WANTED

    @property
    def bars(self) -> list[SetsBar]:
        drawn = chart_geometry.low_bars([week.totals.done for week in self.weeks])
        last = len(drawn) - 1
        return [
            SetsBar(week.first, week.running, bool(week.totals.done), bar, (last - n) % 3 == 0)
            for n, (week, bar) in enumerate(zip(self.weeks, drawn, strict=True))
        ]

    @cached_property
    def most(self) -> str:
        """The sets of the fullest week."""
        return sets_text(max(week.totals.done for week in self.weeks))

    @property
    def rows(self) -> list[PainRow]:
        cells = zip(*(each.cells for each in self.shown), strict=True)
        return [
            PainRow(week.first, list(of_each), sets_text(week.totals.done))
            for week, of_each in zip(self.weeks, cells, strict=True)
        ]

    @cached_property
    def _panels(self) -> list[Panel]:
        running = self.weeks[-1].running
        return [Panel(site, course, running) for site, course in self.courses.items()]


def pain_panels(weeks: Sequence[Week], sites: Sequence[Site], scores: Mapping[tuple[date, str], int]) -> PainPanels:
    """The panels of the chosen places. `scores` are by (day, place), in the order of the days."""
    weekly: dict[str, list[list[int]]] = {site: [[] for _ in weeks] for site in sites}
    for (day, site), score in scores.items():
        if site in weekly:
            weekly[site][(day - weeks[0].first).days // 7].append(score)
    return PainPanels(weeks, {site: Course(weekly[site]) for site in sites})


def mean_text(mean: Fraction) -> str:
    """ "4.3"."""
    return formats.number_format(round(float(mean), 1), 1)


def _dot(place: tuple[str, str]) -> str:
    return f"M{place[0]} {place[1]}h0"
