"""The pictures of an exercise: a drawing for each way to do it, and a small figure of a person in its position.

The still pictures of the steps are in stills.py. All are files in templates/illustrations.
"""

from exercises.catalogue.care import CARE
from exercises.catalogue.exercises import CATALOGUE
from exercises.catalogue.variants import Variant, variants_of

GETTING_UP = "getting-up"
FIGURE_OF_POSITION = {"standing": "position-standing", "seated": "position-chair", "lying": "position-lying"}
# By drawing: figures that also show what one holds, or holds on to.
FIGURE_OF_DRAWING = {
    "toe-walking": "position-wall",
    "toe-walking-heel-raises": "position-counter",
    "toe-walking-marching": "position-counter",
    "resisted-plantar-flexion": "position-chair-band",
    "resisted-plantar-flexion-towel": "position-chair-towel",
}


def drawing_of(exercise: str, variant: Variant) -> str:
    """Its name: that of the exercise, then of the variant, because two exercises have a "seated" one."""
    return f"{exercise}-{variant.slug}" if variant.slug else exercise


def figure_of(drawing: str, position: str) -> str:
    """The name of the small figure beside a drawing. `position`: "standing", "seated" or "lying"."""
    return FIGURE_OF_DRAWING.get(drawing) or FIGURE_OF_POSITION[position]


DRAWINGS = tuple(drawing_of(each.slug, variant) for each in CATALOGUE for variant in variants_of(each.slug))
FIGURES = (*FIGURE_OF_POSITION.values(), *dict.fromkeys(FIGURE_OF_DRAWING.values()))
ILLUSTRATIONS = (*DRAWINGS, *(each.slug for each in CARE), *FIGURES, GETTING_UP)
