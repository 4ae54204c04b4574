"""Variants of the exercises as data: seated, or easier. A prescription names one by its slug.

Source: DOMAIN 2, "Easier". The texts are marked for translation here and translated when shown. They are not in the
database, because the coach speaks them and its other cues are in the code too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from exercises.catalogue.marking import pgettext
from exercises.rules.timeline import Kind


@dataclass(frozen=True)
class Variant:
    """One way to do an exercise. An empty field means: as in the exercise itself.

    `name` may hold the exercise's own name, which people may have edited. `words` and `cues` are by kind of phase: the
    word on the stage, and the sentence under it. `rounds`: its efforts are timed like walks but are not walks.
    `ready_seconds` and `switch_seconds` count where they are longer than those of the exercise.
    """

    slug: str = ""
    name: str = "%(exercise)s"
    position: str = ""
    equipment: str = ""
    words: Mapping[Kind, str] = field(default_factory=dict)
    cues: Mapping[Kind, str] = field(default_factory=dict)
    rounds: bool = False
    ready_seconds: int = 0
    switch_seconds: int = 0


STANDARD = Variant()
SEATED = "seated"
LIFT_HEELS = pgettext("cue", "Lift both heels. Lower slowly.")
HOLD_ON = pgettext("cue", "Go to a counter. Hold on.")
SIT_FLAT = pgettext("cue", "Sit upright. Feet flat.")

VARIANTS: dict[str, tuple[Variant, ...]] = {
    "toe-presses": (
        Variant(
            SEATED,
            name=pgettext("exercise", "%(exercise)s, seated"),
            position="seated",
            equipment=pgettext("equipment", "A chair on a firm floor"),
            cues={Kind.READY: SIT_FLAT},
        ),
    ),
    "toe-walking": (
        Variant(
            "heel-raises",
            name=pgettext("exercise", "Heel raises at the counter"),
            equipment=pgettext("equipment", "A counter"),
            ready_seconds=8,
            words={Kind.WALK: pgettext("stage", "Rise")},
            cues={Kind.MOVE: HOLD_ON, Kind.READY: HOLD_ON, Kind.WALK: LIFT_HEELS},
            rounds=True,
        ),
        Variant(
            "seated-heel-raises",
            name=pgettext("exercise", "Heel raises, seated"),
            position="seated",
            equipment=pgettext("equipment", "A chair"),
            words={Kind.WALK: pgettext("stage", "Rise")},
            cues={
                Kind.MOVE: pgettext("cue", "Sit on a chair. Feet flat."),
                Kind.READY: SIT_FLAT,
                Kind.WALK: LIFT_HEELS,
            },
            rounds=True,
        ),
        Variant(
            "marching",
            name=pgettext("exercise", "Marching on your toes"),
            equipment=pgettext("equipment", "A counter"),
            ready_seconds=8,
            words={Kind.WALK: pgettext("stage", "March")},
            cues={Kind.MOVE: HOLD_ON, Kind.READY: HOLD_ON, Kind.WALK: pgettext("cue", "March on your toes.")},
            rounds=True,
        ),
    ),
    "resisted-plantar-flexion": (
        Variant(
            "towel",
            name=pgettext("exercise", "Towel press"),
            equipment=pgettext("equipment", "A chair and a towel"),
            ready_seconds=8,
            switch_seconds=10,
            cues={
                Kind.MOVE: pgettext("cue", "Sit on a chair. Take your towel."),
                Kind.READY: pgettext("cue", "Towel on the left foot."),
                Kind.HOLD: pgettext("cue", "Push the towel. Hold."),
                Kind.SWITCH: pgettext("cue", "Towel on the right foot."),
            },
        ),
    ),
    "ankle-circles": (
        Variant(
            SEATED,
            name=pgettext("exercise", "%(exercise)s, seated"),
            position="seated",
            equipment=pgettext("equipment", "A chair"),
            cues={
                Kind.READY: pgettext("cue", "Lift your left foot."),
                Kind.SWITCH: pgettext("cue", "Lift your right foot."),
            },
        ),
    ),
}


def variant_of(exercise: str, slug: str) -> Variant:
    """The variant with that slug. The standard one if the exercise has no such variant."""
    return next((each for each in VARIANTS.get(exercise, ()) if each.slug == slug), STANDARD)
