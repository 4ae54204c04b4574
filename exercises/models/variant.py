"""What an exercise is called, needs and says in one of its variants. The one place for it.

The texts of the standard variant are the exercise's own, which can be edited in the admin. Any other variant has all
its texts in catalogue/variants.py, and none of the exercise but its name.
"""

from functools import lru_cache

from django.db import models
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy

from exercises.catalogue.drawings import drawing_of, figure_of
from exercises.catalogue.variants import SEATED, STANDARD, Variant, variant_of
from exercises.models.exercise import Exercise

LISTS = ("steps", "cues", "mistakes", "stop_rules", "easier", "harder")  # the texts that have several lines


class VariantFields(models.Model):
    """An exercise and the slug of one of its variants; empty is the standard one."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT)
    variant = models.CharField(pgettext_lazy("admin", "variant"), max_length=40, blank=True)

    class Meta:
        abstract = True

    @property
    def variant_data(self) -> Variant:
        """How the exercise is done. A variant that no longer exists is the standard one."""
        return variant_of(self.exercise.slug, self.variant)

    @property
    def name(self) -> str:
        return name_of(self.exercise.slug, self.exercise.name, self.variant)

    @property
    def full_name(self) -> str:
        """The Latin name, which only the standard variant has."""
        return pgettext("exercise", self.exercise.full_name if self.variant_data is STANDARD else "")

    @property
    def note(self) -> str:
        """Whom it is for, in a few words."""
        return pgettext("way to do it", self.variant_data.note)

    @property
    def summary(self) -> str:
        return gettext((self.variant_data.instructions or self.exercise).summary)

    def lines(self, name: str) -> list[str]:
        """The lines of one of its LISTS."""
        lines = (self.variant_data.instructions or self.exercise).lines(name)
        return [pgettext("mistake", line) if name == "mistakes" else gettext(line) for line in lines]

    @property
    def position(self) -> str:
        return self.variant_data.position or self.exercise.position

    @property
    def position_label(self) -> str:
        return str(Exercise.Position(self.position).label)

    @property
    def equipment(self) -> str:
        return pgettext("equipment", self.variant_data.equipment or self.exercise.equipment)

    @property
    def drawing(self) -> str:
        """The name of the drawing of its way to do it: see catalogue/drawings.py."""
        return drawing_of(self.exercise.slug, self.variant_data)

    @property
    def figure(self) -> str:
        """The name of the small figure in its position."""
        return figure_of(self.drawing, self.position)

    @property
    def can_sit(self) -> bool:
        """Whether it is done lying down and has a seated variant."""
        seated = variant_of(self.exercise.slug, SEATED)
        return self.position == Exercise.Position.LYING and seated is not STANDARD


def name_of(exercise: str, name: str, variant: str) -> str:
    """The name of an exercise in one of its variants. `exercise` is its slug, `name` its own name."""
    return _named(get_language(), variant_of(exercise, variant).name, name)


@lru_cache(maxsize=1000)
def _named(_language: str | None, pattern: str, name: str) -> str:
    """Kept, as each page names the same few exercises many times."""
    return pgettext("exercise", pattern) % {"exercise": pgettext("exercise", name)}
