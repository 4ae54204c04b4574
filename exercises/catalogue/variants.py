"""Variants of the exercises as data: seated, or easier. A prescription names one by its slug.

Source: DOMAIN 2, "Easier". The texts are marked for translation here and translated when shown. They are not in the
database, because the coach speaks them and its other cues are in the code too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

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
LIFT_HEELS = _("Lift both heels. Lower slowly.")
HOLD_ON = _("Hold on to the counter.")
SIT_FLAT = _("Sit upright. Feet flat.")

VARIANTS: dict[str, tuple[Variant, ...]] = {
    "toe-presses": (
        Variant(
            SEATED,
            name=_("%(exercise)s, seated"),
            position="seated",
            equipment=_("A chair on a firm floor"),
            cues={Kind.READY: SIT_FLAT},
        ),
    ),
    "toe-walking": (
        Variant(
            "heel-raises",
            name=_("Heel raises at the counter"),
            equipment=_("A counter"),
            ready_seconds=8,
            words={Kind.WALK: _("Rise")},
            cues={Kind.READY: HOLD_ON, Kind.WALK: LIFT_HEELS},
            rounds=True,
        ),
        Variant(
            "seated-heel-raises",
            name=_("Heel raises, seated"),
            position="seated",
            equipment=_("A chair"),
            words={Kind.WALK: _("Rise")},
            cues={Kind.READY: SIT_FLAT, Kind.WALK: LIFT_HEELS},
            rounds=True,
        ),
        Variant(
            "marching",
            name=_("Marching on your toes"),
            equipment=_("A counter"),
            ready_seconds=8,
            words={Kind.WALK: _("March")},
            cues={Kind.READY: HOLD_ON, Kind.WALK: _("March on your toes.")},
            rounds=True,
        ),
    ),
    "resisted-plantar-flexion": (
        Variant(
            "towel",
            name=_("Towel press"),
            equipment=_("A chair and a towel"),
            ready_seconds=8,
            switch_seconds=10,
            cues={Kind.READY: _("Towel on the left foot."), Kind.HOLD: _("Push the towel. Hold.")},
        ),
    ),
    "ankle-circles": (
        Variant(
            SEATED,
            name=_("%(exercise)s, seated"),
            position="seated",
            equipment=_("A chair"),
            cues={Kind.READY: _("Sit. Lift your left foot.")},
        ),
    ),
}


def variant_of(exercise: str, slug: str) -> Variant:
    """That way of the exercise; the exercise as it is when there is no such way."""
    return next((each for each in VARIANTS.get(exercise, ()) if each.slug == slug), STANDARD)
