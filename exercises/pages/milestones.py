"""What a session reached: the end of the day, a first time, the goal of the week. No queries.

A session reached what is there with its sets and not without them. So only one session tells it. After an undo, the
session that does it once more tells it once more.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from exercises.models import Preferences
from exercises.pages.board import Board
from exercises.pages.history import History
from exercises.rules.adherence import DayAdherence, goal_of_week

WEEKS = 8  # first times are told while the plan is no older, so that a set costs the same after ten years


class DayDone(NamedTuple):
    """One day: what counts (nothing on a rest day), and the marks of its plan, rest day or not."""

    day: date
    counts: DayAdherence
    marks: DayAdherence


@dataclass(frozen=True)
class Days:
    """Days of a record, in no order."""

    each: Sequence[DayDone]
    preferences: Preferences

    def with_set(self) -> bool:
        return any(any(each.marks.fills.values()) or each.marks.extras for each in self.each)

    def with_session(self) -> bool:
        """Whether all sets of a session are done, also on a rest day."""
        return any(_has_session(each.marks) for each in self.each)

    def with_day(self) -> bool:
        return any(each.counts.complete for each in self.each)

    def with_week(self) -> bool:
        """Whether all that was due in some week is done. The week must have as many due days as the goal, or more."""
        weeks = defaultdict(list)
        for each in self.each:
            if each.counts.due:
                weeks[self.preferences.week(each.day)[0]].append(each.counts.complete)
        return any(all(days) and len(days) >= self.preferences.goal_days for days in weeks.values())


FIRST_TIMES = {  # the rarest first
    Days.with_week: pgettext_lazy("milestone", "Your first full week."),
    Days.with_day: pgettext_lazy("milestone", "Your first full day."),
    Days.with_session: pgettext_lazy("milestone", "Your first whole session."),
    Days.with_set: pgettext_lazy("milestone", "Your first set. A good start."),
}


@dataclass(frozen=True)
class SessionDay:
    """The day on which a session began: its board, and the ids of the sets of the session, which are on that board.

    `is_over` when some of them count for a later day, because the session went on after the end of its own.
    """

    board: Board
    own: frozenset[UUID] = frozenset()
    is_over: bool = False

    @property
    def ends_day(self) -> bool:
        """Whether the last due set of the day is one of the session."""
        return self._tells and self.board.adherence.complete and not self._before.adherence.complete

    def days_to_read(self) -> tuple[date, date] | None:
        """(first, last) of the days before this week that decide on a first time. None if none can be told."""
        first, week = self.board.plan.first_day, self.board.week[0]
        if first is None or first >= week or not any(self._is_first(reached) for reached in FIRST_TIMES):
            return None
        return first, week - timedelta(days=1)

    def line(self, earlier: Sequence[DayDone] = ()) -> str:
        """What the session reached, in one line: of several the rarest. `earlier` are the days of `days_to_read`."""
        told = (str(words) for reached, words in FIRST_TIMES.items() if self._is_first(reached, earlier))
        return next(told, "") or self._week_text() or self._note()

    @cached_property
    def _before(self) -> Board:
        """The board without the session."""
        return replace(self.board, sets=[each for each in self.board.sets if each.uuid not in self.own])

    @property
    def _tells(self) -> bool:
        """Whether the session can have reached something on its own day."""
        return bool(self.own) and not self.is_over

    def _is_first(self, reached: Callable[[Days], bool], earlier: Sequence[DayDone] = ()) -> bool:
        first, week = self.board.plan.first_day, self.board.week[0]
        if not self._tells or first is None or first < week - timedelta(weeks=WEEKS):
            return False
        others = Days([*earlier, *_week(self._before)], self.board.preferences)
        return reached(Days(_week(self.board), self.board.preferences)) and not reached(others)

    def _week_text(self) -> str:
        """How far the week is: said when the goal is reached, and at the end of each day."""
        reached, goal = _days_on_track(self.board), _goal(self.board)
        if self._tells and goal and _days_on_track(self._before) < goal <= reached:
            text = ngettext(
                "You reached your goal for this week: %(goal)d day.",
                "You reached your goal for this week: %(goal)d days.",
                goal,
            )
            return text % {"goal": goal}
        if not self.ends_day:
            return ""
        if reached > goal:
            return _("This week is on goal.")
        numbers = {"reached": reached, "goal": goal}
        text = ngettext("%(reached)d of %(goal)d day this week.", "%(reached)d of %(goal)d days this week.", goal)
        return text % numbers

    def _note(self) -> str:
        """Why some sets do not count for the day on which the session began."""
        if self.is_over:
            return _("The last sets count for the new day.")
        return _("This is a rest day. These sets are extra.") if self.board.rest else ""


def days_done(history: History, first: date, last: date) -> list[DayDone]:
    """The days of a stretch of the record that lie in the plan."""
    marks = replace(history, excused={})
    stretch = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [_day_done(day, history.day(day).adherence, marks.day(day).adherence) for day in stretch]


def _day_done(day: date, counts: DayAdherence | None, marks: DayAdherence | None) -> DayDone:
    nothing = DayAdherence({}, {})
    return DayDone(day, counts or nothing, marks or nothing)


def _week(board: Board) -> list[DayDone]:
    return [DayDone(day, board.adherence_on(day), board.marks_on(day)) for day in board.week]


def _has_session(day: DayAdherence) -> bool:
    open_slots = {mark.slot for mark, fill in day.fills.items() if fill < 1}
    return any(mark.slot not in open_slots for mark in day.fills)


def _days_on_track(board: Board) -> int:
    return sum(board.adherence_on(day).on_track for day in board.week)


def _goal(board: Board) -> int:
    """In days; 0 in a week without anything due."""
    planned = sum(bool(board.adherence_on(day).due) for day in board.week)
    return goal_of_week(board.preferences.goal_days, planned)
