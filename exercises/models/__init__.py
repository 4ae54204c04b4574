from exercises.models.accounts import User
from exercises.models.catalogue import Exercise
from exercises.models.plan import Plan, Prescription
from exercises.models.practice import CompletedSet, Session, Undo
from exercises.models.preferences import Preferences
from exercises.models.slots import SITTINGS, Slot

__all__ = [
    "SITTINGS",
    "CompletedSet",
    "Exercise",
    "Plan",
    "Preferences",
    "Prescription",
    "Session",
    "Slot",
    "Undo",
    "User",
]
