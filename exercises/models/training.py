"""Facts: what the user did. A fact is written once and never changed; every page is computed from facts."""

from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exercises.models.choices import Slot
from exercises.models.compiled_query import Param
from exercises.models.exercise import Exercise
from exercises.models.variant import name_of
from exercises.rules.adherence import Done, done
from exercises.rules.days import zone_named

if TYPE_CHECKING:
    from exercises.models.user import User


AnyFact = TypeVar("AnyFact", bound="Fact")


class FactQuerySet(models.QuerySet[AnyFact], Generic[AnyFact]):
    def of(self, user: "User | Param") -> Self:
        return self.filter(user=user)

    def not_undone(self) -> Self:
        """Without those that were undone."""
        return self.exclude(_undone())

    def undone(self) -> Self:
        return self.filter(_undone())


def _undone() -> models.Exists:
    return models.Exists(Undo.objects.filter(user=models.OuterRef("user"), target=models.OuterRef("uuid")))


class Fact(models.Model):
    """One event as a user's phone reported it.

    The phone makes `uuid` at the tap. With the user it is the primary key, so a fact is there once: see
    docs/architecture.md, Exactly once. `digest` is that of the payload as sent: it tells a retry from another
    event under the same id.
    """

    pk = models.CompositePrimaryKey("user", "uuid")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    uuid = models.UUIDField()
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Insert only. A plain save() of a key that is there would overwrite the first fact in silence."""
        super().save(*args, **{**options, "force_insert": True})


class Session(Fact):
    """One guided session, from Start to its end."""

    slot = models.CharField(max_length=10, choices=Slot.choices)
    day = models.DateField()
    time_zone = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = FactQuerySet["Session"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = pgettext_lazy("admin", "session")
        verbose_name_plural = pgettext_lazy("admin", "sessions")
        constraints = [
            models.CheckConstraint(condition=models.Q(slot__in=Slot.values), name="session_slot"),
            models.CheckConstraint(
                condition=models.Q(finished_at__isnull=True) | models.Q(finished_at__gte=models.F("started_at")),
                name="session_ends_after_its_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.slot}"


class Undo(Fact):
    """Undoes one fact. It may arrive before that fact, so it names it by id only."""

    target = models.UUIDField()

    objects = FactQuerySet["Undo"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = pgettext_lazy("admin", "undo")
        verbose_name_plural = pgettext_lazy("admin", "undos")
        indexes = [models.Index(fields=["user", "target"], name="undo_of")]

    def __str__(self) -> str:
        return f"undo of {self.target}"


@dataclass(frozen=True, slots=True)
class SetRow:
    """The columns of a set that the board and the charts need."""

    uuid: UUID
    day: date
    slot: str
    exercise: str
    reps: int
    dose_reps: int

    @property
    def done(self) -> Done:
        return done(self.slot, self.exercise, self.reps, self.dose_reps)


class CompletedSetQuerySet(FactQuerySet["CompletedSet"]):
    def between(self, first: date | Param, last: date | Param) -> Self:
        return self.filter(day__range=(first, last))

    def oldest_first(self) -> Self:
        """With their exercises."""
        return self.select_related("exercise").order_by("completed_at", "uuid")

    def named(self, uuid: UUID) -> "CompletedSet | None":
        """The set with that id, with its exercise."""
        return self.filter(uuid=uuid).select_related("exercise").first()

    def rows(self) -> list[SetRow]:
        """The sets as light rows, oldest first."""
        names = ("uuid", "day", "slot", "exercise__slug", "reps", "dose_reps")
        return [SetRow(*values) for values in self.order_by("completed_at", "uuid").values_list(*names)]


class CompletedSet(Fact):
    """A set that was done. `day` is the day in the user's time zone, fixed when the set was written."""

    class Source(models.TextChoices):
        TIMED = "timed", _("with the timer")
        TICKED = "ticked", _("ticked off by hand")
        BACKDATED = "backdated", pgettext_lazy("source", "added later")

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT)
    slot = models.CharField(max_length=10, choices=Slot.choices)
    session = models.UUIDField(null=True, help_text="The id of the session. Its own report may come later, or never.")
    completed_at = models.DateTimeField()
    day = models.DateField()
    time_zone = models.CharField(max_length=64)
    source = models.CharField(max_length=10, choices=Source.choices)
    reps = models.PositiveSmallIntegerField(help_text="Efforts done, on both sides together.")
    dose_reps = models.PositiveSmallIntegerField(help_text="Efforts of the dose of that day, on both sides together.")
    dose_effort_seconds = models.PositiveSmallIntegerField()
    dose_pause_seconds = models.PositiveSmallIntegerField()
    dose_variant = models.CharField(max_length=40, blank=True)

    objects = CompletedSetQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name = pgettext_lazy("admin", "completed set")
        verbose_name_plural = pgettext_lazy("admin", "completed sets")
        indexes = [models.Index(fields=["user", "day", "exercise"], name="set_of_a_day")]
        constraints = [
            models.CheckConstraint(condition=models.Q(slot__in=Slot.values), name="set_slot"),
            models.CheckConstraint(condition=models.Q(source__in=["timed", "ticked", "backdated"]), name="set_source"),
            models.CheckConstraint(condition=models.Q(reps__gte=1, dose_reps__gte=1), name="set_reps"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.slot} {self.exercise_id}"

    @property
    def name(self) -> str:
        """The name of the exercise in the variant that the plan had when the set was written."""
        return name_of(self.exercise.slug, self.exercise.name, self.dose_variant)

    @property
    def zone(self) -> tzinfo:
        return zone_named(self.time_zone) or UTC
