"""What a user says of a day: that it is excused, how much something hurts, a note. What was said last holds."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, Self
from uuid import UUID

from django.db import models
from django.db.models import CharField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import pgettext_lazy

from exercises.models.compiled_query import FIRST, LAST, USER, Given, Prepared
from exercises.models.training import AnyFact, CompletedSet, Fact, FactQuerySet, SetRow

if TYPE_CHECKING:
    from exercises.models.user import User


class Reason(models.TextChoices):
    """Why a day asks for nothing."""

    REST = "rest", pgettext_lazy("rest reason", "Rest")
    SICK = "sick", pgettext_lazy("rest reason", "Not well")
    AWAY = "away", pgettext_lazy("rest reason", "Away")


class Site(models.TextChoices):
    """Where it may hurt: DOMAIN 5."""

    LOW_BACK = "low-back", pgettext_lazy("place of pain", "Low back")
    LEFT_KNEE = "left-knee", pgettext_lazy("place of pain", "Left knee")
    RIGHT_KNEE = "right-knee", pgettext_lazy("place of pain", "Right knee")
    LEFT_HIP = "left-hip", pgettext_lazy("place of pain", "Left hip")
    RIGHT_HIP = "right-hip", pgettext_lazy("place of pain", "Right hip")
    LEFT_FOOT = "left-foot", pgettext_lazy("place of pain", "Left foot")
    RIGHT_FOOT = "right-foot", pgettext_lazy("place of pain", "Right foot")


class SaidQuerySet(FactQuerySet[AnyFact]):
    def between(self, first: date | Given, last: date | Given) -> Self:
        return self.filter(day__range=(first, last))

    def in_turn(self) -> Self:
        """As it was said, however it came in: of two at the same instant the same one is last everywhere."""
        return self.order_by("said_at", "uuid")


class Said(Fact):
    """Something about a day, said at an instant by the phone's clock."""

    day = models.DateField()
    said_at = models.DateTimeField()

    class Meta(Fact.Meta):
        abstract = True


class RestDayQuerySet(SaidQuerySet["RestDay"]):
    def excused(self) -> dict[date, str]:
        """The days that ask for nothing, each with its reason."""
        return excused(self.in_turn().values_list("day", "reason", "on"))


class RestDay(Said):
    """`on` is false where the day was taken back: it asks for its sets again."""

    reason = models.CharField(max_length=10, choices=Reason.choices)
    on = models.BooleanField()

    objects = RestDayQuerySet.as_manager()

    class Meta(Said.Meta):
        verbose_name = pgettext_lazy("admin", "rest day")
        verbose_name_plural = pgettext_lazy("admin", "rest days")
        indexes = [models.Index(fields=["user", "day"], name="rest_day_of")]
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(reason__in=Reason.values), name="rest_day_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.reason if self.on else 'off'}"


class PainRating(Said):
    """How much it hurt on a day, 0 (no pain) to 10 (as bad as you can imagine): DOMAIN 5."""

    site = models.CharField(max_length=20, choices=Site.choices)
    score = models.PositiveSmallIntegerField()

    objects = SaidQuerySet["PainRating"].as_manager()

    class Meta(Said.Meta):
        verbose_name = pgettext_lazy("admin", "pain rating")
        verbose_name_plural = pgettext_lazy("admin", "pain ratings")
        indexes = [models.Index(fields=["user", "day"], name="pain_of")]
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(score__lte=10), name="pain_score"),
            models.CheckConstraint(condition=models.Q(site__in=Site.values), name="pain_site"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.site} {self.score}"


class NoteQuerySet(SaidQuerySet["DayNote"]):
    def texts(self) -> dict[date, str]:
        """Of each day with a note what was written last, days in order."""
        last = dict(self.in_turn().values_list("day", "text"))
        return {day: text for day, text in sorted(last.items()) if text}


class DayNote(Said):
    """A few words on a day. An empty one takes the former away."""

    LONGEST = 500

    text = models.CharField(max_length=LONGEST, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta(Said.Meta):
        verbose_name = pgettext_lazy("admin", "note")
        verbose_name_plural = pgettext_lazy("admin", "notes")
        indexes = [models.Index(fields=["user", "day"], name="note_of")]

    def __str__(self) -> str:
        return f"note on {self.day}"


def excused(said: Iterable[tuple[date, str, bool]]) -> dict[date, str]:
    """The days that are excused by (day, reason, on) in the order it was said, each with its reason."""
    last = {day: reason if on else "" for day, reason, on in said}
    return {day: reason for day, reason in last.items() if reason}


EXCUSED = Prepared(
    lambda: RestDay.objects.of(USER).kept().between(FIRST, LAST).in_turn().values_list("day", "reason", "on")
)


SCORES = Prepared(
    lambda: PainRating.objects.of(USER).kept().between(FIRST, LAST).in_turn().values_list("day", "site", "score")
)


class Rating(NamedTuple):
    """What the question needs of an answer."""

    uuid: UUID
    day: date
    site: str
    score: int


RATINGS = Prepared(
    lambda: (
        PainRating.objects.of(USER).kept().between(FIRST, LAST).in_turn().values_list("uuid", "day", "site", "score")
    )
)


def excused_between(user: "User", first: date, last: date) -> dict[date, str]:
    """The days that ask for nothing, each with its reason."""
    return excused(EXCUSED.rows(user=user.pk, first=first, last=last))


def scores_between(user: "User", first: date, last: date) -> dict[tuple[date, str], int]:
    """Of each of these days and each site what was said last, days in order."""
    last_said = {(day, site): score for day, site, score in SCORES.rows(user=user.pk, first=first, last=last)}
    return dict(sorted(last_said.items()))


def ratings_between(user: "User", first: date, last: date) -> list[Rating]:
    """All that was said of these days and was not taken back, days in order, of each as it was said."""
    ratings = map(Rating._make, RATINGS.rows(user=user.pk, first=first, last=last))
    return sorted(ratings, key=attrgetter("day"))


def days_of(user: "User", first: date, last: date) -> tuple[list[SetRow], dict[date, str]]:
    """The sets of these days, oldest first, and those of the days that are excused: one query, for Today and a tick
    have none to spare. A rest day lies in it as a row without an exercise.
    """
    found = [row[:-1] for row in DAYS.rows(user=user.pk, first=first, last=last)]
    made = [SetRow(*row) for row in found if row[3]]
    return made, excused((day, reason, bool(on)) for _uuid, day, reason, exercise, on, _dose in found if not exercise)


def _days() -> QuerySet:
    sets = CompletedSet.objects.of(USER).kept().between(FIRST, LAST).order_by()
    rest = RestDay.objects.of(USER).kept().between(FIRST, LAST).order_by()
    return (
        sets.values_list("uuid", "day", "slot", "exercise__slug", "reps", "dose_reps", "completed_at")
        .union(
            rest.values_list(
                "uuid",
                "day",
                "reason",
                Value("", CharField()),
                Cast("on", IntegerField()),
                Value(0, IntegerField()),
                "said_at",
            ),
            all=True,
        )
        .order_by("completed_at", "uuid")
    )


DAYS = Prepared(_days)
