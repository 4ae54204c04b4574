"""The first page: welcome for a visitor, Today for a user."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.board import Board
from exercises.models import SITTINGS, CompletedSet, Exercise, User
from exercises.requests import Request
from exercises.timeline import Step, duration, sitting
from exercises.views.here import Here, here
from exercises.words import minutes


@login_not_required
@require_safe
def today(request: Request) -> HttpResponse:
    if not request.user.is_authenticated:
        return welcome(request)
    return render(request, "exercises/today.html", {"board": board_of(request.user, here(request)), "nav": "today"})


def welcome(request: Request) -> HttpResponse:
    exercises = Exercise.objects.all()
    usual_day = sum(
        duration(sitting(Step(each.slug, each.position, each.dose()) for each in exercises if slot in each.slots))
        for slot in SITTINGS
    )
    return render(request, "exercises/welcome.html", {"exercises": exercises, "minutes": minutes(usual_day)})


def board_of(user: User, here: Here) -> Board:
    """The user's day, with the week around it: two queries."""
    week = user.preferences.week(here.day)
    sets = CompletedSet.objects.of(user).kept().between(week[0], week[-1]).rows()
    return Board(user.plan, here.day, week, here.slot, sets)
