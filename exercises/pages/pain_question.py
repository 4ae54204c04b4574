"""The question how much it hurts: the places, and what was answered."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from exercises.models import Site, Slot
from exercises.rules.pain import HIGH, WORST
from exercises.web.moment import Moment


class Place(NamedTuple):
    """One place to ask about, and what was said of it; None while nothing was."""

    site: Site
    score: int | None


@dataclass(frozen=True)
class Question:
    """Asked of the days from `since` to `today`. `day` is that of the answer: a change is made where that one was.

    `said` are the ids of all that was answered on that day, those since changed too: it is taken back as a whole.
    """

    places: tuple[Place, ...]
    since: date
    day: date
    said: tuple[UUID, ...]
    moment: Moment
    weekly: bool

    @property
    def answered(self) -> bool:
        """One place is enough: the others were left out on purpose."""
        return any(each.score is not None for each in self.places)

    @property
    def evening(self) -> bool:
        return self.moment.slot == Slot.EVENING

    @property
    def scale(self) -> tuple[tuple[int, bool], ...]:
        """(score, whether it is high)."""
        return tuple((score, score >= HIGH) for score in range(WORST + 1))
