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
            "variant": variant.slug,
            "name": each.name,
            "start": start,
            "end": end,
            "sides": each.exercise.sides,
            "reps": each.dose.total_reps,
        }
        for each, variant, (start, end) in zip(
            session.prescriptions, session.variants, spans(session.lengths), strict=True
        )
    ]


def _phases(session: GuidedSession, move_waits: bool) -> Iterator[dict[str, Any]]:
    """Each phase with its words, which are made once for each rep of a step: its two sides share them."""
    sides = {side: str(name) for side, name in wording.SIDE.items()}
    stage: dict[tuple[int, Kind, bool], dict[str, str]] = {}
    words: dict[tuple[int, Kind, int], dict[str, str]] = {}
    for phase in session.phases:
        of_kind, of_rep = (phase.step, phase.kind, phase.rep == 1), (phase.step, phase.kind, phase.rep)
        if of_kind not in stage:
            stage[of_kind] = _stage_words(session, phase)
        if of_rep not in words:
            words[of_rep] = stage[of_kind] | _rep_words(session, phase, stage[of_kind]["cue"])
        waits = {"waits": move_waits} if phase.kind == Kind.MOVE else {}
        yield _timing(phase) | words[of_rep] | {"side_text": sides[phase.side], **waits}


def _stage_words(session: GuidedSession, phase: Phase) -> dict[str, str]:
    """The words of a kind of phase in a step. The first rep has its own cue."""
    step, variant = session.steps[phase.step], session.variants[phase.step]
    before = session.steps[phase.step - 1].position if phase.step else ""
    return {
        "word": wording.phase_word(step.exercise, phase, variant, step.position),
        "cue": wording.cue(step, phase, variant, before),
    }


def _rep_words(session: GuidedSession, phase: Phase, cue: str) -> dict[str, str]:
    dose = session.steps[phase.step].dose
    return {
        "call": call(phase, dose),
        "say": wording.say(phase, dose, cue),
        "rep_text": wording.rep_text(phase, dose, session.variants[phase.step]),
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
