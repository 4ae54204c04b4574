"""The table of marks of a day: a row for each exercise, a cell for each session."""

from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from exercises.models import Exercise, Slot


class MarkCell(NamedTuple):
    """One mark. `undo` is the id of the set that a tap undoes, or None. `new` is true in the answer to the tap."""

    slot: Slot
    due: bool
    fill: Fraction
    now: bool
    undo: UUID | None
    new: bool

    @property
    def done(self) -> bool:
        return self.fill == 1

    @property
    def share(self) -> int | None:
        """Whole percent. None if nothing is done."""
        return int(self.fill * 100) if self.fill else None


class MarkRow(NamedTuple):
    """One exercise of the day. `undo` is the id of its last extra set, or None."""

    exercise: Exercise
    cells: tuple[MarkCell, ...]
    extras: int
    undo: UUID | None
