"""The first page: welcome for a visitor, Today for a user."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.models import SESSION_SLOTS, Exercise, Slot, User, days_of
from exercises.pages.board import Board
from exercises.pages.wording import minutes, minutes_text
from exercises.record.trial import TRIED
from exercises.rules.timeline import duration, session_phases
from exercises.views.pain import pain_question
from exercises.web.moment import Here, here
from exercises.web.request import Request


@login_not_required
@require_safe
def today(request: Request) -> HttpResponse:
    if not request.user.is_authenticated:
        return welcome(request)
    where = here(request)
    question = pain_question(request.user, where) if where.slot == Slot.EVENING else None
    context = {"board": board_of(request.user, where), "question": question}
    return render(request, "today/today.html", {**context, "nav": "today"})


def welcome(request: Request) -> HttpResponse:
    exercises = Exercise.objects.all()
    usual = {
        slot: duration(session_phases(each.step for each in exercises if slot in each.slots)) for slot in SESSION_SLOTS
    }
    lengths = {"minutes": minutes(sum(usual.values())), "try_minutes": minutes_text(usual[TRIED])}
    return render(request, "today/welcome.html", {"exercises": exercises, **lengths})


def board_of(user: User, here: Here, ticked: UUID | None = None) -> Board:
    """The user's day, with the week around it: two queries. `ticked` is the set of just now."""
    week = user.preferences.week(here.day)
    sets, excused = days_of(user, week[0], week[-1])
    return Board(user.plan, here.day, week, here.slot, sets, excused, user.preferences, here.served, ticked)
