"""The cue sheet: what the player says and shows of one session, second by second (docs/architecture.md)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from exercises.models import Slot
from exercises.pages import wording
from exercises.pages.session import GuidedSession
from exercises.rules.timeline import Kind, Phase, call, spans


def cue_sheet(session: GuidedSession, day: date | None = None, move_waits: bool = False) -> dict[str, Any]:
    """Everything the player knows: phases with offsets in seconds from the start, and all words.

    `move_waits`: at a change of position the player waits for a tap.
    """
    return {
        "slot": session.slot,
        "day": day and day.isoformat(),
        "exercise": session.prescriptions[0].exercise.slug if session.slot == Slot.EXTRA else None,
        "seconds": session.seconds,
        "steps": _steps(session),
        "phases": list(_phases(session, move_waits)),
    }


def _steps(session: GuidedSession) -> list[dict[str, Any]]:
    return [
        {
            "exercise": each.exercise.slug,
            "variant": each.variant_data.slug,
            "name": each.name,
            "start": start,
            "end": end,
            "sides": each.exercise.sides,
            "reps": each.dose.total_reps,
        }
        for each, (start, end) in zip(session.prescriptions, spans(session.lengths), strict=True)
    ]


def _phases(session: GuidedSession, move_waits: bool) -> Iterator[dict[str, Any]]:
    """Each phase with its words, translated once for each kind of phase in a step. The first rep has its own cue."""
    words: dict[tuple[int, Kind, bool], tuple[str, str]] = {}
    for phase in session.phases:
        prescription = session.prescriptions[phase.step]
        step, variant = session.steps[phase.step], prescription.variant_data
        key = (phase.step, phase.kind, phase.rep == 1)
        before = session.steps[phase.step - 1].position if phase.step else ""
        if key not in words:
            words[key] = (
                wording.phase_word(step.exercise, phase, variant, step.position),
                wording.cue(step, phase, variant, before),
            )
        word, cue = words[key]
        waits = {"waits": move_waits} if phase.kind == Kind.MOVE else {}
        yield _timing(phase) | {
            "word": word,
            "cue": cue,
            "call": call(phase, step.dose),
            "say": wording.say(phase, step.dose, cue),
            "rep_text": wording.rep_text(phase, step.dose, variant),
            "side_text": str(wording.SIDE[phase.side]),
            **waits,
        }


def _timing(phase: Phase) -> dict[str, Any]:
    return {
        "step": phase.step,
        "kind": phase.kind,
        "look": phase.kind.look,
        "at": phase.at,
        "seconds": phase.seconds,
        "side": phase.side,
        "rep": phase.rep,
    }
