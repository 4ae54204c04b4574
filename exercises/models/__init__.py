from exercises.models.accounts import User
from exercises.models.catalogue import Exercise
from exercises.models.plan import Plan, Prescription
from exercises.models.practice import CompletedSet, Session, Undo
from exercises.models.preferences import Preferences
from exercises.models.sharing import ShareLink
from exercises.models.slots import SESSION_SLOTS, Slot
from exercises.models.tries import Tries
from exercises.models.uploads import Packing, Upload
from exercises.models.wellbeing import DayNote, PainRating, Reason, RestDay, Site, days_of

__all__ = [
    "SESSION_SLOTS",
    "CompletedSet",
    "DayNote",
    "Exercise",
    "Packing",
    "PainRating",
    "Plan",
    "Preferences",
    "Prescription",
    "Reason",
    "RestDay",
    "Session",
    "ShareLink",
    "Site",
    "Slot",
    "Tries",
    "Undo",
    "Upload",
    "User",
    "days_of",
]
