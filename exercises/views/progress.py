"""Progress: one week, and the weeks before it."""

from operator import attrgetter

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.loaders import board_of, pain_of, progress_of
from exercises.models import User
from exercises.pages.session import GuidedSession
from exercises.pages.week import week_asked
from exercises.web.moment import Moment, moment_of
from exercises.web.request import Request


@require_safe
def progress(request: Request) -> HttpResponse:
    """The week of `?week=2026-W47`, else the current week: three queries, four for a user with pain ratings."""
    user, moment = request.user, moment_of(request)
    first = week_asked(request.GET.get("week", ""), user.plan, user.preferences, moment.day)
    shown = progress_of(user, moment.day, first)
    context = {
        "progress": shown,
        "week": shown.week,
        "pain": pain_of(user, shown),
        # Loaded only when it is shown, to save two queries.
        "short": _shortest_session(user, moment) if shown.state in ("empty", "back") else None,
    }
    return render(request, "progress/progress.html", context)


def _shortest_session(user: User, moment: Moment) -> GuidedSession | None:
    """The shortest open session of today."""
    still_open = (each for each in board_of(user, moment).sessions if not each.complete)
    return min(still_open, key=attrgetter("seconds_left"), default=None)
