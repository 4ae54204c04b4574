"""The library: a list of the exercises, and a page for each. Visitors may read it before they sign up."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from exercises.forms.plan import ChangeForm
from exercises.loaders import current_plan, prescriptions_of
from exercises.models import Exercise
from exercises.pages.exercise_page import exercise_card, exercise_context
from exercises.web.moment import follow_phone, moment_of
from exercises.web.request import Request


@login_not_required
@require_safe
def exercises(request: Request) -> HttpResponse:
    plan = prescriptions_of(request.user, _today(request)) if request.user.is_authenticated else {}
    cards = [exercise_card(each, plan.get(each.pk)) for each in Exercise.objects.all()]
    return render(request, "library/exercises.html", {"exercises": cards})


@login_not_required
@require_safe
def exercise(request: Request, slug: str) -> HttpResponse:
    """A user also sees the dose of their own plan and a form to change it."""
    shown = get_object_or_404(Exercise, slug=slug)
    if not request.user.is_authenticated:
        return render(request, "library/exercise.html", exercise_context(shown, None) | {"form": None})
    today, move_seconds = _today(request), request.user.preferences.move_seconds
    form = ChangeForm(current_plan(request.user, today), only=slug)
    context = exercise_context(shown, prescriptions_of(request.user, today).get(shown.pk))
    context |= {"form": form, "only": slug, "preview": form.preview(move_seconds)}
    return render(request, "library/exercise.html", context)


def _today(request: Request) -> date:
    follow_phone(request)
    return moment_of(request).day
