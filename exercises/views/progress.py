"""Progress: one week, and the weeks before it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.loaders import board_of, offer_beside, pain_of, progress_of
from exercises.pages.week import week_asked
from exercises.pages.week_words import WeekWords
from exercises.web.moment import moment_of
from exercises.web.request import Request


@require_safe
def progress(request: Request) -> HttpResponse:
    """The week of `?week=2026-W47`, else the current week: two queries, four for a user with pain ratings."""
    user, moment = request.user, moment_of(request)
    first = week_asked(request.GET.get("week", ""), user.plan, user.preferences, moment.day)
    shown = progress_of(user, moment.day, first)
    context = {
        "progress": shown,
        "week": shown.week,
        "words": WeekWords(shown),
        "pain": pain_of(user, shown),
        "offer": offer_beside(user, shown),
        # Loaded only when it is shown, to save a query.
        "short": board_of(user, moment).shortest_open if shown.state in ("empty", "back") else None,
    }
    return render(request, "progress/progress.html", context)
