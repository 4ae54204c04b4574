"""The first page: Today for a user, the welcome page for a visitor."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.loaders import today_of
from exercises.models import SESSION_SLOTS, Exercise
from exercises.pages.carried_days import CarriedDays
from exercises.pages.first_day import first_day
from exercises.pages.reminders import offers_reminders
from exercises.pages.wording import minutes, minutes_text
from exercises.record.trial import TRIED
from exercises.rules.timeline import session_seconds
from exercises.web.moment import follow_phone, moment_of
from exercises.web.request import Request


@login_not_required
@require_safe
def today(request: Request) -> HttpResponse:
    if not request.user.is_authenticated:
        return welcome(request)
    follow_phone(request)
    board, offer, question = today_of(request.user, moment_of(request))
    carried = CarriedDays(board)
    context = {"board": board, "carried": carried, "words": carried.words, "question": question, "offer": offer}
    context["nudge"] = offer is None and offers_reminders(board)
    return render(request, "today/today.html", context | {"first_day": first_day(board)})


def welcome(request: Request) -> HttpResponse:
    exercises = Exercise.objects.all()
    usual = {slot: session_seconds(each.step for each in exercises if slot in each.slots) for slot in SESSION_SLOTS}
    lengths = {"minutes": minutes(sum(usual.values())), "try_minutes": minutes_text(usual[TRIED])}
    return render(request, "today/welcome.html", {"exercises": exercises, **lengths})
