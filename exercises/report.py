"""The report: one printed page of some weeks, for somebody who treats the feet's owner. No queries.

What it leaves out to stay on one page, it says: the notes that are not shown, and changes of the plan further back.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from exercises import charts
from exercises.adherence import Totals, on_track
from exercises.days import week_from, weeks_up_to
from exercises.history import History, Week
from exercises.models import Exercise, Prescription, Reason, Site
from exercises.pain import Course, mean
from exercises.pain_panels import mean_text
from exercises.progress import LONG
from exercises.words import dose_text, sets_text, times_text

WEEKS = (4, 8, 12)
MOST_CHANGES, MOST_NOTES, MOST_BREAKS = 5, 6, 6
NOTE_LENGTH = 110


class WeekCell(NamedTuple):
    """One exercise in one week, or all of them: "18" of 21, and the percent."""

    done: str
    due: int
    percent: int | None

    @property
    def on_track(self) -> bool:
        return self.percent is not None and self.percent >= 80


@dataclass(frozen=True)
class Pain:
    """One place over the last twelve weeks, of which the newest `shown` are printed."""

    site: Site
    course: Course
    shown: int

    @property
    def cells(self) -> list[tuple[str, int]]:
        """(mean, on how many days something was said) of each week printed."""
        return [(mean_text(mean(week)) if week else "", len(week)) for week in self.course.weeks[-self.shown :]]

    @property
    def line(self) -> charts.Trace:
        return charts.trace(self.course.means[-self.shown :])


class Break(NamedTuple):
    """Days in a row that asked for nothing, for one reason."""

    first: date
    last: date
    reason: str


class Note(NamedTuple):
    day: date
    text: str


class Dose(NamedTuple):
    """What is asked for of one exercise, in words; no times where it is off."""

    name: str
    text: str
    times: str


@dataclass(frozen=True)
class Report:
    """`scores` of the last twelve weeks, however many are shown; `notes` and the history of those shown."""

    history: History
    weeks: Sequence[Week]
    sites: Sequence[Site]
    scores: Mapping[tuple[date, str], int]
    notes: Mapping[date, str]

    @property
    def first(self) -> date:
        return max(self.weeks[0].first, self.history.plan.first_day or self.weeks[0].first)

    @property
    def last(self) -> date:
        return self.history.today

    @cached_property
    def full_weeks(self) -> list[Week]:
        """Those that are over and asked for something."""
        return [week for week in self.weeks if not week.running and week.totals.due]

    @property
    def overall(self) -> WeekCell:
        return _cell(sum((week.totals for week in self.full_weeks), Totals()))

    @property
    def weeks_on_track(self) -> int:
        return sum(on_track(week.totals.rate) for week in self.full_weeks)

    @property
    def days_with_a_set(self) -> int:
        return len({each.day for each in self.history.made if self.first <= each.day <= self.last})

    @property
    def days(self) -> int:
        return max((self.last - self.first).days + 1, 0)

    @cached_property
    def sources(self) -> Counter[str]:
        return self.history.sources(self.first, self.last)

    @property
    def timed(self) -> int | None:
        """How many percent of all sets."""
        made = self.sources.total()
        return charts.percent(Fraction(self.sources["timed"], made)) if made else None

    @property
    def whole(self) -> list[WeekCell]:
        return [_cell(week.totals) for week in self.weeks]

    @property
    def rows(self) -> list[tuple[str, list[WeekCell], WeekCell]]:
        """(name, each week, together) of each exercise that was planned, in the order of the newest plan."""
        rows = []
        for exercise in self._exercises():
            totals = [week.totals_of(exercise.slug) for week in self.weeks]
            rows.append((exercise.name, [_cell(each) for each in totals], _cell(sum(totals, Totals()))))
        return rows

    @property
    def plan(self) -> list[Dose]:
        return [_dose(each) for each in self.history.plan.on(self.last) if each.slots]

    @cached_property
    def all_changes(self) -> list[tuple[date, Dose]]:
        """What began to hold in these weeks, newest first; the plan's own beginning is no change."""
        plan = self.history.plan
        days = reversed(plan.changed_between(self.first, self.last))
        return [(day, _dose(each)) for day in days for each in plan.begun_on(day)]

    @property
    def changes(self) -> list[tuple[date, Dose]]:
        return self.all_changes[:MOST_CHANGES]

    @property
    def changes_left_out(self) -> int:
        return max(len(self.all_changes) - MOST_CHANGES, 0)

    @property
    def pain(self) -> list[Pain]:
        """Of the places that are asked about. Nothing is printed of one before enough weeks have an answer."""
        return [Pain(site, self._course(site), len(self.weeks)) for site in self.sites]

    def _course(self, site: Site) -> Course:
        firsts = weeks_up_to(self.weeks[-1].first, LONG)
        return Course(
            [[self.scores[day, site] for day in week_from(first) if (day, site) in self.scores] for first in firsts]
        )

    @cached_property
    def all_breaks(self) -> list[Break]:
        """Newest first."""
        days = sorted(day for day in self.history.excused if self.first <= day <= self.last)
        reasons = [(day, self.history.excused[day]) for day in days]
        runs = groupby(enumerate(reasons), key=lambda each: (each[1][0] - timedelta(days=each[0]), each[1][1]))
        found = [[day for _number, (day, _reason) in run] for _key, run in runs]
        return [Break(run[0], run[-1], str(Reason(self.history.excused[run[0]]).label)) for run in reversed(found)]

    @property
    def breaks(self) -> list[Break]:
        return self.all_breaks[:MOST_BREAKS]

    @property
    def breaks_left_out(self) -> int:
        return max(len(self.all_breaks) - MOST_BREAKS, 0)

    @property
    def rest_days(self) -> int:
        return sum((each.last - each.first).days + 1 for each in self.all_breaks)

    @cached_property
    def all_notes(self) -> list[Note]:
        return [Note(day, text) for day, text in sorted(self.notes.items(), reverse=True) if day <= self.last]

    @property
    def shown_notes(self) -> list[Note]:
        """The newest, each on as much room as it may have."""
        return [Note(day, _shortened(text)) for day, text in self.all_notes[:MOST_NOTES]]

    @property
    def notes_left_out(self) -> int:
        return max(len(self.all_notes) - MOST_NOTES, 0)

    def _exercises(self) -> list[Exercise]:
        planned: dict[str, Exercise] = {}
        for day in (day for week in reversed(self.weeks) for day in reversed(week.days)):
            planned |= {each.exercise.slug: each.exercise for each in self.history.plan.on(day.day) if each.slots}
        return list(planned.values())


def weeks_asked(text: str) -> int:
    """The number of weeks that `text` asks for, or the usual one."""
    return int(text) if text in map(str, WEEKS) else 8


def _cell(totals: Totals) -> WeekCell:
    return WeekCell(sets_text(totals.done), totals.due, None if totals.rate is None else charts.percent(totals.rate))


def _dose(prescribed: Prescription) -> Dose:
    times = times_text(len(prescribed.slots)) if prescribed.slots else ""
    return Dose(prescribed.name, dose_text(prescribed.dose, prescribed.way), times)


def _shortened(text: str) -> str:
    """On one line, and no longer than there is room for."""
    line = " ".join(text.split())
    return line if len(line) <= NOTE_LENGTH else line[: NOTE_LENGTH - 1].rstrip(" .,;") + "…"
