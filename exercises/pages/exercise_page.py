"""An exercise in the library: its texts, dose and tempo. No queries."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exercises.catalogue.variants import STANDARD, VARIANTS
from exercises.models import Exercise, Prescription
from exercises.models.prescription import usual_prescription
from exercises.pages import wording
from exercises.rules.timeline import Phase, session_seconds, tempo

LISTS = ["steps", "cues", "stop_rules", "easier", "harder"]


def exercise_context(shown: Exercise, own: Prescription | None) -> dict[str, Any]:
    """The page of an exercise, as the user's plan has it, else as usual."""
    lists = {name: [_(line) for line in getattr(shown, name).splitlines()] for name in LISTS}
    lists["mistakes"] = [pgettext("mistake", line) for line in shown.mistakes.splitlines()]
    other_ways = _other_ways(own or usual_prescription(shown))
    return {"exercise": exercise_card(shown, own), "other_ways": other_ways, **lists}


def exercise_card(shown: Exercise, own: Prescription | None) -> dict[str, Any]:
    """The card of an exercise, as the user's plan has it, else as usual."""
    asked = own or usual_prescription(shown)
    dose, variant = asked.dose, asked.variant_data
    return {
        "slug": shown.slug,
        "name": pgettext("exercise", shown.name),
        "full_name": shown.full_name and pgettext("exercise", shown.full_name),
        "summary": _(shown.summary),
        "way": asked.name,
        "other_way": "" if variant == STANDARD else asked.name,
        "drawing": asked.drawing,
        "figure": asked.figure,
        "position_label": asked.position_label,
        "equipment": asked.equipment,
        "dose_text": wording.dose_text(dose, variant),
        "times_text": wording.times_text(len(asked.slots)),
        "minutes_text": wording.minutes_text(session_seconds([asked.step])),
        "tempo": [_beat(asked, phase) for phase in tempo(dose)],
    }


def _other_ways(asked: Prescription) -> list[Prescription]:
    """The same exercise in each way but the one that is asked for; not saved."""
    ways = (STANDARD, *VARIANTS.get(asked.exercise.slug, ()))
    return [asked.changed(variant=each.slug) for each in ways if each != asked.variant_data]


def _beat(asked: Prescription, phase: Phase) -> dict[str, Any]:
    """One phase of the tempo: its name, its seconds, and the cue of the picture."""
    variant = asked.variant_data
    return {
        "word": wording.tempo_word(asked.exercise, phase, variant),
        "cue": wording.cue(asked.step, phase._replace(rep=0), variant),  # the usual one, not that of the first rep
        "look": phase.kind.look,
        "at": phase.at,
        "seconds": phase.seconds,
        "seconds_text": wording.seconds_text(phase.seconds),
        "end": phase.end,
    }
