"""The table of marks of a day: a row for each exercise, a cell for each session."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from exercises.models import SESSION_SLOTS, Exercise, Prescription, Slot
from exercises.models.training import SetRow
from exercises.rules.adherence import NOTHING


class MarkCell(NamedTuple):
    """One mark. `undo` is the id of the set that a tap undoes, or None."""

    slot: Slot
    due: bool
    fill: Fraction
    now: bool
    undo: UUID | None

    @property
    def done(self) -> bool:
        return self.fill == 1

    @property
    def share(self) -> int | None:
        """Whole percent. None if nothing is done."""
        return int(self.fill * 100) if self.fill else None


class MarkRow(NamedTuple):
    """One exercise of the day, with all its sets, oldest first. `undo` is the id of its last extra set, or None.

    Its name and drawing are those of the variant in the plan of the day.
    """

    prescription: Prescription
    cells: tuple[MarkCell, ...]
    extras: int
    undo: UUID | None
    sets: tuple[SetRow, ...]

    @property
    def exercise(self) -> Exercise:
        return self.prescription.exercise

    @property
    def name(self) -> str:
        return self.prescription.name

    @property
    def drawing(self) -> str:
        return self.prescription.drawing

    @property
    def packed(self) -> str:
        return packed(self.sets)


def mark_cell(slot: Slot, filled_by: SetRow | None, due: bool, now: bool) -> MarkCell:
    fill, undo = (filled_by.done.fill, filled_by.uuid) if filled_by else (NOTHING, None)
    return MarkCell(slot, due, fill, now, undo)


NO_CELLS = tuple(mark_cell(slot, None, due=False, now=False) for slot in SESSION_SLOTS)


def empty_row(prescription: Prescription) -> MarkRow:
    """A row for an exercise with nothing due and nothing done."""
    return MarkRow(prescription, NO_CELLS, 0, None, ())


def mark_of(slot: Slot, sets: Sequence[SetRow]) -> MarkCell:
    """The mark of a tapped set. Only a mark that is due can be tapped; the page knows whether it is due now."""
    return mark_cell(slot, best(sets), due=True, now=False)


def best(rows: Iterable[SetRow]) -> SetRow | None:
    """The set that fills a mark: the fullest one, the first of equals."""
    return max(rows, key=lambda row: row.done.fill, default=None)


def packed(rows: Iterable[SetRow]) -> str:
    """ "0d9a... morning 20/20,77c1... extra 5/20": sets as static/js/today/today-page.js reads them."""
    return ",".join(f"{row.uuid} {row.slot} {row.reps}/{row.dose_reps}" for row in rows)
