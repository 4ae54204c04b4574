"""Other ways to do the exercises, as data: seated, or easier. A prescription names one by its slug.

Source: DOMAIN 2, "Easier". The texts are marked for translation here and translated when shown, like the catalogue's.
They are no rows of the database: the coach speaks them, and its cues stand in the code too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from exercises.rules.timeline import Kind


@dataclass(frozen=True)
class Variant:
    """One way to do an exercise. What is left empty is as in the exercise itself.

    `name` may hold the exercise's own, which people may have edited. `words` and `cues` are by kind of phase: what
    stands on the stage, and the sentence under it. `rounds`: what it repeats are no walks, though timed like them.
    """

    slug: str = ""
    name: str = "%(exercise)s"
    position: str = ""
    equipment: str = ""
    words: Mapping[Kind, str] = field(default_factory=dict)
    cues: Mapping[Kind, str] = field(default_factory=dict)
    rounds: bool = False


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
