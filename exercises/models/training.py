"""What happened: facts, written once and never changed. Everything shown is computed from them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Self, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exercises.models.choices import Slot
from exercises.models.compiled_query import FIRST, LAST, USER, Given, Prepared
from exercises.models.exercise import Exercise
from exercises.rules.adherence import Done, done

if TYPE_CHECKING:
    from exercises.models.user import User


AnyFact = TypeVar("AnyFact", bound="Fact")


class FactQuerySet(models.QuerySet[AnyFact], Generic[AnyFact]):
    def of(self, user: "User | Given") -> Self:
        return self.filter(user=user)

    def kept(self) -> Self:
        """Without those taken back."""
        return self.exclude(_undone())

    def taken_back(self) -> Self:
        return self.filter(_undone())


def _undone() -> models.Exists:
    return models.Exists(Undo.objects.filter(user=models.OuterRef("user"), target=models.OuterRef("uuid")))


class Fact(models.Model):
    """One event as a user's phone reported it.

    `uuid` was made on the phone at the tap and stands for the event for ever, once for each user.
    `digest` is that of the payload as sent: it tells a retry from another event under the same id.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uuid = models.UUIDField()
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["user", "uuid"], name="%(class)s_once_per_user")]


class Session(Fact):
    """One session, from its Start to its end."""

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
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(slot__in=Slot.values), name="session_slot"),
            models.CheckConstraint(
                condition=models.Q(finished_at__isnull=True) | models.Q(finished_at__gte=models.F("started_at")),
                name="session_ends_after_its_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.slot}"


class Undo(Fact):
    """Takes one fact back. It may arrive before that fact, so it names it by id only."""

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
    """What the board and the charts need of a set."""

    uuid: UUID
    day: date
    slot: str
    exercise: str
    reps: int
    dose_reps: int

    @property
    def done(self) -> Done:
        return done(self.slot, self.exercise, self.reps, self.dose_reps)


class Made(NamedTuple):
    """What the charts need of the sets of one day, as two texts: they read hundreds of days, and most are alike.

    `sets` is "morning circles,midday presses 3/5": of each its mark, and its reps where those are fewer than its dose.
    """

    sets: str
    sources: str  # "timed,ticked": of each its own


def sets_in(text: str) -> list[Done]:
    """The sets of such a text."""
    return [_set_in(*each.split(" ")) for each in text.split(",")] if text else []


def _set_in(slot: str, exercise: str, reps: str = "1/1") -> Done:
    made, wanted = reps.split("/")
    return done(slot, exercise, int(made), int(wanted))


class CompletedSetQuerySet(FactQuerySet["CompletedSet"]):
    def between(self, first: date | Given, last: date | Given) -> Self:
        return self.filter(day__range=(first, last))

    def on(self, day: date) -> Self:
        """Those of one day with their exercises, oldest first."""
        return self.filter(day=day).select_related("exercise").order_by("completed_at", "pk")

    def named(self, uuid: UUID) -> "CompletedSet | None":
        """That one with its exercise."""
        return self.filter(uuid=uuid).select_related("exercise").first()

    def rows(self) -> list[SetRow]:
        """Oldest first, without the weight of models."""
        names = ("uuid", "day", "slot", "exercise__slug", "reps", "dose_reps")
        return [SetRow(*values) for values in self.order_by("completed_at", "pk").values_list(*names)]


class CompletedSet(Fact):
    """A set was completed. `day` is the user's own, fixed when the set was written."""

    class Source(models.TextChoices):
        TIMED = "timed", _("with the timer")
        TICKED = "ticked", _("ticked off by hand")
        BACKDATED = "backdated", pgettext_lazy("source", "added later")

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT)
    slot = models.CharField(max_length=10, choices=Slot.choices)
    session = models.UUIDField(null=True, help_text="The session's id: its own report may come later or never.")
    completed_at = models.DateTimeField()
    day = models.DateField()
    time_zone = models.CharField(max_length=64)
    source = models.CharField(max_length=10, choices=Source.choices)
    reps = models.PositiveSmallIntegerField(help_text="Efforts done, both sides together.")
    dose_reps = models.PositiveSmallIntegerField(help_text="Efforts of the dose that day, both sides together.")
    dose_effort_seconds = models.PositiveSmallIntegerField()
    dose_pause_seconds = models.PositiveSmallIntegerField()
    dose_variant = models.CharField(max_length=40, blank=True)

    objects = CompletedSetQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name = pgettext_lazy("admin", "completed set")
        verbose_name_plural = pgettext_lazy("admin", "completed sets")
        indexes = [models.Index(fields=["user", "day", "exercise"], name="set_of_a_day")]
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(slot__in=Slot.values), name="set_slot"),
            models.CheckConstraint(condition=models.Q(source__in=["timed", "ticked", "backdated"]), name="set_source"),
            models.CheckConstraint(condition=models.Q(reps__gte=1, dose_reps__gte=1), name="set_reps"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.slot} {self.exercise_id}"


class Joined(models.Func):
    """Texts and numbers as one text."""

    template, arg_joiner = "%(expressions)s", " || "


class Together(models.Aggregate):
    """The texts of a group as one, with a comma between them, in no order."""

    function = "GROUP_CONCAT"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s, ',')")


def _made() -> models.QuerySet:
    text, space, slash = models.TextField(), models.Value(" "), models.Value("/")
    mark = ("slot", space, "exercise__slug")
    whole = models.When(reps__gte=models.F("dose_reps"), then=Joined(*mark, output_field=text))
    part = Joined(*mark, space, "reps", slash, "dose_reps", output_field=text)
    days = CompletedSet.objects.of(USER).kept().between(FIRST, LAST).order_by().values("day")
    packed = {"sets": Together(models.Case(whole, default=part)), "sources": Together("source")}
    return days.annotate(**packed).values_list("day", *packed)


MADE = Prepared(_made)


def made_between(user: "User", first: date, last: date) -> dict[date, Made]:
    """The sets of each of these days that has any, in no order: charts count."""
    return {day: Made(sets, sources) for day, sets, sources in MADE.rows(user=user.pk, first=first, last=last)}
