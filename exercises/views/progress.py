"""Progress: one week, and the weeks before it."""

from datetime import date, timedelta
from operator import attrgetter

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.loaders import board_of, history_of, pain_of
from exercises.models import User
from exercises.pages.session import GuidedSession
from exercises.pages.week import LONG, Progress
from exercises.rules import days
from exercises.web.moment import Moment, moment_of
from exercises.web.request import Request


@require_safe
def progress(request: Request) -> HttpResponse:
    """The week of `?week=2026-W47`, else the current week: three queries, four for a user with pain ratings."""
    moment = moment_of(request)
    first = week_shown(request.GET.get("week", ""), request.user, moment.day)
    starts = days.weeks_up_to(first, LONG)
    history = history_of(request.user, moment.day, starts[0], days.week_from(first)[-1])
    shown = Progress(history, history.weeks(first, LONG))
    context = {
        "progress": shown,
        "week": shown.week,
        "pain": pain_of(request.user, shown),
        # Loaded only when it is shown, to save two queries.
        "short": _shortest_session(request.user, moment) if shown.state in ("empty", "back") else None,
        **_neighbours(first, request.user, moment.day),
    }
    return render(request, "progress/progress.html", context)


def week_shown(name: str, user: User, today: date) -> date:
    """The first day of the week of that name, or of the nearest week with data."""
    running = user.preferences.week(today)[0]
    named = days.week_named(name, user.preferences.week_starts_on)
    if named is None or named > running:
        return running
    first_day = min(user.plan.first_day or today, today)
    return named if named + timedelta(days=6) >= first_day else user.preferences.week(first_day)[0]


def _neighbours(first: date, user: User, today: date) -> dict[str, tuple[str, date] | None]:
    """(name, first day) of the week before and the week after. None if that week has no data."""
    first_day = user.plan.first_day or today
    before, after = days.weeks_up_to(first, 2)[0], days.week_from(first)[-1] + timedelta(days=1)
    return {
        "before": (days.week_name(before), before) if first > first_day else None,
        "after": (days.week_name(after), after) if after <= today else None,
    }


def _shortest_session(user: User, moment: Moment) -> GuidedSession | None:
    """The shortest open session of today."""
    still_open = (each for each in board_of(user, moment).sessions if not each.complete)
    return min(still_open, key=attrgetter("seconds_left"), default=None)
