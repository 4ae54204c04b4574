"""One day of the record: its marks, and each set with the way to take it back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exercises.board import Board
from exercises.days import week_name
from exercises.models import CompletedSet, Slot
from exercises.models.practice import SetRow
from exercises.requests import Request
from exercises.views.errors import refuse
from exercises.views.here import here


@dataclass(frozen=True)
class Kept:
    """One set of the day, as its page lists it."""

    of: CompletedSet

    @property
    def at(self) -> datetime:
        """The time on the wall where the set was done."""
        return self.of.completed_at.astimezone(ZoneInfo(self.of.time_zone)).replace(tzinfo=None)

    @property
    def sitting(self) -> str:
        return str(Slot(self.of.slot).label)

    @property
    def whole(self) -> bool:
        return self.row.done.fill == 1

    @property
    def row(self) -> SetRow:
        each = self.of
        return SetRow(each.uuid, each.day, each.slot, each.exercise.slug, each.reps, each.dose_reps)


@require_safe
def day(request: Request, day: str) -> HttpResponse:
    """A day of the plan up to today, as 2026-11-20; any other is a 404 that says why: two queries."""
    where, plan = here(request), request.user.plan
    shown = _read_day(day)
    if shown is None:
        return refuse(request, _("A day must look like 2026-11-20."), 404)
    if plan.first_day is None or shown < plan.first_day:
        return refuse(request, _("This day lies before the first day of your plan."), 404)
    kept = [Kept(each) for each in CompletedSet.objects.of(request.user).kept().on(shown)]
    if shown > where.day and not kept:  # a set done further east may already lie on a day that is still to come here
        return refuse(request, _("This day is still to come."), 404)
    board = Board(plan, shown, (shown,), where.slot, [each.row for each in kept])
    context = {
        "board": board,
        "kept": kept,
        "week_name": week_name(request.user.preferences.week(shown)[0]),
        "is_today": shown == where.day,
        "before": shown - timedelta(days=1) if shown > plan.first_day else None,
        "after": shown + timedelta(days=1) if shown < where.day else None,
    }
    return render(request, "exercises/day.html", {**context, "nav": "progress"})


def _read_day(text: str) -> date | None:
    """A day in the one way of writing that our links have; Python would read others too."""
    try:
        read = date.fromisoformat(text)
    except ValueError:
        return None
    return read if read.isoformat() == text else None
