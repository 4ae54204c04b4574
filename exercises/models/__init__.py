from exercises.models.account_event import AccountEvent
from exercises.models.choices import SESSION_SLOTS, Reason, Site, Slot
from exercises.models.day_facts import DayNote, PainRating, RestDay
from exercises.models.exercise import Exercise
from exercises.models.log_in_session import LogInSession
from exercises.models.login_attempts import LoginAttempts
from exercises.models.plan import Plan
from exercises.models.preferences import Preferences
from exercises.models.prescription import Prescription
from exercises.models.range_queries import FACTS, days_of
from exercises.models.reminder import CalendarFeed, Channel, Delivery, Heartbeat, PushSubscription, State, VapidKey
from exercises.models.share_link import ShareLink
from exercises.models.training import CompletedSet, Session, Undo
from exercises.models.upload import Packing, Upload
from exercises.models.user import User

__all__ = [
    "FACTS",
    "SESSION_SLOTS",
    "AccountEvent",
    "CalendarFeed",
    "Channel",
    "CompletedSet",
    "DayNote",
    "Delivery",
    "Exercise",
    "Heartbeat",
    "LogInSession",
    "LoginAttempts",
    "Packing",
    "PainRating",
    "Plan",
    "Preferences",
    "Prescription",
    "PushSubscription",
    "Reason",
    "RestDay",
    "Session",
    "ShareLink",
    "Site",
    "Slot",
    "State",
    "Undo",
    "Upload",
    "User",
    "VapidKey",
    "days_of",
]
