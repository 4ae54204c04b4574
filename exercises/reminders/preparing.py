"""The last look before sending: what is no longer asked for is not sent, the rest gets its words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from exercises.models import SESSION_SLOTS, Channel, Delivery, Prescription, PushSubscription, State
from exercises.models.reminder import CLEAR, SECOND, TEST
from exercises.reminders.job import Job, Outcome
from exercises.reminders.message import message_of
from exercises.reminders.still_open import still_open
from exercises.reminders.ways import is_chosen

Device = tuple[int, str]
Open = Mapping[tuple[int, date, str], list[Prescription]]


def prepare(deliveries: Sequence[Delivery], now: datetime) -> tuple[list[Job], list[tuple[Delivery, Outcome]]]:
    """What is to be sent, and what is not, with the reason. Five queries for each day among the deliveries."""
    devices, is_open = _devices(deliveries), _open(deliveries)
    jobs: list[Job] = []
    dropped: list[tuple[Delivery, Outcome]] = []
    for each in deliveries:
        due, device = is_open.get((each.user_id, each.day, each.slot), []), devices.get((each.user_id, each.device))
        if reason := _reason_to_drop(each, bool(due), device, now):
            dropped.append((each, Outcome(State.MISSED, reason)))
        else:
            left = sum(len(is_open.get((each.user_id, each.day, slot), [])) for slot in SESSION_SLOTS)
            jobs.append(Job(each, each.user, message_of(each, each.user.preferences, due, left), device))
    return jobs, dropped


def _devices(deliveries: Sequence[Delivery]) -> Mapping[Device, PushSubscription]:
    named = {each.device for each in deliveries if each.device}
    if not named:
        return {}
    found = PushSubscription.objects.filter(user__in={each.user_id for each in deliveries}, uuid__in=named)
    return {(each.user_id, str(each.uuid)): each for each in found}


def _open(deliveries: Sequence[Delivery]) -> Open:
    users: dict[date, set[int]] = defaultdict(set)
    for each in deliveries:
        if each.slot != TEST:
            users[each.day].add(each.user_id)
    return {
        (user, day, slot): due for day, some in users.items() for (user, slot), due in still_open(some, day).items()
    }


def _reason_to_drop(delivery: Delivery, is_open: bool, device: PushSubscription | None, now: datetime) -> str:
    """A code, or "" if it is still to be sent."""
    if now >= delivery.until:
        return "late"
    if not delivery.user.is_active or (delivery.channel == Channel.PUSH and device is None):
        return "unwanted"
    if delivery.slot == TEST:
        return ""
    if delivery.turn == CLEAR:
        return "open" if is_open else ""
    return _reason_not_to_remind(delivery, now) or ("" if is_open else "done")


def _reason_not_to_remind(delivery: Delivery, now: datetime) -> str:
    """The user may have changed the choices since. A message asked for by "In 10 minutes" knows no quiet hours."""
    preferences = delivery.user.preferences
    if delivery.slot not in preferences.reminded_slots:
        return "unwanted"
    if delivery.channel != Channel.PUSH and not is_chosen(delivery.channel, preferences):
        return "unwanted"
    clock = now.astimezone(preferences.zone).time()
    return "quiet" if delivery.turn <= SECOND and preferences.quiet and preferences.quiet.covers(clock) else ""
