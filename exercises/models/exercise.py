"""The exercises: how each is done, and its usual dose."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exercises.catalogue.exercises import CATALOGUE
from exercises.models.choices import SESSION_SLOTS, Slot
from exercises.rules.timeline import (
    MOST_REPS,
    MOST_SECONDS,
    MOST_SESSION_SECONDS,
    READY_SECONDS,
    SWITCH_SECONDS,
    Dose,
    Kind,
    Step,
    too_long,
)

DOSE = {"reps", "effort_seconds", "pause_seconds", "order"}


class Slots(models.Model):
    """The sessions in which an exercise is due. Their number is its target for a day; none means it is off."""

    morning = models.BooleanField(pgettext_lazy("admin", "morning"), default=True)
    midday = models.BooleanField(pgettext_lazy("admin", "midday"), default=True)
    evening = models.BooleanField(pgettext_lazy("admin", "evening"), default=True)

    class Meta:
        abstract = True

    @property
    def slots(self) -> list[Slot]:
        return [slot for slot in SESSION_SLOTS if getattr(self, slot)]


class DoseFields(models.Model):
    """The dose of one set. An effort is a hold, a walk or a circle; a pause follows it."""

    reps = models.PositiveSmallIntegerField(
        _("reps on each side"), validators=[MinValueValidator(1), MaxValueValidator(MOST_REPS)]
    )
    effort_seconds = models.PositiveSmallIntegerField(
        _("seconds of effort"), validators=[MinValueValidator(1), MaxValueValidator(MOST_SECONDS)]
    )
    pause_seconds = models.PositiveSmallIntegerField(
        _("seconds between efforts"), validators=[MaxValueValidator(MOST_SECONDS)]
    )

    class Meta:
        abstract = True

    @property
    def is_sound(self) -> bool:
        """Whether the dose is within its limits. While a form is read, its fields may hold anything."""
        try:
            self.clean_fields(exclude={field.name for field in self._meta.fields} - DOSE)
        except ValidationError:
            return False
        return True


class Exercise(Slots, DoseFields):
    class Position(models.TextChoices):
        STANDING = "standing", pgettext_lazy("position", "Standing")
        SEATED = "seated", pgettext_lazy("position", "Seated")
        LYING = "lying", pgettext_lazy("position", "Lying down")

    class Effort(models.TextChoices):
        HOLD = Kind.HOLD, pgettext_lazy("effort", "Hold")
        WALK = Kind.WALK, pgettext_lazy("effort", "Walk")
        CIRCLE = Kind.CIRCLE, pgettext_lazy("effort", "Circle")

    class Sides(models.IntegerChoices):
        BOTH = 1, _("Both feet at once")
        EACH = 2, _("One leg, then the other")

    slug = models.SlugField(unique=True)
    name = models.CharField(pgettext_lazy("admin", "name"), max_length=80)
    full_name = models.CharField(pgettext_lazy("admin", "full name"), max_length=80, default="", blank=True)
    summary = models.CharField(pgettext_lazy("admin", "summary"), max_length=200)
    position = models.CharField(pgettext_lazy("admin", "position"), max_length=10, choices=Position.choices)
    equipment = models.CharField(_("what you need"), max_length=120, blank=True)
    effort = models.CharField(pgettext_lazy("admin", "effort"), max_length=10, choices=Effort.choices)
    sides = models.PositiveSmallIntegerField(pgettext_lazy("admin", "sides"), choices=Sides.choices)
    ready_seconds = models.PositiveSmallIntegerField(
        _("least seconds to get set"), default=READY_SECONDS, validators=[MaxValueValidator(MOST_SECONDS)]
    )
    switch_seconds = models.PositiveSmallIntegerField(
        _("seconds to switch legs"), default=SWITCH_SECONDS, validators=[MaxValueValidator(MOST_SECONDS)]
    )
    order = models.PositiveSmallIntegerField(_("order in a session"))
    steps = models.TextField(pgettext_lazy("admin", "steps"), help_text=_("Write one on each line."))
    cues = models.TextField(pgettext_lazy("admin", "cues"), blank=True, help_text=_("Write one on each line."))
    mistakes = models.TextField(
        pgettext_lazy("admin", "common mistakes"), blank=True, help_text=_("Write one on each line.")
    )
    stop_rules = models.TextField(_("when to stop"), blank=True, help_text=_("Write one on each line."))
    easier = models.TextField(
        pgettext_lazy("admin", "easier"),
        default="",
        blank=True,
        help_text=_("Write one on each line, the easiest first."),
    )
    harder = models.TextField(
        pgettext_lazy("admin", "harder"), default="", blank=True, help_text=_("Write one on each line.")
    )
    loaded = models.JSONField(default=dict, editable=False, help_text="What the catalogue last wrote here.")

    class Meta:
        verbose_name = pgettext_lazy("admin", "exercise")
        verbose_name_plural = pgettext_lazy("admin", "exercises")
        ordering = ["order", "slug"]
        constraints = [
            models.CheckConstraint(condition=models.Q(sides__in=[1, 2]), name="exercise_sides"),
            models.CheckConstraint(condition=models.Q(reps__gte=1, effort_seconds__gte=1), name="exercise_dose"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Reject a usual dose that makes a session of a new plan too long."""
        if self.is_sound:
            refuse_too_long([*Exercise.objects.exclude(pk=self.pk), self])

    @property
    def step(self) -> Step:
        """The exercise with its usual dose, for the timeline."""
        return Step(self.slug, self.position, self.dose(), self.ready_seconds, self.switch_seconds)

    def lines(self, name: str) -> list[str]:
        """The lines of one of its texts, as "steps"; not translated."""
        return [line for line in getattr(self, name).splitlines() if line.strip()]

    def dose(self, amount: "DoseFields | None" = None) -> Dose:
        """The dose of one set: that of `amount`, a prescription, or the usual one."""
        amount = amount or self
        return Dose(Kind(self.effort), amount.reps, amount.effort_seconds, amount.pause_seconds, self.sides)


def refuse_too_long(plan: Iterable[Any]) -> None:
    """Raise ValidationError if a session of these exercises or prescriptions is too long, or if one alone is."""
    in_turn = [(each.step, each.slots) for each in sorted(plan, key=attrgetter("order"))]
    sessions = [[step for step, slots in in_turn if slot in slots] for slot in SESSION_SLOTS]
    if any(too_long(steps) for steps in [*sessions, *([step] for step, _slots in in_turn)]):
        reason = _("A session can last at most %(minutes)d minutes. Please choose fewer reps or fewer seconds.")
        raise ValidationError(reason, params={"minutes": MOST_SESSION_SECONDS // 60})


def load_catalogue() -> None:
    """Write the catalogue into the database. Running it again changes nothing.

    A text that was edited in the admin stays; all other texts follow the catalogue. `loaded` holds the texts of the
    last load. A field that it does not name is new, and counts as edited once it differs from its default.
    """
    blank = Exercise()
    for entry in CATALOGUE:
        exercise, fields = Exercise.objects.filter(slug=entry.slug).first(), entry.fields()
        if exercise is None:
            Exercise.objects.create(slug=entry.slug, loaded=fields, **fields)
            continue
        for name, text in fields.items():
            if getattr(exercise, name) == exercise.loaded.get(name, getattr(blank, name)):
                setattr(exercise, name, text)
        exercise.loaded = fields
        exercise.save()
