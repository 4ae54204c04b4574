"""A prescription as its query packs it: made when it is asked for, because a page needs a few of hundreds."""

from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from exercises.models.choices import SESSION_SLOTS
from exercises.models.compiled_query import column_names, from_row
from exercises.models.exercise import Exercise
from exercises.models.prescription import Prescription
from exercises.rules.adherence import Mark

SLOTS = [slot.value for slot in SESSION_SLOTS]
AMOUNTS = ("reps", "effort_seconds", "pause_seconds")
PACKED = ("since", "first_slot", "order", *SLOTS, *AMOUNTS, "variant")


class StoredPrescription:
    """`text` has the PACKED words, like "2026-11-20 midday 1 1 0 1 10 4 2 seated". Only the last may hold a space."""

    def __init__(self, user_id: int, exercise: Exercise, text: str) -> None:
        since, self.first_slot, order, self._rest = text.split(" ", 3)
        self.exercise, self.exercise_id = exercise, exercise.pk
        self.since, self.order, self._user_id = date.fromisoformat(since), int(order), user_id

    @property
    def asks(self) -> tuple[int, str]:
        return self.order, self._rest

    @property
    def marks(self) -> tuple[Mark, ...]:
        return _marks(self.exercise.slug, self._rest[: 2 * len(SLOTS)])

    @cached_property
    def prescription(self) -> Prescription:
        *numbers, variant = self._rest.split(" ", len(SLOTS) + len(AMOUNTS))
        told: dict[str, Any] = dict(zip((*SLOTS, *AMOUNTS), map(int, numbers), strict=True))
        told |= {slot: bool(told[slot]) for slot in SLOTS}
        told |= {"user_id": self._user_id, "exercise_id": self.exercise_id}
        told |= {"since": self.since, "first_slot": self.first_slot, "order": self.order, "variant": variant}
        made = from_row(Prescription, [told[name] for name in column_names(Prescription)])
        made._state.fields_cache["exercise"] = self.exercise  # as select_related does, without checks
        return made


@lru_cache(maxsize=1000)
def _marks(exercise: str, due: str) -> tuple[Mark, ...]:
    """`due` is like "1 0 1": whether the exercise is due in each slot."""
    return tuple(Mark(slot, exercise) for slot, each in zip(SLOTS, due.split(), strict=True) if each == "1")
