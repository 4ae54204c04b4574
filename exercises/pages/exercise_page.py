"""An exercise in the library: its texts, dose and tempo. No queries."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exercises.models import Exercise
from exercises.pages import wording
from exercises.rules.timeline import Dose, Phase, session_seconds, tempo

LISTS = ["steps", "cues", "stop_rules", "easier", "harder"]
OwnDose = tuple[Dose, int]  # (dose, times a day)


def exercise_context(shown: Exercise, own: OwnDose | None) -> dict[str, Any]:
    """The page of an exercise, with the dose of the user's plan, else the usual dose."""
    lists = {name: [_(line) for line in getattr(shown, name).splitlines()] for name in LISTS}
    lists["mistakes"] = [pgettext("mistake", line) for line in shown.mistakes.splitlines()]
    return {"exercise": exercise_card(shown, own), **lists}


def exercise_card(shown: Exercise, own: OwnDose | None) -> dict[str, Any]:
    """The card of an exercise, with the dose of the user's plan, else the usual dose."""
    dose, times = own or (shown.dose(), len(shown.slots))
    seconds = session_seconds([replace(shown.step, dose=dose)])
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
    """One phase of the tempo: its name, its cue and its seconds."""
    return {
        "word": wording.tempo_word(shown, phase),
        "cue": wording.cue(shown.step, phase._replace(rep=0)),  # the usual one, not that of the first rep
        "look": phase.kind.look,
        "at": phase.at,
        "seconds": phase.seconds,
        "seconds_text": wording.seconds_text(phase.seconds),
        "end": phase.end,
    }
