"""The report: some weeks on one printed page, for a therapist. No queries.

All totals cover the same days, those of full weeks; the current week is shown but not counted. The page says what it
leaves out to stay one page: further notes, changes of the plan and rest periods.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from exercises.models import Exercise, Prescription, Site
from exercises.pages.history import History, Week
from exercises.pages.report_weeks import PrintedPain, ReportWeek, SetCount, set_count
from exercises.pages.rest_days import RestPeriod, rest_periods
from exercises.pages.week import LONG
from exercises.pages.wording import dose_text, times_text
from exercises.rules import chart_geometry
from exercises.rules.adherence import Totals
from exercises.rules.days import week_from, weeks_up_to
from exercises.rules.pain import Course

WEEKS = (4, 8, 12)
MOST_CHANGES, MOST_NOTES, MOST_BREAKS = 5, 6, 6
FEW = 6  # with more weeks there is no room for every date
NOTE_LENGTH = 110


class Note(NamedTuple):
    day: date
    text: str


class DoseLine(NamedTuple):
    """The dose of one exercise, in words. `times` is empty if the exercise is off."""

    name: str
    text: str
    times: str
    full_name: str = ""


@dataclass(frozen=True)
class Report:
    """`asked` are the weeks to show, like `notes` and the history. `scores` always cover the last twelve weeks."""

    history: History
    asked: Sequence[Week]
    sites: Sequence[Site]
    scores: Mapping[tuple[date, str], int]
    notes: Mapping[date, str]

    @cached_property
    def weeks(self) -> list[Week]:
        """The weeks asked for, without those before the plan began."""
        return [week for week in self.asked if week.last >= self.history.first_day] or list(self.asked[-1:])

    @property
    def first(self) -> date:
        return max(self.weeks[0].first, self.history.plan.first_day or self.weeks[0].first)

    @property
    def last(self) -> date:
        return self.history.today

    @cached_property
    def full_weeks(self) -> list[Week]:
        """The past weeks with something due."""
        return [week for week in self.weeks if not week.running and week.totals.due]

    @property
    def overall(self) -> SetCount:
        return set_count(sum((week.totals for week in self.full_weeks), Totals()))

    @property
    def weeks_on_track(self) -> int:
        return sum(week.totals.on_track for week in self.full_weeks)

    @cached_property
    def days(self) -> set[date]:
        """The days of full weeks with something due."""
        return {each.day for week in self.full_weeks for each in week.days if each.due}

    @property
    def days_with_a_set(self) -> int:
        return len(self.history.made.keys() & self.days)

    @cached_property
    def sources(self) -> Counter[str]:
        return self.history.sources(self.first, self.weeks[-1].first - timedelta(days=1))

    @property
    def timed(self) -> int | None:
        """The percentage of timed sets. None without a set."""
        made = self.sources.total()
        return chart_geometry.percent(Fraction(self.sources["timed"], made)) if made else None

    @cached_property
    def lines(self) -> list[ReportWeek]:
        """Oldest first."""
        last, step = len(self.weeks) - 1, 1 if len(self.weeks) <= FEW else 3
        return [ReportWeek(week, self.exercises, (last - n) % step == 0) for n, week in enumerate(self.weeks)]

    @property
    def drawn(self) -> bool:
        """Whether the chart has a bar, or a rest period that explains a gap."""
        return bool(self.all_breaks) or any(each.bar for each in self.lines)

    @property
    def range(self) -> tuple[int, int] | None:
        """The lowest and the highest percentage of the full weeks."""
        percents = [
            chart_geometry.percent(week.totals.rate) for week in self.full_weeks if week.totals.rate is not None
        ]
        return (min(percents), max(percents)) if percents else None

    @property
    def by_exercise(self) -> list[SetCount]:
        """The sum of each exercise over the full weeks."""
        return [set_count(sum((w.totals_of(each.slug) for w in self.full_weeks), Totals())) for each in self.exercises]

    @property
    def plan(self) -> list[DoseLine]:
        return [_dose(each) for each in self.history.plan.on(self.last) if each.slots]

    @cached_property
    def all_changes(self) -> list[Prescription]:
        """Each change in these weeks, newest first. The beginning of the plan is not a change."""
        plan = self.history.plan
        return [
            each for day in reversed(plan.changed_between(self.first, self.last)) for each in plan.prescribed_on(day)
        ]

    @property
    def changes(self) -> list[tuple[date, DoseLine]]:
        """(day, dose) of the newest changes."""
        return [(each.since, _dose(each)) for each in self.all_changes[:MOST_CHANGES]]

    @property
    def changes_left_out(self) -> int:
        return max(len(self.all_changes) - MOST_CHANGES, 0)

    @cached_property
    def pain(self) -> list[PrintedPain]:
        """The places that the user chose. Their figures are of the weeks that are drawn, and of no others."""
        courses = [(site, self._course(site)) for site in self.sites]
        shown = len(self.weeks)
        return [
            PrintedPain(site, Course(course.weeks[-shown:]), running=True, collected=course.collected)
            for site, course in courses
        ]

    @cached_property
    def pain_drawn(self) -> list[PrintedPain]:
        """The places with enough weeks to draw."""
        return [each for each in self.pain if each.enough]

    @property
    def pain_lines(self) -> list[tuple[Week, list[tuple[str, int]]]]:
        """(week, cell of each place), oldest week first."""
        columns = [each.cells for each in self.pain_drawn]
        return [(week, [cells[n] for cells in columns]) for n, week in enumerate(self.weeks)]

    @property
    def week_list(self) -> list[tuple[ReportWeek, list[tuple[Site, str]]]]:
        """(week, mean of each place that has one), newest week first."""
        cells = [line for _week, line in self.pain_lines]
        sites = [each.site for each in self.pain_drawn]
        rows = [(line, list(zip(sites, means, strict=True))) for line, means in zip(self.lines, cells, strict=True)]
        return [(line, [(site, mean) for site, (mean, _answers) in means if mean]) for line, means in reversed(rows)]

    def _course(self, site: Site) -> Course:
        firsts = weeks_up_to(self.weeks[-1].first, LONG)
        return Course(
            [[self.scores[day, site] for day in week_from(first) if (day, site) in self.scores] for first in firsts]
        )

    @cached_property
    def all_breaks(self) -> list[RestPeriod]:
        """Newest first."""
        excused = {day: reason for day, reason in self.history.excused.items() if self.first <= day <= self.last}
        return rest_periods(excused)[::-1]

    @property
    def breaks(self) -> list[RestPeriod]:
        return self.all_breaks[:MOST_BREAKS]

    @property
    def breaks_left_out(self) -> int:
        return max(len(self.all_breaks) - MOST_BREAKS, 0)

    @property
    def rest_days(self) -> int:
        return sum(each.length for each in self.all_breaks)

    @cached_property
    def all_notes(self) -> list[Note]:
        return [Note(day, text) for day, text in sorted(self.notes.items(), reverse=True) if day <= self.last]

    @property
    def shown_notes(self) -> list[Note]:
        """The newest notes, each shortened to NOTE_LENGTH."""
        return [Note(day, _shortened(text)) for day, text in self.all_notes[:MOST_NOTES]]

    @property
    def notes_left_out(self) -> int:
        return max(len(self.all_notes) - MOST_NOTES, 0)

    @cached_property
    def exercises(self) -> list[Exercise]:
        """The planned exercises, in the order of the newest plan."""
        return self.history.plan.exercises(self.weeks[0].first, self.weeks[-1].last)


def weeks_asked(text: str) -> int:
    """The number of weeks in `text`, one of WEEKS; else 8."""
    return int(text) if text in map(str, WEEKS) else 8


def _dose(prescribed: Prescription) -> DoseLine:
    times = times_text(len(prescribed.slots)) if prescribed.slots else ""
    full_name = "" if prescribed.variant_data.slug else prescribed.exercise.full_name
    return DoseLine(prescribed.name, dose_text(prescribed.dose, prescribed.variant_data), times, full_name)


def _shortened(text: str) -> str:
    """`text` on one line of at most NOTE_LENGTH characters."""
    line = " ".join(text.split())
    return line if len(line) <= NOTE_LENGTH else line[: NOTE_LENGTH - 1].rstrip(" .,;") + "…"
