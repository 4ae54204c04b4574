"""Look after your feet: a minute or two of something kind, guided by the coach and never counted. No queries."""

from typing import Any

from exercises.catalogue.care import CARE
from exercises.models import Exercise, Slot
from exercises.models.prescription import usual_prescription
from exercises.pages.exercise_page import exercise_card
from exercises.pages.session import GuidedSession
from exercises.rules.adherence import NOTHING
from exercises.rules.timeline import MOVE_SECONDS


def care_session(slug: str) -> GuidedSession | None:
    """The guided session of one of them. None for an unknown slug."""
    entry = next((each for each in CARE if each.slug == slug), None)
    if entry is None:
        return None
    asked = usual_prescription(Exercise(slug=entry.slug, **entry.fields()))
    return GuidedSession(Slot.EXTRA, (asked,), (NOTHING,), MOVE_SECONDS)


def care_cards() -> list[dict[str, Any]]:
    """One card for each, with its steps and rules."""
    return [_card(session) for each in CARE if (session := care_session(each.slug))]


def _card(session: GuidedSession) -> dict[str, Any]:
    (asked,) = session.prescriptions
    return exercise_card(asked) | {"steps": asked.lines("steps"), "rules": care_rules(session)}


def care_rules(session: GuidedSession) -> list[str]:
    """Who should leave it out, and what is not safe."""
    (asked,) = session.prescriptions
    return asked.lines("stop_rules")
