"""The pictures of an exercise: a drawing for each way to do it. All are files in templates/illustrations."""

from exercises.catalogue.exercises import CATALOGUE
from exercises.catalogue.variants import STANDARD, VARIANTS, Variant

GETTING_UP = "getting-up"


def drawing_of(exercise: str, variant: Variant) -> str:
    """The name of a variant has that of its exercise before it, because two exercises have a "seated" one."""
    return f"{exercise}-{variant.slug}" if variant.slug else exercise


DRAWINGS = tuple(
    drawing_of(each.slug, variant) for each in CATALOGUE for variant in (STANDARD, *VARIANTS.get(each.slug, ()))
)
ILLUSTRATIONS = (*DRAWINGS, GETTING_UP)
