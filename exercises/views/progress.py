"""How it goes: a week with those before it, and a year."""

import re
from datetime import date, timedelta
from operator import attrgetter

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.models import User
from exercises.models.range_queries import daily_sets, excused_between, scores_between
from exercises.pages.board import GuidedSession
from exercises.pages.history import History
from exercises.pages.pain_chart import PainPanels, pain_panels
from exercises.pages.week import LONG, Progress
from exercises.pages.year import Year
from exercises.rules import days
from exercises.views.today import board_of
from exercises.web.moment import Here, here
from exercises.web.request import Request


@require_safe
def progress(request: Request) -> HttpResponse:
    """The week of `?week=2026-W47`, else the running one: three queries, and one for whoever is asked about pain."""
    where = here(request)
    first = week_shown(request.GET.get("week", ""), request.user, where.day)
    starts = days.weeks_up_to(first, LONG)
    history = history_of(request.user, where.day, starts[0], days.week_from(first)[-1])
    shown = Progress(history, history.weeks(first, LONG))
    context = {
        "progress": shown,
        "week": shown.week,
        "pain": _pain(request.user, shown),
        # Asked for only where it is shown, so that the other pages do without its query.
        "short": _shortest_session(request.user, where) if shown.state in ("empty", "back") else None,
        **_neighbours(first, request.user, where.day),
    }
    return render(request, "progress/progress.html", {**context, "nav": "progress"})


@require_safe
def year(request: Request) -> HttpResponse:
    """The year of `?year=2026`, else the running one: three queries."""
    where, preferences = here(request), request.user.preferences
    number = year_shown(request.GET.get("year", ""), request.user, where.day)
    first, last = preferences.week(date(number, 1, 1))[0], preferences.week(date(number, 12, 31))[0]
    starts = days.weeks_up_to(last, (last - first).days // 7 + 1)
    history = history_of(request.user, where.day, date(number, 1, 1), date(number, 12, 31))
    shown = Year(number, [history.week(start) for start in starts], where.day, request.user.plan)
    first_day = request.user.plan.first_day or where.day
    context = {
        "year": shown,
        "before": number - 1 if number > max(first_day.year, days.EARLIEST) else None,
        "after": number + 1 if number < where.day.year else None,
    }
    return render(request, "progress/year.html", {**context, "nav": "progress"})


def history_of(user: User, today: date, first: date, last: date) -> History:
    """The user's record from `first` to `last`."""
    made, excused = daily_sets(user, first, last), excused_between(user, first, last)
    return History(user.plan, today, made, user.preferences.goal_days, excused)


def week_shown(name: str, user: User, today: date) -> date:
    """The first day of the week of that name, or of the nearest one there is something to show of."""
    running = user.preferences.week(today)[0]
    named = days.week_named(name, user.preferences.week_starts_on)
    if named is None or named > running:
        return running
    first_day = min(user.plan.first_day or today, today)
    return named if named + timedelta(days=6) >= first_day else user.preferences.week(first_day)[0]


def year_shown(name: str, user: User, today: date) -> int:
    """The year of that name, or the nearest one there is something to show of."""
    if not re.fullmatch(r"[0-9]{4}", name):
        return today.year
    first_day = min(user.plan.first_day or today, today)
    return min(max(int(name), first_day.year, days.EARLIEST), today.year)


def _neighbours(first: date, user: User, today: date) -> dict[str, tuple[str, date] | None]:
    """Name and first day of the weeks before and after, where there is something to show of them."""
    first_day = user.plan.first_day or today
    before, after = days.weeks_up_to(first, 2)[0], days.week_from(first)[-1] + timedelta(days=1)
    return {
        "before": (days.week_name(before), before) if first > first_day else None,
        "after": (days.week_name(after), after) if after <= today else None,
    }


def _pain(user: User, shown: Progress) -> PainPanels | None:
    """Of the places chosen; whoever wants no questions is not shown any answers either."""
    sites, weeks = user.preferences.sites, shown.weeks
    if not sites:
        return None
    return pain_panels(weeks, sites, scores_between(user, weeks[0].first, weeks[-1].last))


def _shortest_session(user: User, where: Here) -> GuidedSession | None:
    """What to come back with: the shortest session that is open today."""
    still_open = (each for each in board_of(user, where).sessions if not each.complete)
    return min(still_open, key=attrgetter("seconds_left"), default=None)
