"""The library: the four exercises, and each one's page. Public: one may look before signing up."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from exercises.forms.plan import ChangeForm
from exercises.loaders import doses_of, standing
from exercises.models import Exercise, User
from exercises.pages.exercise_page import OwnDose, exercise_card, exercise_context
from exercises.web.moment import here
from exercises.web.request import Request


@login_not_required
@require_safe
def exercises(request: Request) -> HttpResponse:
    doses = _own_doses(request)
    cards = [exercise_card(each, doses.get(each.pk)) for each in Exercise.objects.all()]
    return render(request, "library/exercises.html", {"exercises": cards, "nav": "exercises"})


@login_not_required
@require_safe
def exercise(request: Request, slug: str) -> HttpResponse:
    """With the user's own dose, and with the form to change it; a visitor has no plan."""
    shown = get_object_or_404(Exercise, slug=slug)
    context = exercise_context(shown, _own_doses(request).get(shown.pk))
    return render(request, "library/exercise.html", {**context, **_dose_form(request, slug)})


def _dose_form(request: Request, slug: str) -> dict[str, Any]:
    if not isinstance(request.user, User):
        return {}
    form = ChangeForm(standing(request.user, here(request).day), only=slug)
    return {"form": form, "only": slug, "outlook": form.outlook(request.user.preferences.move_seconds)}


def _own_doses(request: Request) -> dict[int, OwnDose]:
    return doses_of(request.user, here(request).day) if isinstance(request.user, User) else {}
