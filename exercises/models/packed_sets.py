"""The sets of a day as one text, made by the database."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.db import models

from exercises.rules.adherence import Done


class DailySets(NamedTuple):
    """The sets of one day as two texts, for charts: they read hundreds of days, and most days are alike.

    `sets` is "morning circles,midday presses 3/5": the mark of each set, and its reps if fewer than its dose.
    """

    sets: str
    sources: str = ""  # "timed,ticked": one for each set; empty where nobody asks


def unpack_sets(text: str) -> list[Done]:
    """The sets in the text of `DailySets.sets`."""
    return [_unpack_set(each) for each in text.split(",")] if text else []


@lru_cache(maxsize=1000)
def _unpack_set(text: str) -> Done:
    """Cached, because most of the hundreds of sets of a chart are alike."""
    slot, exercise, *part = text.split(" ")
    made, wanted = part[0].split("/") if part else (1, 1)
    return Done(slot, exercise, int(made), int(wanted))


class Joined(models.Func):
    """Texts and numbers as one text."""

    template, arg_joiner = "%(expressions)s", " || "


class CommaList(models.Aggregate):
    """The texts of a group as one text, separated by commas, in no order."""

    function = "GROUP_CONCAT"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s, ',')")


def _packed_sets() -> CommaList:
    space, slash = models.Value(" "), models.Value("/")
    mark, text = ("slot", space, "exercise__slug"), models.TextField()
    whole = models.When(reps__gte=models.F("dose_reps"), then=Joined(*mark, output_field=text))
    part = Joined(*mark, space, "reps", slash, "dose_reps", output_field=text)
    return CommaList(models.Case(whole, default=part))


PACKED_SETS = _packed_sets()  # of CompletedSet, by day
