"""An exercise in the library: its texts, dose and tempo, and every way to do it. No queries."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from exercises.catalogue.exercises import STOP_RULES_OF_ALL
from exercises.catalogue.stills import STILLS, with_poses
from exercises.catalogue.variants import STANDARD, variants_by_choice, variants_of
from exercises.models import Exercise, Plan, Prescription
from exercises.models.prescription import usual_prescription
from exercises.models.variant import LISTS
from exercises.pages import wording
from exercises.rules.timeline import Phase, session_seconds, tempo

SIGN = re.compile(r"[^?؟？]+[?؟？]")  # a question mark of any script


Change = tuple[date, str]  # the day of a planned change, and the name of the exercise from then on


def exercise_context(
    shown: Exercise, own: Prescription | None, choice: str = "", coming: Change | None = None
) -> dict[str, Any]:
    """The page of an exercise, as the user's plan has it, else in the variant of that `choice`, else as usual.

    A choice that the exercise does not have shows the usual one. `coming` is a planned change to another variant.
    """
    looked_at = variants_by_choice(shown.slug).get(choice, STANDARD)
    asked = own.changed(exercise=shown) if own else usual_prescription(shown, variant=looked_at.slug)
    return {
        "exercise": exercise_card(asked),
        **{name: asked.lines(name) for name in LISTS},
        **_pictured(asked),
        "stop_rules": [sign_and_order(each) for each in [*asked.lines("stop_rules"), *map(_, STOP_RULES_OF_ALL)]],
        "is_planned": own is not None,
        "coming": coming,
        **_ways(asked),
    }


def exercise_card(asked: Prescription) -> dict[str, Any]:
    """The exercise in one variant, with the dose of the plan or the usual one."""
    return {
        "slug": asked.exercise.slug,
        "name": asked.name,
        "full_name": asked.full_name,
        "summary": asked.summary,
        "drawing": asked.drawing,
        "figure": asked.figure,
        "position_label": asked.position_label,
        "equipment": asked.equipment,
        "dose_text": wording.dose_text(asked.dose, asked.variant_data),
        "times_text": wording.times_text(len(asked.slots)),
        "minutes_text": wording.minutes_text(session_seconds([asked.step])),
        "tempo": [_beat(asked, phase) for phase in tempo(asked.dose)],
    }


def _pictured(asked: Prescription) -> dict[str, Any]:
    """The steps and the mistakes with their poses, and the sheet that has these."""
    stills = STILLS[asked.drawing]
    return {
        "sheet": stills.sheet,
        "steps": with_poses(asked.lines("steps"), stills.steps),
        "mistakes": with_poses(asked.lines("mistakes"), stills.mistakes),
    }


def sign_and_order(rule: str) -> tuple[str, str]:
    """A stop rule in two parts: "Foot cramp?" and "Ease off and wait.". Without a question, all of it is an order."""
    found = SIGN.match(rule)
    return (found[0], rule[found.end() :].strip()) if found else ("", rule)


def next_variant(plan: Plan, held: Prescription, today: date) -> Change | None:
    """The first planned change after `today` to another variant of the exercise."""
    later = [each for each in plan.prescriptions if each.exercise_id == held.exercise_id and each.since > today]
    return min(((each.since, each.name) for each in later if each.variant_data != held.variant_data), default=None)


def _ways(asked: Prescription) -> dict[str, list[dict[str, Any]]]:
    """Each way to do the exercise, and which of them are harder and easier than this one."""
    ways = [_way(asked.changed(variant=each.slug), asked) for each in variants_of(asked.exercise.slug)]
    place = next(place for place, way in enumerate(ways) if way["current"])
    return {"ways": ways, "harder_ways": ways[:place][::-1], "easier_ways": ways[place + 1 :]}


def _way(one: Prescription, asked: Prescription) -> dict[str, Any]:
    variant = one.variant_data
    current = variant == asked.variant_data
    return {"choice": variant.choice, "name": one.name, "note": one.note, "drawing": one.drawing, "current": current}


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
