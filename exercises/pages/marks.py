"""The marks of a day in a grid: a row for each exercise, a cell for each session."""

from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from exercises.models import Exercise, Slot


class MarkCell(NamedTuple):
    """One mark. `undo` is the id of the set that a tap takes back, None while there is none; it is `new` right after
    the tap.
    """

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
        """Whole percent, None while nothing of it is done."""
        return int(self.fill * 100) if self.fill else None


class MarkRow(NamedTuple):
    """One exercise of the day: a cell for each session, and its extra sets."""

    exercise: Exercise
    cells: tuple[MarkCell, ...]
    extras: int
    undo: UUID | None

    @property
    def looks(self) -> tuple[MarkCell, ...]:
        """The cells as they are drawn, whichever sets they are of (`fixed`)."""
        return tuple(cell._replace(undo=None) for cell in self.cells)
