"""Progress: one year, day by day."""

import re
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.loaders import history_of
from exercises.models import User
from exercises.pages.year import Year
from exercises.rules import days
from exercises.web.moment import moment_of
from exercises.web.request import Request


@require_safe
def year(request: Request) -> HttpResponse:
    """The year of `?year=2026`, else the current year: three queries."""
    moment, preferences = moment_of(request), request.user.preferences
    number = year_shown(request.GET.get("year", ""), request.user, moment.day)
    first, last = preferences.week(date(number, 1, 1))[0], preferences.week(date(number, 12, 31))[0]
    starts = days.weeks_up_to(last, (last - first).days // 7 + 1)
    history = history_of(request.user, moment.day, date(number, 1, 1), date(number, 12, 31))
    shown = Year(number, [history.week(start) for start in starts], moment.day, request.user.plan)
    first_day = request.user.plan.first_day or moment.day
    context = {
        "year": shown,
        "before": number - 1 if number > max(first_day.year, days.EARLIEST) else None,
        "after": number + 1 if number < moment.day.year else None,
    }
    return render(request, "progress/year.html", context)


def year_shown(name: str, user: User, today: date) -> int:
    """The year of that name, or the nearest year with data."""
    if not re.fullmatch(r"[0-9]{4}", name):
        return today.year
    first_day = min(user.plan.first_day or today, today)
    return min(max(int(name), first_day.year, days.EARLIEST), today.year)
