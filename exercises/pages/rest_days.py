"""Rest days as periods, and the choices of the form for rest days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exercises.models import Reason
from exercises.pages.wording import rest_text, stay_as_extra


class RestPeriod(NamedTuple):
    """Rest days in a row, for one reason."""

    first: date
    last: date
    reason: str

    @property
    def span(self) -> str:
        return f"{self.first}/{self.last}"

    @property
    def text(self) -> str:
        return rest_text(self.reason)

    @property
    def label(self) -> str:
        return str(Reason(self.reason).label)

    @property
    def length(self) -> int:
        """Days."""
        return (self.last - self.first).days + 1

    @property
    def days(self) -> str:
        """ "Mon, 16 Nov to Sun, 22 Nov"."""
        first, last = date_format(self.first, "D, j M"), date_format(self.last, "D, j M")
        return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


class Choice(NamedTuple):
    """Days that the form offers. `span` is the value it sends; empty for days that the user enters."""

    span: str
    label: str
    days: str  # in words, for the message afterwards
    stays: str  # what happens to the sets of these days
    rest: bool  # whether any of them is a rest day


def rest_periods(excused: Mapping[date, str]) -> list[RestPeriod]:
    """Rest days, joined where they follow each other for one reason; oldest first."""
    found: list[RestPeriod] = []
    for day, reason in sorted(excused.items()):
        if found and (found[-1].last, found[-1].reason) == (day - timedelta(days=1), reason):
            found[-1] = found[-1]._replace(last=day)
        else:
            found.append(RestPeriod(day, day, reason))
    return found


def days_text(days: Iterable[date]) -> str:
    """ "Tue, 17 Nov; Thu, 19 Nov to Sun, 22 Nov"."""
    return "; ".join(each.days for each in rest_periods(dict.fromkeys(days, "")))


def choices(day: date, week: Sequence[date], sets: Mapping[date, int], excused: Mapping[date, str]) -> list[Choice]:
    """The day, its week, the days of that week without a set, and any other days. `sets` are counts by day."""
    free = [each for each in week if not sets.get(each)]
    only = _("Only %(day)s") % {"day": date_format(day, "l, j F")}
    other = _("Sets on these days are kept as extra sets.")
    offered = [
        _choice(only, [day], sets, excused),
        _choice(_("The whole week, %(days)s") % {"days": days_text(week)}, week, sets, excused),
        _choice(_("Only days without a set: %(days)s") % {"days": days_text(free)}, free, sets, excused),
        Choice("", pgettext("choice", "Other days"), days_text([day]), other, rest=bool(excused)),
    ]
    return offered if 0 < len(free) < len(week) else [*offered[:2], offered[3]]


def _choice(label: str, days: Sequence[date], sets: Mapping[date, int], excused: Mapping[date, str]) -> Choice:
    rows = rest_periods(dict.fromkeys(days, ""))
    span = " ".join(each.span for each in rows)
    stays = stay_as_extra([sets[each] for each in days if sets.get(each)], of_one=len(days) == 1)
    return Choice(span, label, days_text(days), stays, rest=any(each in excused for each in days))
