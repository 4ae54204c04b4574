"""What a user says about a day: that nothing is due, how much something hurts, a note. The newest counts."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import pgettext_lazy

from exercises.models.choices import Reason, Site
from exercises.models.compiled_query import Param
from exercises.models.training import AnyFact, Fact, FactQuerySet


class DayFactQuerySet(FactQuerySet[AnyFact]):
    def between(self, first: date | Param, last: date | Param) -> Self:
        return self.filter(day__range=(first, last))

    def oldest_first(self) -> Self:
        """In the order they were said, not received. The uuid decides between two of the same instant."""
        return self.order_by("said_at", "uuid")


class DayFact(Fact):
    """Something said about a day; `said_at` is an instant by the phone's clock."""

    day = models.DateField()
    said_at = models.DateTimeField()

    class Meta(Fact.Meta):
        abstract = True


class RestDayQuerySet(DayFactQuerySet["RestDay"]):
    def excused(self) -> dict[date, str]:
        """The days on which nothing is due, each with its reason."""
        return excused(self.oldest_first().values_list("day", "reason", "on"))


class RestDay(DayFact):
    """`on` is false where the user ended the rest: the day asks for its sets again."""

    reason = models.CharField(max_length=10, choices=Reason.choices)
    on = models.BooleanField()

    objects = RestDayQuerySet.as_manager()

    class Meta(DayFact.Meta):
        verbose_name = pgettext_lazy("admin", "rest day")
        verbose_name_plural = pgettext_lazy("admin", "rest days")
        indexes = [models.Index(fields=["user", "day"], name="rest_day_of")]
        constraints = [models.CheckConstraint(condition=models.Q(reason__in=Reason.values), name="rest_day_reason")]

    def __str__(self) -> str:
        return f"{self.day} {self.reason if self.on else 'off'}"


class PainRating(DayFact):
    """How much it hurt on a day, from 0 (no pain) to 10 (as bad as you can imagine): DOMAIN 5."""

    site = models.CharField(max_length=20, choices=Site.choices)
    score = models.PositiveSmallIntegerField()

    objects = DayFactQuerySet["PainRating"].as_manager()

    class Meta(DayFact.Meta):
        verbose_name = pgettext_lazy("admin", "pain rating")
        verbose_name_plural = pgettext_lazy("admin", "pain ratings")
        indexes = [models.Index(fields=["user", "day"], name="pain_of")]
        constraints = [
            models.CheckConstraint(condition=models.Q(score__lte=10), name="pain_score"),
            models.CheckConstraint(condition=models.Q(site__in=Site.values), name="pain_site"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.site} {self.score}"


class NoteQuerySet(DayFactQuerySet["DayNote"]):
    def texts(self) -> dict[date, str]:
        """The last note of each day that has one, days in order."""
        last = dict(self.oldest_first().values_list("day", "text"))
        return {day: text for day, text in sorted(last.items()) if text}


class DayNote(DayFact):
    """A few words about a day. An empty note removes the one before it."""

    LONGEST = 500

    text = models.CharField(max_length=LONGEST, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta(DayFact.Meta):
        verbose_name = pgettext_lazy("admin", "note")
        verbose_name_plural = pgettext_lazy("admin", "notes")
        indexes = [models.Index(fields=["user", "day"], name="note_of")]

    def __str__(self) -> str:
        return f"note on {self.day}"


def excused(entries: Iterable[tuple[date, str, bool]]) -> dict[date, str]:
    """The excused days with their reasons, from (day, reason, on) in the order they were said."""
    last = {day: reason if on else "" for day, reason, on in entries}
    return {day: reason for day, reason in last.items() if reason}
