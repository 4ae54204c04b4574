"""The cue sheet: what the player says and shows of one session, second by second (docs/architecture.md)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.templatetags.static import static
from django.utils.translation import get_language

from exercises.catalogue.clips import clips_of, sound_file
from exercises.models import Slot
from exercises.pages import speech, wording
from exercises.pages.session import GuidedSession
from exercises.rules.timeline import Kind, Phase, call, spans


def cue_sheet(session: GuidedSession, day: date | None = None, move_waits: bool = False) -> dict[str, Any]:
    """Everything the player knows: phases with offsets in seconds from the start, and all words.

    `move_waits`: at a change of position the player waits for a tap.
    """
    steps, phases = _steps(session), list(_phases(session, move_waits))
    return {
        "slot": session.slot,
        "day": day and day.isoformat(),
        "exercise": session.prescriptions[0].exercise.slug if session.slot == Slot.EXTRA else None,
        "seconds": session.seconds,
        "steps": steps,
        "phases": phases,
        "set_done": speech.set_done(),
        "voice": _voice({phrase["text"] for each in (*steps, *phases) for phrase in each["say"]}),
    }


def _voice(texts: set[str]) -> dict[str, Any] | None:
    """The sound file of the language, and [start, seconds] in it of each text; None where the language has no clips."""
    language = get_language() or ""
    clips = clips_of(language)
    needed = texts | {speech.set_done()["text"], str(speech.SOUND_CHECK)}
    found = {text: clips[text] for text in sorted(needed & clips.keys())}
    return {"file": static(sound_file(language)), "clips": found} if found else None


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
            "say": speech.closing(step),
        }
        for each, step, variant, (start, end) in zip(
            session.prescriptions, session.steps, session.variants, spans(session.lengths), strict=True
        )
    ]


def _phases(session: GuidedSession, move_waits: bool) -> Iterator[dict[str, Any]]:
    """Each phase with its words, which are made once for each rep of a side."""
    words: dict[tuple[int, Kind, int, int], dict[str, Any]] = {}
    for phase in session.phases:
        of_rep = (phase.step, phase.kind, phase.rep, phase.side)
        if of_rep not in words:
            words[of_rep] = _words(session, phase)
        waits = {"waits": move_waits} if phase.kind == Kind.MOVE else {}
        yield _timing(phase) | words[of_rep] | waits


def _words(session: GuidedSession, phase: Phase) -> dict[str, Any]:
    step, variant = session.steps[phase.step], session.variants[phase.step]
    before = session.steps[phase.step - 1].position if phase.step else ""
    word = wording.phase_word(step.exercise, phase, variant, step.position)
    rep_text = wording.rep_text(phase, step.dose, variant)
    title = wording.title(phase, word, rep_text)
    return {
        "word": word,
        "cue": wording.cue(step, phase, variant, before),
        "call": call(phase, step.dose),
        "say": speech.spoken(session, phase),
        "title": title,
        "live": speech.live_text(session, phase, word, title),
        "rep_text": rep_text,
        "side_text": str(wording.SIDE[phase.side]),
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
