"""A prescription: one dose of one exercise, from a day on."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exercises.catalogue.variants import SEATED
from exercises.models.choices import SESSION_SLOTS
from exercises.models.compiled_query import Param
from exercises.models.exercise import DoseFields, Exercise, Slots
from exercises.models.plan import Plan
from exercises.models.variant import VariantFields
from exercises.rules.adherence import Mark
from exercises.rules.timeline import Dose, Step

if TYPE_CHECKING:
    from exercises.models.user import User

SLOT_CHOICES = [(slot.value, slot.label) for slot in SESSION_SLOTS]
AMOUNT = ("morning", "midday", "evening", "reps", "effort_seconds", "pause_seconds", "order", "variant")


class PrescriptionQuerySet(models.QuerySet["Prescription"]):
    def of(self, user: "User | Param") -> "PrescriptionQuerySet":
        return self.filter(user=user).select_related("exercise").order_by("order", "exercise_id", "since")


class Prescription(VariantFields, Slots, DoseFields):
    pk = models.CompositePrimaryKey("user", "exercise", "since")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="prescriptions", db_index=False
    )
    since = models.DateField(pgettext_lazy("admin", "from"))
    order = models.PositiveSmallIntegerField(_("order in a session"))
    # On the plan's first day alone: the slot it began in. Those before it are not due on that day.
    first_slot = models.CharField(
        pgettext_lazy("admin", "first session"), max_length=10, choices=SLOT_CHOICES, blank=True, default=""
    )

    objects = PrescriptionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("admin", "prescription")
        verbose_name_plural = pgettext_lazy("admin", "prescriptions")
        constraints = [
            models.CheckConstraint(condition=models.Q(reps__gte=1, effort_seconds__gte=1), name="prescription_dose"),
        ]

    def __str__(self) -> str:
        return f"{self.exercise} from {self.since}"

    def clean(self) -> None:
        """Reject a dose that makes a session too long, on its first day or later. The user must be set."""
        if not (self.user_id and self.exercise_id and self.since and self.is_sound):
            return
        plan = Plan((*Prescription.objects.of(self.user), self))  # the last of two on one day holds
        plan.refuse_too_long(self.since)

    @property
    def amount(self) -> dict[str, Any]:
        """Everything it asks for. Two prescriptions with equal amounts ask for the same."""
        return {name: getattr(self, name) for name in AMOUNT}

    def changed(self, **fields: Any) -> "Prescription":
        """A copy that differs in some fields, not saved. `slots` may be one of them."""
        if "slots" in fields:
            slots = fields.pop("slots")
            fields |= {slot.value: slot in slots for slot in SESSION_SLOTS}
        kept = {"user_id": self.user_id, "exercise": self.exercise, "since": self.since, "first_slot": self.first_slot}
        kept |= self.amount
        return Prescription(**kept | fields)

    @property
    def asks(self) -> tuple[int, Any]:
        """(order, all other amounts). Two prescriptions with equal ones ask for the same."""
        return self.order, [getattr(self, name) for name in AMOUNT if name != "order"]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that are due on each of its days."""
        return tuple(Mark(slot, self.exercise.slug) for slot in self.slots)

    @property
    def prescription(self) -> "Prescription":
        return self

    @property
    def dose(self) -> Dose:
        return self.exercise.dose(self)

    @property
    def step(self) -> Step:
        """The variant keeps the exercise's seconds unless it names longer ones."""
        exercise, variant = self.exercise, self.variant_data
        ready = max(exercise.ready_seconds, variant.ready_seconds)
        switch = max(exercise.switch_seconds, variant.switch_seconds)
        return Step(exercise.slug, variant.position or exercise.position, self.dose, ready, switch)

    @property
    def seated(self) -> "Prescription":
        """The same dose on a chair, if the exercise has a seated variant; not saved."""
        if not self.can_sit:
            return self
        return self.changed(variant=SEATED)


def usual_plan(user: "User | None", day: date, first_slot: str = "") -> list[Prescription]:
    """The usual doses from `day` on, not saved. Without a user they are those of the trial."""
    return [usual_prescription(each, user=user, since=day, first_slot=first_slot) for each in Exercise.objects.all()]


def usual_prescription(exercise: Exercise, **fields: Any) -> Prescription:
    """The usual dose of an exercise, not saved."""
    copied = {name: getattr(exercise, name) for name in AMOUNT if name != "variant"}
    return Prescription(exercise=exercise, **copied, **fields)
