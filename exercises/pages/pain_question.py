"""The pain question: the places to ask about, and the answers so far."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from exercises.models import Site, Slot
from exercises.rules.pain import HIGH, WORST
from exercises.web.moment import Moment


class Place(NamedTuple):
    """One place and its score. None if it has no answer."""

    site: Site
    score: int | None


@dataclass(frozen=True)
class Question:
    """Asks about the days from `since` to today. `day` is the day of the answer, which a change keeps.

    `rating_ids` are the ids of all ratings of that day, changed ones included, so that one undo covers them all.
    """

    places: tuple[Place, ...]
    since: date
    day: date
    rating_ids: tuple[UUID, ...]
    moment: Moment
    weekly: bool

    @property
    def answered(self) -> bool:
        """One score is enough: the user may leave out the others."""
        return any(each.score is not None for each in self.places)

    @property
    def evening(self) -> bool:
        return self.moment.slot == Slot.EVENING

    @property
    def scale(self) -> tuple[tuple[int, bool], ...]:
        """(score, whether it is high)."""
        return tuple((score, score >= HIGH) for score in range(WORST + 1))
