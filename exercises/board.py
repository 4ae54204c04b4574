"""The day as a board of marks: what is due, what is done, what is next. Built from a plan and sets, no queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from exercises import charts
from exercises.adherence import DayAdherence, Mark, day_adherence
from exercises.models import SITTINGS, Exercise, Plan, Prescription, Slot
from exercises.models.practice import SetRow
from exercises.timeline import Phase, Step, sitting, spans
from exercises.words import minutes, sets_text


@dataclass(frozen=True)
class Cell:
    """One mark. `undo` is the id of the set that a tap takes back, None while there is none."""

    slot: Slot
    due: bool
    fill: Fraction
    now: bool
    undo: UUID | None

    @property
    def done(self) -> bool:
        return self.fill == 1

    @property
    def share(self) -> int:
        """Whole percent."""
        return int(self.fill * 100)


@dataclass(frozen=True)
class Row:
    """One exercise of the day: a cell for each sitting, and its extra sets."""

    exercise: Exercise
    cells: tuple[Cell, ...]
    extras: int
    undo: UUID | None


@dataclass(frozen=True)
class Sitting:
    """One sitting of the day: its steps, its phases on the clock, and what is done of it."""

    slot: Slot
    prescriptions: tuple[Prescription, ...]
    fills: tuple[Fraction, ...]

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        return sitting(Step(each.exercise.slug, each.exercise.position, each.dose) for each in self.prescriptions)

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        return spans(self.phases)

    @property
    def seconds(self) -> int:
        return self.phases[-1].end if self.phases else 0

    @property
    def seconds_left(self) -> int:
        """What the steps that are not done take."""
        lengths = [end - start for start, end in self.spans]
        return sum(length for length, fill in zip(lengths, self.fills, strict=True) if fill < 1)

    @property
    def minutes_left(self) -> int:
        return minutes(self.seconds_left)

    @property
    def due(self) -> int:
        return len(self.prescriptions)

    @property
    def done(self) -> int:
        return sum(fill == 1 for fill in self.fills)

    @property
    def complete(self) -> bool:
        return self.done == self.due

    @property
    def left(self) -> list[Prescription]:
        """What is still to do."""
        return [each for each, fill in zip(self.prescriptions, self.fills, strict=True) if fill < 1]


@dataclass(frozen=True)
class WeekDay:
    """One pill of the week strip; no adherence for a day that is still to come."""

    day: date
    adherence: DayAdherence | None
    today: bool

    @property
    def done_text(self) -> str:
        return sets_text(self.adherence.done) if self.adherence else ""

    @property
    def pill(self) -> tuple[float, float]:
        return charts.pill(self.adherence.rate if self.adherence else None)


@dataclass(frozen=True)
class Board:
    """One day of one user. `sets` are those kept, of the whole week, oldest first."""

    plan: Plan
    day: date
    week: Sequence[date]
    slot: str
    sets: Sequence[SetRow]

    @cached_property
    def adherence(self) -> DayAdherence:
        return self._adherence_on(self.day)

    @property
    def done_text(self) -> str:
        return sets_text(self.adherence.done)

    @property
    def ring(self) -> tuple[str, str]:
        """Dashes of the track and of the fill."""
        return charts.ring_track(self.adherence.due), charts.ring_fill(self.adherence.done, self.adherence.due)

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(each) for each in self.plan.on(self.day) if each.slots or self._made(each.exercise)]

    @cached_property
    def sittings(self) -> list[Sitting]:
        return [self.sitting(slot) for slot in SITTINGS]

    @property
    def any_extras(self) -> bool:
        return any(row.extras for row in self.rows)

    @property
    def slots_behind(self) -> list[Slot]:
        """The sittings whose hour has passed."""
        return [slot for slot in SITTINGS if SITTINGS.index(slot) < self._hour]

    @property
    def next(self) -> Sitting | None:
        """The sitting to do now: that of the hour, else a later one, else one left open before."""
        in_turn = [*self.sittings[self._hour :], *self.sittings[: self._hour]]
        return next((each for each in in_turn if not each.complete), None)

    @property
    def week_days(self) -> list[WeekDay]:
        return [WeekDay(day, None if day > self.day else self._adherence_on(day), day == self.day) for day in self.week]

    def sitting(self, slot: Slot) -> Sitting:
        prescriptions = tuple(self.plan.sitting(self.day, slot))
        marks = [Mark(slot, each.exercise.slug) for each in prescriptions]
        return Sitting(slot, prescriptions, tuple(self.adherence.fills[mark] for mark in marks))

    @property
    def _hour(self) -> int:
        """The place of the current sitting among the day's."""
        return SITTINGS.index(Slot(self.slot))

    def _adherence_on(self, day: date) -> DayAdherence:
        due = [Mark(slot, slug) for slot, slug in self.plan.due(day)]
        return day_adherence(due, [each.done for each in self.sets if each.day == day])

    def _row(self, prescription: Prescription) -> Row:
        made, slots = self._made(prescription.exercise), prescription.slots
        filling = {slot: _best(each for each in made if each.slot == slot) for slot in slots}
        extras = [each for each in made if each not in filling.values()]
        return Row(
            prescription.exercise,
            tuple(self._cell(slot, slot in slots, filling.get(slot)) for slot in SITTINGS),
            self.adherence.extras.get(prescription.exercise.slug, 0),
            extras[-1].uuid if extras else None,
        )

    def _cell(self, slot: Slot, due: bool, filled_by: SetRow | None) -> Cell:
        fill = filled_by.done.fill if filled_by else Fraction(0)
        return Cell(slot, due, fill, slot == self.slot, filled_by.uuid if filled_by else None)

    def _made(self, exercise: Exercise) -> list[SetRow]:
        return [each for each in self.sets if each.day == self.day and each.exercise == exercise.slug]


def _best(rows: Iterable[SetRow]) -> SetRow | None:
    """The set that fills a mark: the fullest, of equals the first."""
    return max(rows, key=lambda row: row.done.fill, default=None)
