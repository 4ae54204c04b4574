"""The page of a year: its days as squares and as a table. No queries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exercises.models import Plan, Reason
from exercises.pages.history import Day, History, Week
from exercises.pages.wording import sets_text
from exercises.rules import chart_geometry
from exercises.rules.adherence import ON_TRACK, Totals
from exercises.rules.days import EARLIEST, week_of

HALF = 6  # months
COLUMNS = 27  # the largest number of weeks in half a year


@dataclass(frozen=True)
class Half:
    """Half a year as squares. A column is a week; None stands for days outside. `changed`: see Year."""

    first: date
    columns: Sequence[Sequence[Day | None]]
    changed: Sequence[date]

    @property
    def heat(self) -> dict[int, str]:
        return chart_geometry.heat([[_level(day) for day in column] for column in self.columns])

    @property
    def tiles(self) -> str:
        return chart_geometry.heat_tiles([[bool(day) for day in column] for column in self.columns])

    @property
    def rest(self) -> str:
        """The path of the rest days."""
        return chart_geometry.outlines([[bool(day and day.excused) for day in column] for column in self.columns])

    @property
    def frames(self) -> str:
        """The path of frames around the days on which the plan changed."""
        return chart_geometry.heat_frames((n, row) for n, row, day in self._days if day.day in self.changed)

    @property
    def today(self) -> tuple[int, int] | None:
        """(x, y) of the middle of today, or None."""
        return next((chart_geometry.heat_middle(n, row) for n, row, day in self._days if day.today), None)

    @property
    def months(self) -> list[date]:
        """The first day of each month."""
        return [day.day for _n, _row, day in self._days if day.day.day == 1]

    @property
    def last(self) -> date:
        return self._days[-1][2].day

    @property
    def size(self) -> tuple[int, int]:
        return chart_geometry.heat_size(COLUMNS)

    @cached_property
    def _days(self) -> list[tuple[int, int, Day]]:
        """(column, row, day)."""
        return [(n, row, day) for n, column in enumerate(self.columns) for row, day in enumerate(column) if day]


@dataclass(frozen=True)
class Year:
    """A year in weeks. The first week may start before it, the last may end after it."""

    year: int
    history: History
    week_starts_on: int

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)

    @property
    def before(self) -> int | None:
        """The year before. None if it has no data."""
        return self.year - 1 if self.year > max(self.history.first_day.year, EARLIEST) else None

    @property
    def after(self) -> int | None:
        """The year after. None if it is in the future."""
        return self.year + 1 if self.year < self.history.today.year else None

    @cached_property
    def weeks(self) -> list[Week]:
        first, last = (week_of(day, self.week_starts_on)[0] for day in (self.first, self.last))
        return self.history.weeks(last, (last - first).days // 7 + 1)

    @cached_property
    def rows(self) -> list[tuple[Week, list[Day | None]]]:
        return [(week, [day if day.day.year == self.year else None for day in week.days]) for week in self.weeks]

    @property
    def halves(self) -> list[Half]:
        """January to June and July to December: half a year fits a phone."""
        return [self._half(first) for first in (self.first, date(self.year, 7, 1))]

    @cached_property
    def changed(self) -> list[date]:
        """The days on which the plan changed."""
        return self.history.plan.changed_between(self.first, min(self.last, self.history.today))

    @property
    def rested(self) -> bool:
        return any(day and day.excused for __, row in self.rows for day in row)

    @property
    def running(self) -> bool:
        return self.year == self.history.today.year

    @property
    def weekdays(self) -> list[date]:
        """A day for every second weekday, for the names at the side."""
        return [self.weeks[1].days[n].day for n in range(0, 7, 2)]

    @property
    def legend(self) -> list[tuple[str, str]]:
        """(name, path) of each level, lowest first."""
        names = [
            pgettext("level", "None"),
            pgettext("level", "Some"),
            pgettext("level", "Half"),
            _("80%"),
            pgettext("level", "All"),
        ]
        return list(zip(names, chart_geometry.heat_legend(), strict=True))

    @property
    def table(self) -> list[tuple[str, date, list[tuple[str, str]]]]:
        """(name, first day, cells) of each week that has begun. A cell is ("8", "/10"), or a reason for rest and ""."""
        return [
            (week.name, week.first, [_fraction(day) for day in row])
            for week, row in self.rows
            if any(day and day.adherence for day in row)
        ]

    @property
    def name(self) -> str:
        return str(self.year)

    @property
    def done(self) -> str:
        return sets_text(self.totals.done)

    @property
    def due(self) -> int:
        return self.totals.due

    @cached_property
    def totals(self) -> Totals:
        return sum((day.totals() for __, row in self.rows for day in row if day), Totals())

    @property
    def days_on_track(self) -> int:
        return sum(day.on_track for __, row in self.rows for day in row if day)

    def _half(self, first: date) -> Half:
        months = range(first.month, first.month + HALF)
        columns = [[day if day and day.day.month in months else None for day in row] for __, row in self.rows]
        changed = [day for day in self.changed if day.month in months]
        return Half(first, [each for each in columns if any(each)], changed)


def year_asked(name: str, plan: Plan, today: date) -> int:
    """The year of that name, or the nearest year with data; else the current year."""
    if not re.fullmatch(r"[0-9]{4}", name):
        return today.year
    first_day = plan.first_day or today
    return min(max(int(name), first_day.year, EARLIEST), today.year)


def _level(day: Day | None) -> int | None:
    """The level of a day. None if nothing was due, or if nothing is done today."""
    if not day or not day.adherence or (day.today and not day.adherence.done):
        return None
    return chart_geometry.level(day.adherence.rate, ON_TRACK)


def _fraction(day: Day | None) -> tuple[str, str]:
    """Two parts, between which a narrow column may break."""
    if day and day.excused:
        return str(Reason(day.excused).label), ""
    return (sets_text(day.adherence.done), f"/{day.due}") if day and day.adherence and day.due else ("", "")
