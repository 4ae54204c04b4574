"""What a reminder looks like: the next one that comes or would come."""

from collections.abc import Sequence
from datetime import time
from typing import NamedTuple

from exercises.models import SESSION_SLOTS, Delivery, Prescription, Slot
from exercises.models.reminder import FIRST
from exercises.pages.reminders import Reminders, proposed_time
from exercises.reminders.message import Message, message_of


class Sample(NamedTuple):
    at: time
    message: Message


def sample_of(reminders: Reminders) -> Sample | None:
    """The next reminder, else one of the first chosen session of today's plan. None without a plan."""
    preferences, board = reminders.preferences, reminders.board
    if upcoming := reminders.next:
        return _sample(reminders, upcoming.slot, upcoming.at.time(), upcoming.open)
    for slot in [*map(Slot, preferences.reminded_slots), *SESSION_SLOTS]:
        if due := board.plan.session(board.day, slot):
            return _sample(reminders, slot, proposed_time(preferences, slot), due)
    return None


def _sample(reminders: Reminders, slot: Slot, at: time, due: Sequence[Prescription]) -> Sample:
    delivery = Delivery(day=reminders.board.day, slot=slot, turn=FIRST)
    return Sample(at, message_of(delivery, reminders.preferences, due))
