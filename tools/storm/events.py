"""The events to send: sets and undos of several users, nearly half of them repeated, in random order."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from random import Random
from typing import Any
from uuid import UUID

TWICE = 0.46  # share of repetitions in all requests
UNDOS = 0.1  # share of undos in the new events
EXERCISES = ("toe-presses", "toe-walking", "resisted-plantar-flexion", "ankle-circles")
SLOTS = ("morning", "midday", "evening", "extra")


@dataclass(frozen=True)
class UserEvent:
    """One event of one user, as sent."""

    user: int
    fields: dict[str, Any]

    @property
    def key(self) -> tuple[int, str]:
        return self.user, self.fields["id"]


def random_events(count: int, users: int, chance: Random) -> list[UserEvent]:
    """`count` events, TWICE of them repetitions: one half at once, as of a double tap, the other at any time.

    An undo may come before its set.
    """
    new = round(count * (1 - TWICE))
    sets = [UserEvent(chance.randrange(users), _a_set(chance)) for _ in range(round(new * (1 - UNDOS)))]
    undone = chance.sample(sets, new - len(sets))
    undos = [UserEvent(each.user, _an_undo(each.fields["id"], chance)) for each in undone]
    placed = [(chance.random(), event) for event in (*sets, *undos)]
    repeated = chance.choices(placed, k=count - new)
    placed += [(place if number % 2 else chance.random(), event) for number, (place, event) in enumerate(repeated)]
    return [event for _, event in sorted(placed, key=itemgetter(0))]


def _a_set(chance: Random) -> dict[str, Any]:
    at = datetime.now(UTC) - timedelta(minutes=chance.randrange(20 * 24 * 60))
    return {
        "kind": "set",
        "id": _uuid(chance),
        "exercise": chance.choice(EXERCISES),
        "slot": chance.choice(SLOTS),
        "completed_at": at.isoformat(),
        "timezone": "UTC",
        "source": "timed",
    }


def _an_undo(target: str, chance: Random) -> dict[str, Any]:
    return {"kind": "undo", "id": _uuid(chance), "target": target, "timezone": "UTC"}


def _uuid(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
