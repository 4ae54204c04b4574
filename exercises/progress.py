"""What the page of a week shows of the record: its grid, the weeks before it as bars, its exercises. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from exercises import charts, sizes
from exercises.adherence import ON_TRACK, Totals, on_track
from exercises.history import Day, History, Week
from exercises.models import Exercise
from exercises.plans import Standing
from exercises.words import rest_text, sets_text

LONG, MIDDLE = 12, 4  # weeks in the long and in the middle view
QUIET = 8  # days without a set after which coming back is greeted


class Cell(NamedTuple):
    """One exercise on one day, in plain values (`fixed`). Level 0 nothing, 1 some, 2 all; None when nothing was due."""

    done: str
    due: int
    level: int | None
    today: bool
    begun: bool  # it lies in the plan, and is not still to come
    planned: bool
    rest: str  # why nothing is due
    whole: bool  # all exercises together
    counts: bool  # for the goal: only a whole day does

    @property
    def rest_text(self) -> str:
        return rest_text(self.rest)


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
    """One week of the long view with the bar that stands for it, in plain values (`fixed`)."""

    name: str
    first: date
    running: bool
    on_track: bool
    days_on_track: int
    days_planned: int
    done: str
    due: int
    percent: int | None
    bar: charts.Bar | None
    gap: str  # why there is no bar: "rest", "off", "open" (nothing due yet); empty before the plan began
    middle: str
    labelled: bool
    changed: tuple[date, ...]  # the days on which the plan did

    @property
    def change_mark(self) -> str:
        return charts.change_mark(self.middle) if self.changed else ""


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
    def any_rest(self) -> bool:
        return any(day.excused for day in self.week.days)

    @property
    def whole_days(self) -> list[Cell]:
        return [_cell(day, "") for day in self.week.days]

    @cached_property
    def bars(self) -> list[WeekBar]:
        drawn, last = charts.bars([each.totals.rate for each in self.weeks]), len(self.weeks) - 1
        places = zip(self.weeks, drawn, charts.middles(len(drawn)), strict=True)
        return [
            _week_bar(week, bar, middle, (last - n) % 3 == 0, tuple(self._changed_in(week)))
            for n, (week, bar, middle) in enumerate(places)
        ]

    @cached_property
    def any_changed(self) -> bool:
        return any(each.changed for each in self.bars)

    @property
    def offer(self) -> str:
        """ "smaller", "larger" or "": only for whole weeks under the plan as it is now, and never by itself."""
        before = self.weeks[-1 - sizes.WEEKS : -1]
        plan, today = self.history.plan, self.history.today
        if not self.week.running or len(before) < sizes.WEEKS or plan.changes[-1:] > [before[0].first]:
            return ""
        name = sizes.offer([each.totals.rate if each.days_planned >= sizes.PLANNED_DAYS else None for each in before])
        return name if name and Standing(plan, plan.on(today), today).can_become(name) else ""

    @property
    def guide(self) -> str:
        return charts.guide(ON_TRACK)

    @cached_property
    def range(self) -> tuple[int, int] | None:
        """The lowest and the highest percent of the weeks that are over."""
        percents = [each.percent for each in self.bars if each.percent is not None and not each.running]
        return (min(percents), max(percents)) if percents else None

    @property
    def weeks_on_goal(self) -> int:
        return sum(each.on_goal for each in self.weeks)

    @cached_property
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

    @cached_property
    def state(self) -> str:
        """ "empty", "first" (week), "back" (after a gap), or nothing special."""
        first_day = self.history.plan.first_day
        if self.week.running and not self.history.made and (first_day is None or first_day >= self.weeks[0].first):
            return "empty"
        if self.week.running and self.history.quiet_days() >= QUIET:
            return "back"
        return "first" if first_day and first_day >= self.week.first else ""

    def _changed_in(self, week: Week) -> list[date]:
        return self.history.plan.changed_between(week.first, min(week.last, self.history.today))

    def _exercises(self, weeks: Sequence[Week]) -> list[Exercise]:
        """All that were planned in those weeks, in the order of the newest plan."""
        planned: dict[str, Exercise] = {}
        for week in reversed(weeks):
            for day in reversed(week.days):
                on_day = self.history.plan.on(day.day)
                planned |= {each.exercise.slug: each.exercise for each in on_day if each.slots}
        return list(planned.values())


def _cell(day: Day, exercise: str) -> Cell:
    totals = day.adherence.totals(exercise) if day.adherence else Totals()
    level = None if totals.rate is None else (totals.done > 0) + (totals.rate >= 1)
    return Cell(
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


def _week_bar(week: Week, bar: charts.Bar | None, middle: str, labelled: bool, changed: tuple[date, ...]) -> WeekBar:
    rate = week.totals.rate
    return WeekBar(
        week.name,
        week.first,
        week.running,
        week.on_track,
        week.days_on_track,
        week.days_planned,
        sets_text(week.totals.done),
        week.totals.due,
        None if rate is None else charts.percent(rate),
        bar,
        "" if bar else _gap(week),
        middle,
        labelled,
        changed,
    )


def _gap(week: Week) -> str:
    if not any(day.adherence for day in week.days):
        return ""
    if week.days_planned:
        return "open"
    return "rest" if any(day.excused for day in week.days) else "off"
