"""The plan between two changes, and what it is made of."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from exercises.rules.adherence import Mark

if TYPE_CHECKING:
    from exercises.models.prescription import Prescription


class PlanRow(Protocol):
    """A prescription, or what becomes one when it is asked for. Two rows with equal `asks` ask for the same."""

    exercise: Any  # Exercise; the field of a model is no property
    exercise_id: int
    since: date
    first_slot: str
    order: int

    @property
    def asks(self) -> tuple[int, Any]: ...  # (order, all the rest)

    @property
    def marks(self) -> tuple[Mark, ...]: ...

    @property
    def prescription(self) -> "Prescription": ...


@dataclass(frozen=True)
class Stretch:
    """The plan from one change to the next: the rows in force, in the order of a session."""

    rows: list[PlanRow]

    @cached_property
    def held(self) -> "list[Prescription]":
        return [each.prescription for each in self.rows]

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Every mark of each of its days."""
        return tuple(mark for each in self.rows for mark in each.marks)
