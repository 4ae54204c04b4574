"""What the page of a year shows: its days as squares, and as a table. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from exercises import charts
from exercises.adherence import ON_TRACK, Totals
from exercises.history import Day, Week
from exercises.models import Plan, Reason
from exercises.words import sets_text


@dataclass(frozen=True)
class Year:
    """A year of days, in the weeks that hold them. `weeks` may begin before it and end after it."""

    year: int
    weeks: Sequence[Week]
    today: date
    plan: Plan

    @cached_property
    def rows(self) -> list[tuple[Week, list[Day | None]]]:
        return [(week, [day if day.day.year == self.year else None for day in week.days]) for week in self.weeks]

    @property
    def heat(self) -> dict[int, str]:
        return charts.heat([[_level(day) for day in row] for __, row in self.rows])

    @cached_property
    def changed(self) -> list[date]:
        """The days on which the plan did."""
        return self.plan.changed_between(date(self.year, 1, 1), min(date(self.year, 12, 31), self.today))

    @property
    def frames(self) -> str:
        places = [(n, row) for n, (__, days) in enumerate(self.rows) for row, day in enumerate(days) if day]
        return charts.heat_frames((n, row) for n, row in places if self.weeks[n].days[row].day in self.changed)

    @property
    def rest(self) -> str:
        """A path of the rest days."""
        return charts.outlines([[bool(day and day.excused) for day in row] for __, row in self.rows])

    @property
    def size(self) -> tuple[int, int]:
        return charts.heat_size(len(self.weeks))

    @property
    def months(self) -> list[tuple[int, date]]:
        """(x, first day) of each month, above the week that holds that day."""
        firsts = [(n, day.day) for n, week in enumerate(self.weeks) for day in week.days if day.day.day == 1]
        return [(charts.heat_column(n), day) for n, day in firsts if day.year == self.year]

    @property
    def late(self) -> bool:
        """Whether the days to look at first are at its end: it is the running year, and more than half over."""
        return self.year == self.today.year and self.today.month > 6

    @property
    def weekdays(self) -> list[tuple[int, date]]:
        """(y, a day) of every second weekday, for its name at the side."""
        return [(charts.heat_row(n), self.weeks[1].days[n].day) for n in range(0, 7, 2)]

    @property
    def legend(self) -> list[tuple[str, str]]:
        """(name, path) of each level, emptiest first."""
        names = [_("None"), _("Some"), _("Half"), _("80%"), _("All")]
        return list(zip(names, charts.heat_legend(), strict=True))

    @property
    def table(self) -> list[tuple[str, date, list[str]]]:
        """(name, first day, "8/10" or why it is a rest day, of each day) of each week with a day that has begun."""
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


def _fraction(day: Day | None) -> str:
    if day and day.excused:
        return str(Reason(day.excused).label)
    return f"{sets_text(day.adherence.done)}/{day.due}" if day and day.adherence and day.due else ""


def _level(day: Day | None) -> int | None:
    return charts.level(day.adherence.rate, ON_TRACK) if day and day.adherence else None
