"""The page of a week: its grid, the weeks before it as bars, and its exercises. No queries.

Weeks name the exercise itself and not its variant, because the plan may have changed the variant within them. Pages of
a day and of a session name the variant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import pgettext

from exercises.models import Exercise, Plan, Preferences
from exercises.pages.history import Day, History, Week
from exercises.pages.wording import rest_text, sets_text
from exercises.rules import chart_geometry
from exercises.rules.adherence import NONE, ON_TRACK, Totals, added
from exercises.rules.days import week_name, week_named

LONG, MIDDLE = 12, 4  # weeks in the long and in the middle view
QUIET = 8  # days without a set; then the page welcomes the user back


class DayCell(NamedTuple):
    """One exercise on one day. `level`: 0 none, 1 some, 2 all; None if nothing was due."""

    done: str
    due: int
    level: int | None
    today: bool
    begun: bool  # in the plan, and not in the future
    planned: bool
    rest: str  # the reason of a rest day, else empty
    whole: bool  # the cell of all exercises together
    counts: bool  # towards the goal; true only for a whole day

    @property
    def rest_text(self) -> str:
        return rest_text(self.rest)


class DayRow(NamedTuple):
    """One day of the week in a line: its cell of all exercises, the names of those left open, the width of its bar."""

    day: date
    cell: DayCell
    open: str
    width: str


class ExerciseTotal(NamedTuple):
    """The total of one exercise over some days."""

    name: str
    totals: Totals

    @property
    def due(self) -> int:
        return self.totals.due

    @property
    def done_text(self) -> str:
        return sets_text(self.totals.done)

    @property
    def width(self) -> str:
        return chart_geometry.share(self.totals.rate)

    @property
    def on_track(self) -> bool:
        return self.totals.on_track


@dataclass(frozen=True)
class WeekBar:
    """One week of the long view with its bar."""

    place: int  # index among `weeks` weeks; 0 is the oldest
    weeks: int
    first: date
    running: bool
    days_on_track: int
    days_planned: int
    totals: Totals
    gap: str  # why it has no bar: "rest", "off" or "open" (nothing due yet); empty before the plan began
    changed: tuple[date, ...]  # the days on which the plan changed

    @property
    def name(self) -> str:
        return week_name(self.first)

    @property
    def due(self) -> int:
        return self.totals.due

    @property
    def done_text(self) -> str:
        return sets_text(self.totals.done)

    @cached_property
    def percent(self) -> int | None:
        return None if self.totals.rate is None else chart_geometry.percent(self.totals.rate)

    @property
    def on_track(self) -> bool:
        return self.totals.on_track

    @cached_property
    def bar(self) -> chart_geometry.Bar | None:
        return None if self.totals.rate is None else chart_geometry.bar(self.totals.rate, self.place, self.weeks)

    @property
    def labelled(self) -> bool:
        return (self.weeks - 1 - self.place) % 3 == 0


@dataclass(frozen=True)
class Progress:
    """One week and the weeks before it. `weeks` ends with the week shown."""

    history: History
    weeks: Sequence[Week]

    @property
    def week(self) -> Week:
        return self.weeks[-1]

    @property
    def before(self) -> tuple[str, date] | None:
        """(name, first day) of the week before. None if it has no data."""
        first = self.weeks[-2:][0].first  # the calendar's first week has none before it
        return (week_name(first), first) if self.week.first > self.history.first_day else None

    @property
    def after(self) -> tuple[str, date] | None:
        """(name, first day) of the week after. None if it is in the future."""
        first = self.week.last + timedelta(days=1)
        return (week_name(first), first) if first <= self.history.today else None

    @property
    def done(self) -> str:
        return sets_text(self.week.totals.done)

    @property
    def due(self) -> int:
        """The sets due. Those that can still be done today count on the first day only, where Today is all there is."""
        return sum(each.due for each in self.week.days) if self.is_first_day else self.week.totals.due

    @property
    def is_first_day(self) -> bool:
        """Nothing can be summed up yet."""
        return self.history.first_day == self.history.today

    @cached_property
    def extras(self) -> int:
        return sum(sum(each.adherence.extras.values()) for each in self.week.days if each.adherence)

    @property
    def head(self) -> tuple[tuple[date, bool, bool], ...]:
        """(day, is today, has a page) of each day of the week."""
        return tuple((each.day, each.today, bool(each.adherence)) for each in self.week.days)

    @cached_property
    def grid(self) -> list[tuple[Exercise, tuple[DayCell, ...]]]:
        planned = self.history.plan.exercises(self.week.first, self.week.last)
        return [(each, tuple(_cell(day, each.slug) for day in self.week.days)) for each in planned]

    @cached_property
    def any_rest(self) -> bool:
        return any(day.excused for day in self.week.days)

    @property
    def whole_days(self) -> tuple[DayCell, ...]:
        return tuple(_cell(day, "") for day in self.week.days)

    @property
    def day_rows(self) -> list[DayRow]:
        """The days, for larger text: then the grid has no room."""
        rows = zip(self.week.days, self.whole_days, *(cells for _exercise, cells in self.grid), strict=True)
        names = [pgettext("exercise", each.name) for each, _cells in self.grid]
        return [
            DayRow(day.day, whole, _open(names, cells), chart_geometry.share(day.adherence and day.adherence.rate))
            for day, whole, *cells in rows
        ]

    @cached_property
    def bars(self) -> tuple[WeekBar, ...]:
        return tuple(self._bar(place, week) for place, week in enumerate(self.weeks))

    @cached_property
    def any_changed(self) -> bool:
        return any(each.changed for each in self.bars)

    @property
    def guide(self) -> str:
        return chart_geometry.guide(ON_TRACK)

    @cached_property
    def range(self) -> tuple[int, int] | None:
        """The lowest and the highest percentage of the past weeks."""
        percents = [percent for each in self.bars if not each.running and (percent := each.percent) is not None]
        return (min(percents), max(percents)) if percents else None

    @property
    def weeks_on_goal(self) -> int:
        return sum(each.on_goal for each in self.weeks)

    @cached_property
    def weeks_that_count(self) -> int:
        return sum(each.counts for each in self.weeks)

    @cached_property
    def lines(self) -> tuple[ExerciseTotal, ...]:
        """The total of each exercise over the middle view."""
        if self.is_first_day:
            return ()
        weeks = self.weeks[-MIDDLE:]
        planned = self.history.plan.exercises(weeks[0].first, weeks[-1].last)
        days = [day for week in weeks for day in week.days]
        sums = [(each.name, added([day.totals(each.slug) for day in days])) for each in planned]
        return tuple(ExerciseTotal(name, totals) for name, totals in sums if totals.due)

    @cached_property
    def sources(self) -> dict[str, int]:
        """The number of timed, ticked and backdated sets in the middle view."""
        weeks = self.weeks[-MIDDLE:]
        return self.history.sources(weeks[0].first, weeks[-1].last)

    @cached_property
    def state(self) -> str:
        """ "empty", "first" (first week), "back" (after QUIET days), or ""."""
        first_day = self.history.plan.first_day
        if self.week.running and not self.history.made and (first_day is None or first_day >= self.weeks[0].first):
            return "empty"
        if self.week.running and self.history.quiet_days() >= QUIET:
            return "back"
        return "first" if first_day and first_day >= self.week.first else ""

    def _bar(self, place: int, week: Week) -> WeekBar:
        changed = self.history.plan.changed_between(week.first, min(week.last, self.history.today))
        return WeekBar(
            place,
            len(self.weeks),
            week.first,
            week.running,
            week.days_on_track,
            week.days_planned,
            Totals(week.totals.done, self.due) if self.is_first_day and week is self.week else week.totals,
            "" if week.totals.due else _gap(week),
            tuple(changed),
        )


def week_asked(name: str, plan: Plan, preferences: Preferences, today: date) -> date:
    """The first day of the week of that name, or of the nearest week with data; else of the current week."""
    named = week_named(name, preferences.week_starts_on) or today
    return preferences.week(min(max(named, plan.first_day or today), today))[0]


def _cell(day: Day, exercise: str) -> DayCell:
    totals = day.adherence.totals(exercise) if day.adherence else NONE
    level = bool(totals.done) + (totals.done == totals.due) if totals.due else None
    return DayCell(
        sets_text(totals.done),
        totals.due,
        level,
        day.today,
        begun=bool(day.adherence),
        planned=day.planned,
        rest=day.excused,
        whole=not exercise,
        counts=not exercise and day.on_track,
    )


def _open(names: Sequence[str], cells: Sequence[DayCell]) -> str:
    """The names of the exercises whose cell is not full, as one text."""
    return ", ".join(name for name, cell in zip(names, cells, strict=True) if cell.due and cell.level != 2)


def _gap(week: Week) -> str:
    if not any(day.adherence for day in week.days):
        return ""
    if week.days_planned:
        return "open"
    return "rest" if any(day.excused for day in week.days) else "off"
