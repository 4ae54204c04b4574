"""What Today carries for the phone: what is due today and on the next six days. No queries.

From it the phone draws the day after each tap, and later days when it is offline (static/js/today/board.js).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain, pairwise
from typing import Any

from django.templatetags.static import static

from exercises.models import Prescription
from exercises.pages.board import Board
from exercises.pages.marks import MarkRow, empty_row
from exercises.pages.today_words import today_words
from exercises.rules.timeline import Step, step_seconds

DAYS = 7


def art_of(drawing: str) -> str:
    """The address of a drawing, for <use>."""
    return f"{static(f'illustrations/{drawing}.svg')}#{drawing}-art"


@dataclass(frozen=True)
class CarriedDays:
    """The day of the board, and those after it."""

    board: Board

    @property
    def days(self) -> list[date]:
        return [self.board.day + timedelta(days=n) for n in range(DAYS)]

    @cached_property
    def words(self) -> dict[str, Any]:
        return today_words(max(len(self.board.plan.on(day)) for day in self._changes))

    @cached_property
    def later_rows(self) -> list[MarkRow]:
        """Rows that the table of today lacks and another of these days needs."""
        known = {row.exercise.slug for row in self.board.rows}
        later: dict[str, Prescription] = {}
        for each in chain.from_iterable(self.board.plan.on(day) for day in self._changes):
            if each.slots and each.exercise.slug not in known:
                later.setdefault(each.exercise.slug, each)
        return [empty_row(each) for each in later.values()]

    @cached_property
    def shown(self) -> dict[str, Prescription]:
        """By exercise, what its row shows."""
        return {row.exercise.slug: row.prescription for row in self.board.rows + self.later_rows}

    @property
    def data(self) -> dict[str, Any]:
        """For JSON: the last day, reasons of `rests`, `plans` [from this day on, what is due], `starts` ("07:30")."""
        return {
            "until": self.days[-1].isoformat(),
            "rests": {day.isoformat(): self.board.excused[day] for day in self.days if day in self.board.excused},
            "plans": [[day.isoformat(), self._due(day)] for day in self._changes],
            "starts": [f"{start:%H:%M}" for start in self.board.preferences.starts.values()],
            "words": self.words,
        }

    @cached_property
    def _changes(self) -> list[date]:
        """The first of these days, and each day on which something else is due than on the day before."""
        plan = self.board.plan
        others = [day for before, day in pairwise(self.days) if plan.slots_on(before) != plan.slots_on(day)]
        return sorted({self.days[0], *others, *(day for day in self.days if day in plan.changes)})

    def _due(self, day: date) -> list[dict[str, Any]]:
        """Each exercise in the order of a session: its slug, the reps of a set, its seconds in each of its slots.

        Also its name and drawing, where a later plan has another variant than the row of today shows.
        """
        held, slots = self.board.plan.on(day), self.board.plan.slots_on(day)
        steps = [(each.step, each.slots) for each in held]
        seconds = {slot: self._seconds([step for step, due in steps if slot in due]) for slot in slots}
        return [
            {
                "exercise": each.exercise.slug,
                "reps": each.dose.total_reps,
                "seconds": {slot: seconds[slot][each.exercise.slug] for slot in each.slots if slot in slots},
            }
            | self._other_variant(each)
            for each in held
        ]

    def _other_variant(self, held: Prescription) -> dict[str, str]:
        shown = self.shown.get(held.exercise.slug, held)
        return {} if held.drawing == shown.drawing else {"name": held.name, "art": art_of(held.drawing)}

    def _seconds(self, steps: list[Step]) -> dict[str, int]:
        """The seconds of each exercise in a session of these steps, with the time to change position."""
        lengths = step_seconds(steps, self.board.preferences.move_seconds)
        return {step.exercise: length for step, length in zip(steps, lengths, strict=True)}
