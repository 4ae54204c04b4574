"""The page of a day: its sessions with their marks and further sets, so that each set is there once. No queries."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from exercises.models import SESSION_SLOTS, Exercise, Slot
from exercises.pages.board import Board
from exercises.pages.marks import MarkCell, MarkRow
from exercises.pages.set_list import Entry
from exercises.pages.wording import sets_text


class Line(NamedTuple):
    """A mark that is due, with the set that fills it or a part of it; or a further set, without a mark.

    A set keeps the name of the variant it was done in; an empty mark has that of the plan of the day.
    """

    exercise: Exercise
    name: str
    mark: MarkCell | None
    entry: Entry | None


class Part(NamedTuple):
    """One session, or the extra sets."""

    slot: Slot
    lines: list[Line]

    @property
    def due(self) -> int:
        return sum(line.mark is not None for line in self.lines)

    @property
    def done(self) -> str:
        return sets_text(sum((line.mark.fill for line in self.lines if line.mark), Fraction(0)))


def day_parts(board: Board, entries: Sequence[Entry]) -> list[Part]:
    """The parts that have a mark or a set, in the order of the day."""
    parts = [Part(slot, _lines(board, entries, slot)) for slot in (*SESSION_SLOTS, Slot.EXTRA)]
    return [part for part in parts if part.lines]


def _lines(board: Board, entries: Sequence[Entry], slot: Slot) -> list[Line]:
    """The marks in the order of the plan, then the sets that fill none, in that of the day."""
    by_id = {each.of.uuid: each for each in entries}
    cells = [(row, cell) for row in board.rows for cell in row.cells if cell.slot == slot and cell.due]
    marks = [_mark_line(row, cell, by_id.get(cell.undo) if cell.undo else None) for row, cell in cells]
    filling = {cell.undo for _row, cell in cells}
    others = [each for each in entries if each.of.slot == slot and each.of.uuid not in filling]
    return marks + [Line(each.of.exercise, each.of.name, None, each) for each in others]


def _mark_line(row: MarkRow, cell: MarkCell, entry: Entry | None) -> Line:
    return Line(row.exercise, entry.of.name if entry else row.name, cell, entry)
