"""The record by days and weeks: due and done. Built from a plan and sets, no queries."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from exercises.models import Plan
from exercises.models.packed_sets import DailySets, unpack_sets
from exercises.pages.wording import rest_text
from exercises.rules import days
from exercises.rules.adherence import NONE, DayAdherence, Mark, Totals, added, day_adherence, goal_of_week


class Day(NamedTuple):
    """One day. `adherence` is None before the plan began and in the future.

    `excused` is the reason of a rest day; empty on any other day.
    """

    day: date
    adherence: DayAdherence | None
    today: bool
    planned: bool
    excused: str

    @property
    def on_track(self) -> bool:
        return bool(self.adherence and self.adherence.on_track)

    @property
    def rest_text(self) -> str:
        return rest_text(self.excused)

    @property
    def due(self) -> int:
        return self.adherence.due if self.adherence else 0

    def totals(self, exercise: str = "") -> Totals:
        """Its sets done and due, to add to those of other days."""
        return self.adherence.totals(exercise, in_progress=self.today) if self.adherence else NONE


@dataclass(frozen=True)
class Week:
    """Seven days. `wanted` is the user's goal in days on track a week."""

    days: tuple[Day, ...]
    wanted: int

    @property
    def first(self) -> date:
        return self.days[0].day

    @property
    def last(self) -> date:
        return self.days[-1].day

    @property
    def name(self) -> str:
        return days.week_name(self.first)

    @property
    def running(self) -> bool:
        return any(each.today for each in self.days)

    @cached_property
    def totals(self) -> Totals:
        return self.totals_of("")

    @cached_property
    def days_on_track(self) -> int:
        return sum(each.on_track for each in self.days)

    @cached_property
    def days_planned(self) -> int:
        return sum(each.planned for each in self.days)

    @property
    def goal(self) -> int:
        return goal_of_week(self.wanted, self.days_planned)

    @property
    def on_goal(self) -> bool:
        return bool(self.days_planned) and self.days_on_track >= self.goal

    @property
    def on_track(self) -> bool:
        return self.totals.on_track

    @property
    def counts(self) -> bool:
        """Whether "weeks on goal" counts this week. The current week counts once it reached the goal."""
        return self.on_goal or (bool(self.days_planned) and not self.running)

    def totals_of(self, exercise: str) -> Totals:
        return added([each.totals(exercise) for each in self.days])


@dataclass(frozen=True)
class History:
    """The record of a user up to `today`. `made` are the sets and `excused` the rest days of the days asked for."""

    plan: Plan
    today: date
    made: Mapping[date, DailySets]
    goal_days: int
    excused: Mapping[date, str] = field(default_factory=dict)

    @property
    def first_day(self) -> date:
        """The first day of the plan; today without a plan."""
        return self.plan.first_day or self.today

    def day(self, day: date) -> Day:
        reason = self.excused.get(day, "")
        marks = () if reason else self.plan.due(day)
        first, made = self.plan.first_day, self.made.get(day)
        begun = first is not None and first <= day <= self.today
        adherence = _adherence(marks, made.sets if made else "") if begun else None
        return Day(day, adherence, day == self.today, bool(marks), reason)

    def week(self, first: date) -> Week:
        return Week(tuple(self.day(day) for day in days.week_from(first)), self.goal_days)

    def weeks(self, last: date, count: int) -> list[Week]:
        """`count` weeks, the last of them from `last` on; fewer at the start of the calendar."""
        return [self.week(first) for first in days.weeks_up_to(last, count)]

    def sources(self, first: date, last: date) -> Counter[str]:
        """The number of timed, ticked and backdated sets, extra sets included."""
        last = min(last, self.today)
        made = [made.sources for day, made in self.made.items() if first <= day <= last]
        return Counter(source for sources in made for source in sources.split(","))

    def quiet_days(self) -> int:
        """Days since the last set in `made`, or since the plan began."""
        return (self.today - max(self.made, default=self.first_day)).days


@lru_cache(maxsize=500)
def _adherence(due: tuple[Mark, ...], sets: str) -> DayAdherence:
    """Cached, because most days repeat another day in what was due and done, of any user."""
    return day_adherence(due, unpack_sets(sets))
