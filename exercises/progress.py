"""What the pages of the record show of it: the grid of a week, bars, the squares of a year. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from exercises import charts
from exercises.adherence import ON_TRACK, Totals, on_track
from exercises.history import Day, History, Week
from exercises.models import Exercise
from exercises.words import sets_text

LONG, MIDDLE = 12, 4  # weeks in the long and in the middle view
QUIET = 8  # days without a set after which coming back is greeted


class Cell(NamedTuple):
    """One exercise on one day: level 0 nothing, 1 some, 2 all of it; None when nothing was due."""

    day: Day
    done: str
    due: int
    level: int | None


class Line(NamedTuple):
    """A name with its sums over some days."""

    exercise: Exercise
    totals: Totals

    @property
    def done(self) -> str:
        return sets_text(self.totals.done)

    @property
    def due(self) -> int:
        return self.totals.due

    @property
    def width(self) -> str:
        return charts.share(self.totals.rate)

    @property
    def on_track(self) -> bool:
        return on_track(self.totals.rate)


class WeekBar(NamedTuple):
    """One week of the long view, with the bar that stands for it."""

    week: Week
    bar: charts.Bar | None
    labelled: bool

    @property
    def done(self) -> str:
        return sets_text(self.week.totals.done)

    @property
    def percent(self) -> int | None:
        rate = self.week.totals.rate
        return None if rate is None else charts.percent(rate)


@dataclass(frozen=True)
class Progress:
    """The page of one week: that week, and the weeks that lead to it. `weeks` ends with the week shown."""

    history: History
    weeks: Sequence[Week]

    @property
    def week(self) -> Week:
        return self.weeks[-1]

    @property
    def done(self) -> str:
        return sets_text(self.week.totals.done)

    @property
    def extras(self) -> int:
        return sum(sum(each.adherence.extras.values()) for each in self.week.days if each.adherence)

    @cached_property
    def grid(self) -> list[tuple[Exercise, list[Cell]]]:
        return [(each, [_cell(day, each.slug) for day in self.week.days]) for each in self._exercises(self.weeks[-1:])]

    @property
    def whole_days(self) -> list[Cell]:
        return [_cell(day, "") for day in self.week.days]

    @cached_property
    def bars(self) -> list[WeekBar]:
        drawn = charts.bars([each.totals.rate for each in self.weeks])
        last = len(drawn) - 1
        return [
            WeekBar(week, bar, labelled=(last - n) % 3 == 0)
            for n, (week, bar) in enumerate(zip(self.weeks, drawn, strict=True))
        ]

    @property
    def guide(self) -> str:
        return charts.guide(ON_TRACK)

    @property
    def range(self) -> tuple[int, int] | None:
        """The lowest and the highest percent of the weeks that are over."""
        percents = [each.percent for each in self.bars if each.percent is not None and not each.week.running]
        return (min(percents), max(percents)) if percents else None

    @property
    def weeks_on_goal(self) -> int:
        return sum(each.on_goal for each in self.weeks)

    @property
    def weeks_that_count(self) -> int:
        return sum(each.counts for each in self.weeks)

    @property
    def lines(self) -> list[Line]:
        """Each exercise over the middle view."""
        weeks = self.weeks[-MIDDLE:]
        lines = [
            Line(each, sum((week.totals_of(each.slug) for week in weeks), Totals())) for each in self._exercises(weeks)
        ]
        return [line for line in lines if line.due]

    @cached_property
    def sources(self) -> dict[str, int]:
        """How many sets of the middle view were timed, ticked, backdated."""
        weeks = self.weeks[-MIDDLE:]
        return self.history.sources(weeks[0].first, weeks[-1].last)

    @property
    def state(self) -> str:
        """ "empty", "first" (week), "back" (after a gap), or nothing special."""
        first_day = self.history.plan.first_day
        if self.week.running and not self.history.made and (first_day is None or first_day >= self.weeks[0].first):
            return "empty"
        if self.week.running and self.history.quiet_days() >= QUIET:
            return "back"
        return "first" if first_day and first_day >= self.week.first else ""

    def _exercises(self, weeks: Sequence[Week]) -> list[Exercise]:
        """All that were planned in those weeks, in the order of the newest plan."""
        planned: dict[str, Exercise] = {}
        for week in reversed(weeks):
            for day in reversed(week.days):
                on_day = self.history.plan.on(day.day)
                planned |= {each.exercise.slug: each.exercise for each in on_day if each.slots}
        return list(planned.values())


@dataclass(frozen=True)
class Year:
    """A year of days, in the weeks that hold them. `weeks` may begin before it and end after it."""

    year: int
    weeks: Sequence[Week]
    today: date

    @cached_property
    def rows(self) -> list[tuple[Week, list[Day | None]]]:
        return [(week, [day if day.day.year == self.year else None for day in week.days]) for week in self.weeks]

    @property
    def heat(self) -> dict[int, str]:
        return charts.heat([[_level(day) for day in row] for __, row in self.rows])

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
        """(name, first day, "8/10" of each day) of each week with a day that has begun."""
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


def _cell(day: Day, exercise: str) -> Cell:
    totals = day.adherence.totals(exercise) if day.adherence else Totals()
    level = None if totals.rate is None else (totals.done > 0) + (totals.rate >= 1)
    return Cell(day, sets_text(totals.done), totals.due, level)


def _fraction(day: Day | None) -> str:
    return f"{sets_text(day.adherence.done)}/{day.due}" if day and day.adherence and day.due else ""


def _level(day: Day | None) -> int | None:
    return charts.level(day.adherence.rate, ON_TRACK) if day and day.adherence else None
