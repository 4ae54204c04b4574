"""Variants of the exercises as data: seated, or easier. A prescription names one by its slug.

Source: DOMAIN 1 and 2. Each variant brings all words of its own: nothing of the standard one is shown or said for it.
The texts are marked for translation here and translated when shown. They are not in the database, because the coach
speaks them and its other cues are in the code too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from exercises.catalogue import instructions as how
from exercises.catalogue.instructions import Instructions
from exercises.catalogue.marking import pgettext
from exercises.rules.timeline import Kind


@dataclass(frozen=True)
class Variant:
    """One way to do an exercise. Only in STANDARD a field is empty: then the exercise itself has the text.

    `name` may hold the exercise's own name, which people may have edited. `note` says in a few words whom it is for.
    `cues` are by kind of phase: the sentence under the word on the stage. `words` are the words on the stage that
    differ from the usual ones. `rounds`: its efforts are timed like walks but are not walks. `ready_seconds` and
    `switch_seconds` count where they are longer than those of the exercise.
    """

    slug: str = ""
    name: str = "%(exercise)s"
    note: str = pgettext("way to do it", "The usual way")
    position: str = ""
    equipment: str = ""
    instructions: Instructions | None = None
    words: Mapping[Kind, str] = field(default_factory=dict)
    cues: Mapping[Kind, str] = field(default_factory=dict)
    rounds: bool = False
    ready_seconds: int = 0
    switch_seconds: int = 0

    @property
    def choice(self) -> str:
        """Its value in a form or an address, where an empty one would say nothing."""
        return self.slug or "standard"


STANDARD = Variant()
SEATED = "seated"
LIFT_HEELS = pgettext("cue", "Lift both heels. Lower slowly.")
HEELS_DOWN = pgettext("cue", "Heels down. Rest.")
HOLD_ON = pgettext("cue", "Go to a counter. Hold on.")
SIT_DOWN = pgettext("cue", "Sit on a chair. Feet flat.")
SIT_FLAT = pgettext("cue", "Sit upright. Feet flat.")
AT_COUNTER = {Kind.MOVE: HOLD_ON, Kind.READY: HOLD_ON, Kind.REST: HEELS_DOWN}
ON_CHAIR = {Kind.MOVE: SIT_DOWN, Kind.READY: SIT_FLAT}

# Each exercise lists its hardest variant first. The standard one is harder than all of them.
VARIANTS: dict[str, tuple[Variant, ...]] = {
    "toe-presses": (
        Variant(
            SEATED,
            name=pgettext("exercise", "%(exercise)s, seated"),
            note=pgettext("way to do it", "On a chair, with less weight"),
            position="seated",
            equipment=pgettext("equipment", "A chair on a firm floor"),
            instructions=how.SEATED_PRESSES,
            cues={
                **ON_CHAIR,
                Kind.HOLD: pgettext("cue", "Grip the floor."),
                Kind.RELEASE: pgettext("cue", "Let go."),
            },
        ),
    ),
    "toe-walking": (
        Variant(
            "marching",
            name=pgettext("exercise", "Marching on your toes"),
            note=pgettext("way to do it", "On the spot, at a counter"),
            position="standing",
            equipment=pgettext("equipment", "A counter"),
            instructions=how.MARCHING,
            ready_seconds=8,
            words={Kind.WALK: pgettext("stage", "March")},
            cues={**AT_COUNTER, Kind.WALK: pgettext("cue", "March on your toes.")},
            rounds=True,
        ),
        Variant(
            "heel-raises",
            name=pgettext("exercise", "Heel raises at the counter"),
            note=pgettext("way to do it", "If you feel unsteady on tiptoe"),
            position="standing",
            equipment=pgettext("equipment", "A counter"),
            instructions=how.HEEL_RAISES,
            ready_seconds=8,
            words={Kind.WALK: pgettext("stage", "Rise")},
            cues={**AT_COUNTER, Kind.WALK: LIFT_HEELS},
            rounds=True,
        ),
        Variant(
            "seated-heel-raises",
            name=pgettext("exercise", "Heel raises, seated"),
            note=pgettext("way to do it", "On a chair. The lightest way"),
            position="seated",
            equipment=pgettext("equipment", "A chair"),
            instructions=how.SEATED_HEEL_RAISES,
            words={Kind.WALK: pgettext("stage", "Rise")},
            cues={**ON_CHAIR, Kind.WALK: LIFT_HEELS, Kind.REST: HEELS_DOWN},
            rounds=True,
        ),
    ),
    "resisted-plantar-flexion": (
        Variant(
            "towel",
            name=pgettext("exercise", "Towel press"),
            note=pgettext("way to do it", "No band yet, or latex makes you itch"),
            position="seated",
            equipment=pgettext("equipment", "A chair and a towel"),
            instructions=how.TOWEL_PRESS,
            ready_seconds=8,
            switch_seconds=10,
            words={Kind.RELEASE: pgettext("stage", "Slowly back")},
            cues={
                Kind.MOVE: pgettext("cue", "Sit on a chair. Take your towel."),
                Kind.READY: pgettext("cue", "Towel on the left foot."),
                Kind.HOLD: pgettext("cue", "Push the towel. Hold."),
                Kind.RELEASE: pgettext("cue", "Slowly back."),
                Kind.SWITCH: pgettext("cue", "Towel on the right foot."),
            },
        ),
    ),
    "ankle-circles": (
        Variant(
            SEATED,
            name=pgettext("exercise", "%(exercise)s, seated"),
            note=pgettext("way to do it", "On a chair, if you cannot lie flat"),
            position="seated",
            equipment=pgettext("equipment", "A chair"),
            instructions=how.SEATED_CIRCLES,
            cues={
                Kind.MOVE: pgettext("cue", "Sit on a chair. Sit upright."),
                Kind.READY: pgettext("cue", "Lift your left foot."),
                Kind.CIRCLE: pgettext("cue", "Draw slow circles."),
                Kind.TURN: pgettext("cue", "Other way."),
                Kind.SWITCH: pgettext("cue", "Lift your right foot."),
            },
        ),
    ),
}


_BY_SLUG = {(exercise, each.slug): each for exercise, variants in VARIANTS.items() for each in variants}


def variant_of(exercise: str, slug: str) -> Variant:
    """The variant with that slug. The standard one if the exercise has no such variant."""
    return _BY_SLUG.get((exercise, slug), STANDARD)


def variants_of(exercise: str) -> tuple[Variant, ...]:
    """All variants of an exercise, the hardest first: that is the standard one."""
    return (STANDARD, *VARIANTS.get(exercise, ()))


def variants_by_choice(exercise: str) -> dict[str, Variant]:
    """The same by their value in a form or an address."""
    return {each.choice: each for each in variants_of(exercise)}
