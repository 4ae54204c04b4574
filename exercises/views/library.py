"""The library: the four exercises, and each one's page. Public: one may look before signing up."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from exercises.forms.plan import ChangeForm
from exercises.models import Exercise, User
from exercises.pages import wording
from exercises.pages.plan_proposals import standing
from exercises.rules.timeline import Dose, Phase, Step, duration, session_phases, tempo
from exercises.web.moment import here
from exercises.web.request import Request

LISTS = ["steps", "cues", "stop_rules", "easier", "harder"]


@login_not_required
@require_safe
def exercises(request: Request) -> HttpResponse:
    doses = _own_doses(request)
    cards = [_card(each, doses.get(each.pk)) for each in Exercise.objects.all()]
    return render(request, "library/exercises.html", {"exercises": cards, "nav": "exercises"})


@login_not_required
@require_safe
def exercise(request: Request, slug: str) -> HttpResponse:
    return exercise_page(request, slug)


def exercise_page(request: Request, slug: str, refused: ChangeForm | None = None, status: int = 200) -> HttpResponse:
    """With the user's own dose, and with the form to change it, as it was sent when it was `refused`."""
    shown = get_object_or_404(Exercise, slug=slug)
    card = _card(shown, _own_doses(request).get(shown.pk))
    lists = {name: [_(line) for line in getattr(shown, name).splitlines()] for name in LISTS}
    lists["mistakes"] = [pgettext("mistake", line) for line in shown.mistakes.splitlines()]
    context = {"exercise": card, **lists, **_dose_form(request, slug, refused), "nav": "exercises"}
    return render(request, "library/exercise.html", context, status=status)


def _dose_form(request: Request, slug: str, refused: ChangeForm | None) -> dict[str, Any]:
    """What the form on the page needs; a visitor has no plan."""
    if not isinstance(request.user, User):
        return {}
    form = refused or ChangeForm(standing(request.user, here(request).day), only=slug)
    return {"form": form, "only": slug, "outlook": form.outlook(request.user.preferences.move_seconds)}


def _own_doses(request: Request) -> dict[int, tuple[Dose, int]]:
    """(dose, times a day) by exercise, as the user's plan has it today; nothing for a visitor."""
    if not isinstance(request.user, User):
        return {}
    return {each.exercise_id: (each.dose, len(each.slots)) for each in request.user.plan.on(here(request).day)}


def _card(shown: Exercise, own: tuple[Dose, int] | None) -> dict[str, Any]:
    """What the pages show of an exercise, with the user's own dose, else the usual one."""
    dose, times = own or (shown.dose(), len(shown.slots))
    seconds = duration(session_phases([Step(shown.slug, shown.position, dose)]))
    return {
        "slug": shown.slug,
        "name": pgettext("exercise", shown.name),
        "full_name": shown.full_name and pgettext("exercise", shown.full_name),
        "summary": _(shown.summary),
        "position_label": shown.get_position_display(),
        "equipment": pgettext("equipment", shown.equipment),
        "dose_text": wording.dose_text(dose),
        "times_text": wording.times_text(times),
        "minutes_text": wording.minutes_text(seconds),
        "tempo": [_beat(shown, phase) for phase in tempo(dose)],
    }


def _beat(shown: Exercise, phase: Phase) -> dict[str, Any]:
    """One stretch of the tempo: what it is called, what to do in it, and where it lies on the clock."""
    return {
        "word": wording.tempo_word(shown, phase),
        "cue": wording.cue(shown.step, replace(phase, rep=0)),  # the usual one, not that of the first
        "look": phase.kind.look,
        "at": phase.at,
        "seconds": phase.seconds,
        "seconds_text": wording.seconds_text(phase.seconds),
        "end": phase.end,
    }
