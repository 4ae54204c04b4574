"""One day of the record: its marks, and each set with the way to take it back."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exercises.models import CompletedSet, DayNote, Reason, RestDay, Slot, User
from exercises.models.training import made_between
from exercises.pages.board import Board
from exercises.pages.rest_days import choices, days_text, rest_periods
from exercises.pages.set_list import list_sets
from exercises.record.parsing import Refused, read_day
from exercises.record.recording import AHEAD, BEFORE_PLAN
from exercises.rules.days import week_name
from exercises.web.moment import moment_of
from exercises.web.refusals import refuse
from exercises.web.request import Request


@require_safe
def day(request: Request, day: str) -> HttpResponse:
    """A day of the plan up to today, as 2026-11-20; any other is a 404 that says why: five queries."""
    moment, plan, preferences = moment_of(request), request.user.plan, request.user.preferences
    try:
        shown = read_day(day)
    except Refused as refused:
        return refuse(request, str(refused), 404)
    if plan.first_day is None or shown < plan.first_day:
        return refuse(request, str(BEFORE_PLAN), 404)
    entries = list_sets(CompletedSet.objects.of(request.user).kept().on(shown), plan, preferences)
    if shown > moment.day and not entries:  # a set done further east may be on tomorrow
        return refuse(request, _("This day is still to come."), 404)
    is_today = shown == moment.day
    excused = RestDay.objects.of(request.user).kept().between(plan.first_day, moment.day + AHEAD).excused()
    rows = [each.row for each in entries]
    board = Board(plan, shown, (shown,), moment.slot, rows, excused, preferences, moment.served)
    context = {
        "board": board,
        "entries": entries,
        "note": DayNote.objects.of(request.user).kept().between(shown, shown).texts().get(shown, ""),
        "longest_note": DayNote.LONGEST,
        "is_today": is_today,
        "slots": Slot,
        **_rest(request.user, shown, moment.day, excused),
        **_neighbours(board, plan.first_day, moment.day),
    }
    return render(request, "day/day.html", {**context, "nav": "progress"})


def _rest(user: User, shown: date, today: date, excused: Mapping[date, str]) -> dict[str, Any]:
    """What the form for days of rest offers; on the page of today also those that are still to come."""
    first_day = user.plan.beginning[0].since
    week = [each for each in user.preferences.week(shown) if each >= first_day]
    sets = {each: len(made.sources.split(",")) for each, made in made_between(user, week[0], week[-1]).items()}
    return {
        "choices": choices(shown, week, sets, excused),
        "day_text": days_text([shown]),
        "reasons": Reason,
        "first_day": first_day,
        "latest_rest": today + AHEAD,
        "rested": " ".join(each.span for each in rest_periods(excused)),
        "ahead": rest_periods({day: reason for day, reason in excused.items() if day > today})
        if shown == today
        else [],
    }


def _neighbours(board: Board, first_day: date, today: date) -> dict[str, Any]:
    return {
        "week_name": week_name(board.preferences.week(board.day)[0]),
        "before": board.day - timedelta(days=1) if board.day > first_day else None,
        "after": board.day + timedelta(days=1) if board.day < today else None,
    }
