"""Progress: one year, day by day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.loaders import year_of
from exercises.pages.year import year_asked
from exercises.web.moment import moment_of
from exercises.web.request import Request


@require_safe
def year(request: Request) -> HttpResponse:
    """The year of `?year=2026`, else the current year: three queries."""
    user, today = request.user, moment_of(request).day
    asked = year_asked(request.GET.get("year", ""), user.plan, today)
    return render(request, "progress/year.html", {"year": year_of(user, today, asked)})
