"""One day of the record: its marks, and each set with the way to take it back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exercises.board import Board
from exercises.days import week_name
from exercises.events import AHEAD, BEFORE_PLAN
from exercises.intake import Refused, read_day
from exercises.mending import Rest, in_a_row
from exercises.models import CompletedSet, DayNote, Reason, RestDay, Slot
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
    """A day of the plan up to today, as 2026-11-20; any other is a 404 that says why: four queries."""
    where, plan, preferences = here(request), request.user.plan, request.user.preferences
    try:
        shown = read_day(day)
    except Refused as refused:
        return refuse(request, str(refused), 404)
    if plan.first_day is None or shown < plan.first_day:
        return refuse(request, str(BEFORE_PLAN), 404)
    kept = [Kept(each) for each in CompletedSet.objects.of(request.user).kept().on(shown)]
    if shown > where.day and not kept:  # a set done further east may already lie on a day that is still to come here
        return refuse(request, _("This day is still to come."), 404)
    is_today = shown == where.day
    excused = RestDay.objects.of(request.user).kept().between(shown, shown + AHEAD if is_today else shown).excused()
    rows = [each.row for each in kept]
    board = Board(plan, shown, (shown,), where.slot, rows, excused, preferences, where.served)
    context = {
        "board": board,
        "kept": kept,
        "note": DayNote.objects.of(request.user).kept().between(shown, shown).texts().get(shown, ""),
        "longest_note": DayNote.LONGEST,
        "is_today": is_today,
        "slots": Slot,
        **_rest(board, plan.first_day, where.day),
        **_neighbours(board, plan.first_day, where.day),
    }
    return render(request, "exercises/day.html", {**context, "nav": "progress"})


def _rest(board: Board, first_day: date, today: date) -> dict[str, Any]:
    """What the form for days of rest offers, and those that are still to come."""
    week = [each for each in board.preferences.week(board.day) if each >= first_day]
    return {
        "reasons": Reason,
        "week": Rest(week[0], week[-1], ""),
        "first_day": first_day,
        "latest_rest": today + AHEAD,
        "ahead": in_a_row({day: reason for day, reason in board.excused.items() if day > board.day}),
    }


def _neighbours(board: Board, first_day: date, today: date) -> dict[str, Any]:
    return {
        "week_name": week_name(board.preferences.week(board.day)[0]),
        "before": board.day - timedelta(days=1) if board.day > first_day else None,
        "after": board.day + timedelta(days=1) if board.day < today else None,
    }
