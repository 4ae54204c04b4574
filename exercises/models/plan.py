"""The plan of a user: all prescriptions, past, current and planned. Past days keep what was due."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exercises.models.choices import SESSION_SLOTS, Slot
from exercises.models.exercise import Exercise, refuse_too_long
from exercises.models.stretch import PlanRow, Stretch
from exercises.rules.adherence import Mark

if TYPE_CHECKING:
    from exercises.models.prescription import Prescription

MOST_DAYS_BACK = 366
IN_ORDER = attrgetter("order", "exercise_id", "since")


@dataclass(frozen=True)
class Plan:
    """All prescriptions of one user: past, current and planned. Of two of an exercise on one day the last holds.

    A day is looked up in the course of each exercise, so a page costs the same with four rows and with hundreds.
    """

    rows: Sequence[PlanRow]

    @cached_property
    def prescriptions(self) -> "tuple[Prescription, ...]":
        """All of them, in the order of a session."""
        return tuple(sorted((each.prescription for each in self.rows), key=IN_ORDER))

    @cached_property
    def _courses(self) -> list[tuple[list[date], list[PlanRow]]]:
        """Of each exercise the days on which a row begins, oldest first, and those rows."""
        of_each: dict[int, dict[date, PlanRow]] = defaultdict(dict)
        for row in self.rows:
            of_each[row.exercise_id][row.since] = row
        return [(days := sorted(begun), [begun[day] for day in days]) for begun in of_each.values()]

    def in_turn(self) -> list[tuple[PlanRow, PlanRow, PlanRow]]:
        """Each row between two others of its exercise: (the one before, it, the one after)."""
        return [three for _days, rows in self._courses for three in zip(rows, rows[1:], rows[2:], strict=False)]

    @cached_property
    def _begun(self) -> dict[date, list[tuple[PlanRow, PlanRow | None]]]:
        """(row, row of its exercise before it) by day. A row that repeats what holds already begins nothing."""
        begun: dict[date, list[tuple[PlanRow, PlanRow | None]]] = defaultdict(list)
        for _days, rows in self._courses:
            for before, row in pairwise([None, *rows]):
                if row and (before is None or row.asks != before.asks):
                    begun[row.since].append((row, before))
        return begun

    @cached_property
    def _stretches(self) -> dict[int, Stretch]:
        """Those that were asked for, by the number of changes before them: charts ask for hundreds of days."""
        return {}

    def _stretch(self, day: date) -> Stretch:
        place = bisect_right(self.changes, day)
        if place not in self._stretches:
            held = [rows[begun - 1] for days, rows in self._courses if (begun := bisect_right(days, day))]
            self._stretches[place] = Stretch(sorted(held, key=IN_ORDER))
        return self._stretches[place]

    @cached_property
    def changes(self) -> list[date]:
        """The days from which another dose holds, oldest first."""
        return sorted({each.since for each in self.rows})

    @property
    def first_day(self) -> date | None:
        return self.changes[0] if self.changes else None

    @property
    def first_slot(self) -> str:
        """The slot in which the plan began, on its first day. Empty for the first one of the day."""
        return next((rows[0].first_slot for days, rows in self._courses if days[0] == self.first_day), "")

    def slots_on(self, day: date) -> tuple[Slot, ...]:
        """The slots of that day: on the first day of the plan only those from the one in which it began."""
        if day != self.first_day or not self.first_slot:
            return SESSION_SLOTS
        return SESSION_SLOTS[SESSION_SLOTS.index(Slot(self.first_slot)) :]

    @property
    def earliest_beginning(self) -> date | None:
        """The earliest day to which the first day can be moved back at once."""
        return self.first_day and self.first_day - timedelta(days=MOST_DAYS_BACK)

    def refuse_beginning(self, day: date) -> None:
        """Raise ValidationError if the first day cannot be moved to `day`."""
        if self.first_day is None:
            raise ValidationError(_("There is no plan yet."))
        if day > self.first_day:
            raise ValidationError(_("You can only move the first day back. Please choose an earlier day."))
        if day < self.first_day - timedelta(days=MOST_DAYS_BACK):
            raise ValidationError(_("You can move it back by up to a year at a time. Please choose a later day."))

    def on(self, day: date) -> "list[Prescription]":
        """The prescriptions in force on `day`, in the order of a session."""
        return self._stretch(day).held

    def prescription(self, day: date, slug: str) -> "Prescription | None":
        """The prescription of one exercise in force on `day`."""
        return next((each for each in self.on(day) if each.exercise.slug == slug), None)

    def session(self, day: date, slot: str) -> "list[Prescription]":
        """The prescriptions of one session, whole, whether or not it is due on `day`."""
        return [each for each in self.on(day) if slot in each.slots]

    def due(self, day: date) -> tuple[Mark, ...]:
        """Every mark that is due on `day`."""
        marks = self.every_mark(day)
        if day != self.first_day:
            return marks
        return tuple(mark for mark in marks if mark.slot in self.slots_on(day))

    def every_mark(self, day: date) -> tuple[Mark, ...]:
        """Every mark of the plan in force on `day`, also of slots before the one in which it began."""
        return self._stretch(day).marks

    def exercises(self, first: date, last: date) -> list[Exercise]:
        """The exercises planned on any of these days, in the order of the newest plan."""
        begun = self.changes[bisect_right(self.changes, first) : bisect_right(self.changes, last)]
        planned: dict[str, Exercise] = {}
        for day in reversed([first, *begun]):
            planned |= {each.exercise.slug: each.exercise for each in self._stretch(day).rows if each.marks}
        return list(planned.values())

    def exercise(self, slug: str) -> Exercise | None:
        """The exercise with that slug, if it was ever in this plan."""
        newest = (rows[-1].exercise for _days, rows in self._courses)
        return next((each for each in newest if each.slug == slug), None)

    def changed_between(self, first: date, last: date) -> list[date]:
        """The days on which a dose changed. The first day of the plan is not a change, nor is another order alone."""
        begun = self.changes[max(bisect_left(self.changes, first), 1) : bisect_right(self.changes, last)]
        return [change for change in begun if self._is_another_dose(change)]

    def last_change(self, day: date) -> date | None:
        """The last day up to `day` on which a dose changed. The plan's first day counts, another order does not."""
        begun = self.changes[: bisect_right(self.changes, day)]
        return next((each for each in reversed(begun) if self._is_another_dose(each)), None)

    def planned(self, today: date) -> list[date]:
        """The days after today on which the plan changes."""
        return [change for change in self.changes[1:] if change > today and change in self._begun]

    def prescribed_on(self, day: date) -> "list[Prescription]":
        """The prescriptions that change on that day, unless only their order does."""
        begun = [row.prescription for row, before in self._begun.get(day, []) if _another_dose(row, before)]
        return sorted(begun, key=IN_ORDER)

    def _is_another_dose(self, day: date) -> bool:
        return any(_another_dose(*each) for each in self._begun.get(day, []))

    def replaced(self, wanted: "Iterable[Prescription]", since: date) -> "Plan":
        """A copy with `wanted` in force from `since`; prescriptions that stay the same add no row."""
        wanted = [each for each in wanted if each.slots or self.exercise(each.exercise.slug)]
        before = {each.exercise_id: each.asks for each in self.on(since - timedelta(days=1))}
        asked = {each.exercise_id for each in wanted}
        kept = [each for each in self.rows if each.since != since or each.exercise_id not in asked]
        begun = self.first_slot if since == self.first_day else ""
        changed = [each for each in wanted if each.asks != before.get(each.exercise_id)]
        rows = [each.changed(since=since, first_slot=begun) for each in changed]
        return Plan([*kept, *rows])

    def without(self, change: date) -> "Plan":
        """A copy without the change of that day."""
        return Plan([each for each in self.rows if each.since != change])

    def refuse_too_long(self, since: date) -> None:
        """Raise ValidationError if a session is too long on `since` or after a later change."""
        for day in {since, *(change for change in self.changes if change >= since)}:
            refuse_too_long(self.on(day))


def _another_dose(row: PlanRow, before: PlanRow | None) -> bool:
    return before is None or row.asks[1] != before.asks[1]
