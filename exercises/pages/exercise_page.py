"""What the library shows of an exercise: its texts, its dose and its tempo. No queries."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exercises.models import Exercise
from exercises.pages import wording
from exercises.rules.timeline import Dose, Phase, duration, session_phases, tempo

LISTS = ["steps", "cues", "stop_rules", "easier", "harder"]
OwnDose = tuple[Dose, int]  # (dose, times a day)


def exercise_context(shown: Exercise, own: OwnDose | None) -> dict[str, Any]:
    """Its page, with the user's own dose, else the usual one."""
    lists = {name: [_(line) for line in getattr(shown, name).splitlines()] for name in LISTS}
    lists["mistakes"] = [pgettext("mistake", line) for line in shown.mistakes.splitlines()]
    return {"exercise": exercise_card(shown, own), **lists, "nav": "exercises"}


def exercise_card(shown: Exercise, own: OwnDose | None) -> dict[str, Any]:
    """Its card in the library, with the user's own dose, else the usual one."""
    dose, times = own or (shown.dose(), len(shown.slots))
    seconds = duration(session_phases([replace(shown.step, dose=dose)]))
    return {
        "slug": shown.slug,
        "name": pgettext("exercise", shown.name),
        "full_name": shown.full_name and pgettext("exercise", shown.full_name),
        "summary": _(shown.summary),
        "position_label": shown.get_position_display(),
        "equipment": pgettext("equipment", shown.equipment),
        "dose_text": wording.dose_text(dose),
        "times_text": wording.times_text(times),
        "minutes_text": wording.minutes_text(seconds),
        "tempo": [_beat(shown, phase) for phase in tempo(dose)],
    }


def _beat(shown: Exercise, phase: Phase) -> dict[str, Any]:
    """One stretch of the tempo: what it is called, what to do in it, and where it lies on the clock."""
    return {
        "word": wording.tempo_word(shown, phase),
        "cue": wording.cue(shown.step, replace(phase, rep=0)),  # the usual one, not that of the first rep
        "look": phase.kind.look,
        "at": phase.at,
        "seconds": phase.seconds,
        "seconds_text": wording.seconds_text(phase.seconds),
        "end": phase.end,
    }
