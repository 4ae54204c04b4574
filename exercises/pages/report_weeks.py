"""The weeks of the report: sets and pain, as drawn and as in the table. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from exercises.models import Exercise
from exercises.pages.history import Week
from exercises.pages.pain_chart import Panel
from exercises.pages.wording import sets_text
from exercises.rules import chart_geometry
from exercises.rules.adherence import Totals
from exercises.rules.pain import WEEKS_WANTED, Trend, change

COMPARED = 3  # weeks with an answer: the first of them, and the last two


class SetCount(NamedTuple):
    """Sets done of sets due, like 18 of 21, of one exercise or of all. None are due in a week of today alone."""

    done: str
    due: int
    percent: int | None

    @property
    def text(self) -> str:
        """ "18/21"; "1" if today alone could be due; "" if nothing was due or done."""
        if self.due:
            return f"{self.done}/{self.due}"
        return "" if self.done == "0" else self.done


@dataclass(frozen=True)
class ReportWeek:
    """One week, in the chart and in the table."""

    week: Week
    exercises: Sequence[Exercise]
    dated: bool  # its date is printed below its bar

    @property
    def whole(self) -> SetCount:
        return self._count(self.week.totals)

    @property
    def cells(self) -> list[SetCount]:
        return [self._count(self.week.totals_of(each.slug)) for each in self.exercises]

    @property
    def bar(self) -> tuple[str, str] | None:
        """(y, height). None if nothing was due, or if no day of the week is over."""
        return None if self.whole.percent is None else chart_geometry.column(self.week.totals.rate or Fraction(0))

    @property
    def rest(self) -> bool:
        """Whether nothing was due because of rest days."""
        return not self.week.totals.due and any(each.excused for each in self.week.days if each.adherence)

    def _count(self, totals: Totals) -> SetCount:
        """Today counts only its finished sets, so a week of today alone would always be 100 %: show no percentage."""
        if any(each.due for each in self.week.days if not each.today):
            return set_count(totals)
        return SetCount(sets_text(totals.done), 0, None)


@dataclass(frozen=True)
class PrintedPain(Panel):
    """One place over the weeks of the report. `collected`: how many of the last twelve weeks have an answer."""

    collected: int

    @property
    def enough(self) -> bool:
        return self.collected >= WEEKS_WANTED

    @property
    def change(self) -> Trend | None:
        """From the first to the last of the weeks that are drawn; None when too few of them have an answer."""
        course = self.course
        return change(course.first, course.last) if course.collected >= COMPARED else None


def set_count(totals: Totals) -> SetCount:
    return SetCount(
        sets_text(totals.done), totals.due, None if totals.rate is None else chart_geometry.percent(totals.rate)
    )
