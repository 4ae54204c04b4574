"""The cue sheet: what the player says and shows of one session, second by second (docs/architecture.md)."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from exercises.catalogue.variants import Variant, variant_of
from exercises.models import Slot
from exercises.pages import wording
from exercises.pages.session import GuidedSession
from exercises.rules.timeline import Kind, Phase, Step, call
from exercises.rules.timeline import session_phases as phases


def cue_sheet(session: GuidedSession, day: date, move_waits: bool = False) -> dict[str, Any]:
    """All that the player knows: phases with absolute offsets in seconds, and every word it shows.

    `move_waits`: at a change of position the session stands still until a tap.
    """
    steps = [
        {
            "exercise": each.exercise.slug,
            "variant": each.way.slug,
            "name": each.name,
            "start": start,
            "end": end,
            "sides": each.exercise.sides,
            "reps": each.dose.total_reps,
        }
        for each, (start, end) in zip(session.prescriptions, session.spans, strict=True)
    ]
    return {
        "slot": session.slot,
        "day": day.isoformat(),
        "exercise": session.prescriptions[0].exercise.slug if session.slot == Slot.EXTRA else None,
        "seconds": session.seconds,
        "steps": steps,
        "phases": _phases(
            get_language(),
            session.steps,
            tuple(each.way.slug for each in session.prescriptions),
            session.move_seconds,
            move_waits,
        ),
    }


@lru_cache(maxsize=100)
def _phases(
    language: str, steps: tuple[Step, ...], ways: tuple[str, ...], move_seconds: int, move_waits: bool
) -> tuple[dict[str, Any], ...]:
    """In words of that language. Kept, because most sessions are those of many other days, and many other people."""
    waiting = {Kind.MOVE: {"waits": move_waits}}
    of_step = [(step, variant_of(step.exercise, way)) for step, way in zip(steps, ways, strict=True)]
    return tuple(
        _phase(phase, *of_step[phase.step]) | waiting.get(phase.kind, {}) for phase in phases(steps, move_seconds)
    )


def _phase(phase: Phase, step: Step, way: Variant) -> dict[str, Any]:
    return {
        "step": phase.step,
        "kind": phase.kind,
        "look": phase.kind.look,
        "at": phase.at,
        "seconds": phase.seconds,
        "side": phase.side,
        "rep": phase.rep,
        "word": wording.phase_word(step.exercise, phase, way, step.position),
        "cue": wording.cue(step, phase, way),
        "call": call(phase, step.dose),
        "say": wording.say(step, phase, way),
        "rep_text": wording.rep_text(phase, step.dose, way),
        "side_text": str(wording.SIDE[phase.side]),
    }
