"""Reads the plan and the preferences of a file. Each is accepted or rejected as a whole."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exercises.models import SESSION_SLOTS, Preferences, Prescription, User
from exercises.models.exercise import refuse_too_long
from exercises.record import parsing
from exercises.record.archive.entries import Exercises, read_variant
from exercises.record.archive.export import preference_fields
from exercises.record.parsing import Rejected
from exercises.rules.days import EARLIEST, into_the_day, zone_named

AMOUNTS = ("order", "reps", "effort_seconds", "pause_seconds")


def read_plan(raw: Sequence[Any], user: User, exercises: Exercises) -> list[Prescription]:
    """The prescriptions for this user, not saved. Raises Rejected if one is wrong or a session is too long."""
    if len(raw) > settings.PLAN_MAX_ROWS:
        raise Rejected(_("The plan in this file has too many changes, so your plan stays as it is."))
    plan = {(each.exercise_id, each.since): each for each in (_prescription(each, user, exercises) for each in raw)}
    in_turn = sorted(plan.values(), key=attrgetter("since"))
    in_force: dict[int, Prescription] = {}
    try:
        for _since, begun in groupby(in_turn, key=attrgetter("since")):
            in_force |= {each.exercise_id: each for each in begun}
            refuse_too_long(in_force.values())
    except ValidationError as error:
        raise Rejected(error.messages[0]) from error
    return [each if each.since == in_turn[0].since else each.changed(first_slot="") for each in in_turn]


def _prescription(raw: Any, user: User, exercises: Exercises) -> Prescription:
    slots = raw.get("slots") if isinstance(raw, dict) else None
    if not isinstance(slots, list) or not all(slot in SESSION_SLOTS for slot in slots):
        raise Rejected(_("Part of the plan in this file cannot be read."))
    slug, since = raw.get("exercise"), parsing.read_day(raw.get("since"))
    if not isinstance(slug, str) or slug not in exercises or since.year < EARLIEST:
        raise Rejected(_("Part of the plan in this file cannot be read."))
    amounts = {name: raw.get(name) for name in AMOUNTS}
    if any(type(amount) is not int for amount in amounts.values()):
        raise Rejected(_("Part of the plan in this file cannot be read."))
    due = {slot.value: slot in slots for slot in SESSION_SLOTS}
    words = {"variant": read_variant(raw.get("variant")), "first_slot": _first_slot(raw.get("first_slot"))}
    read = Prescription(user=user, exercise=exercises[slug], since=since, **words, **due, **amounts)
    if not read.is_sound:
        raise Rejected(_("Part of the plan in this file cannot be read."))
    return read


def _first_slot(raw: Any) -> str:
    """Older files have no first slot."""
    if raw not in (None, "", *SESSION_SLOTS):
        raise Rejected(_("Part of the plan in this file cannot be read."))
    return raw or ""


def read_preferences(raw: Any, kept: Preferences) -> Preferences:
    """`kept` with the settings of the file, not saved. Settings that it does not name stay. Raises Rejected."""
    if not isinstance(raw, dict):
        raise Rejected(_("The settings in this file cannot be read."))
    last_known = kept.time_zone
    try:
        for field in preference_fields():
            if field.attname in raw:
                setattr(kept, field.attname, field.to_python(raw[field.attname]))
        kept.full_clean(exclude=["user"])
    except (ValidationError, TypeError, ValueError, OverflowError) as error:
        raise Rejected(_("The settings in this file cannot be read.")) from error
    if zone_named(kept.time_zone) is None:
        if not kept.follows_browser:  # the user chose it
            raise Rejected(_("The settings in this file cannot be read."))
        kept.time_zone = last_known
    starts = [into_the_day(start, kept.day_starts_at) for start in kept.starts.values()]
    if any(later <= earlier for earlier, later in pairwise(starts)):
        raise Rejected(_("The settings in this file cannot be read."))
    return kept
