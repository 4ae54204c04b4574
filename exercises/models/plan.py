"""What a user is to do: one dose of one exercise, from a day on. The past keeps its own."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from exercises.adherence import in_force
from exercises.models.catalogue import DoseFields, Exercise, Slots
from exercises.models.slots import Slot
from exercises.timeline import Dose

if TYPE_CHECKING:
    from exercises.models.accounts import User


class PrescriptionQuerySet(models.QuerySet["Prescription"]):
    def of(self, user: "User") -> "PrescriptionQuerySet":
        return self.filter(user=user).select_related("exercise").order_by("order", "exercise_id", "since")


class Prescription(Slots, DoseFields):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="prescriptions")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT)
    since = models.DateField(_("from"))
    order = models.PositiveSmallIntegerField(_("place in a sitting"))
    variant = models.CharField(_("variant"), max_length=40, blank=True)

    objects = PrescriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("prescription")
        verbose_name_plural = _("prescriptions")
        constraints = [
            models.UniqueConstraint(fields=["user", "exercise", "since"], name="prescription_once_a_day"),
            models.CheckConstraint(condition=models.Q(reps__gte=1, effort_seconds__gte=1), name="prescription_dose"),
        ]

    def __str__(self) -> str:
        return f"{self.exercise} from {self.since}"

    @property
    def dose(self) -> Dose:
        return self.exercise.dose(self)


def usual_plan(user: "User", day: date) -> list[Prescription]:
    """The catalogue's usual doses, from `day` on; not saved."""
    copied = ["morning", "midday", "evening", "reps", "effort_seconds", "pause_seconds", "order"]
    return [
        Prescription(user=user, exercise=exercise, since=day, **{name: getattr(exercise, name) for name in copied})
        for exercise in Exercise.objects.all()
    ]


@dataclass(frozen=True)
class Plan:
    """All prescriptions of one user, old and coming ones too."""

    prescriptions: tuple[Prescription, ...]

    @cached_property
    def changes(self) -> list[date]:
        """The days from which something else holds."""
        return sorted({each.since for each in self.prescriptions})

    @property
    def first_day(self) -> date | None:
        return self.changes[0] if self.changes else None

    def on(self, day: date) -> list[Prescription]:
        """What was in force on `day`, in the order of a sitting."""
        changes_before = bisect_right(self.changes, day)
        return self._after[changes_before - 1] if changes_before else []

    @cached_property
    def _after(self) -> list[list[Prescription]]:
        """What was in force after each change: charts ask for hundreds of days."""
        return [in_force(self.prescriptions, change) for change in self.changes]

    def sitting(self, day: date, slot: str) -> list[Prescription]:
        """What is due in one sitting of `day`."""
        return [each for each in self.on(day) if slot in each.slots]

    def due(self, day: date) -> Iterator[tuple[Slot, str]]:
        """Every (slot, exercise slug) that is due on `day`."""
        return ((slot, each.exercise.slug) for each in self.on(day) for slot in each.slots)

    def exercise(self, slug: str) -> Exercise | None:
        """The exercise of that slug, when it has ever been in this plan."""
        return next((each.exercise for each in self.prescriptions if each.exercise.slug == slug), None)
