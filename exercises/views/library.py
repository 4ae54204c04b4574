"""The library: a list of the exercises, and a page for each. Visitors may read it before they sign up."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exercises.catalogue.variants import variants_by_choice
from exercises.loaders import prescriptions_of
from exercises.models import Exercise, Prescription
from exercises.models.prescription import usual_prescription
from exercises.pages.exercise_page import exercise_card, exercise_context, next_variant
from exercises.record import plan_changes
from exercises.record.parsing import read_day
from exercises.web.moment import follow_phone, moment_of
from exercises.web.redirects import SeeOther, act, saying, way_back
from exercises.web.refusals import refuse
from exercises.web.request import Request


@login_not_required
@require_safe
def exercises(request: Request) -> HttpResponse:
    plan = _prescriptions(request)
    cards = [exercise_card(plan.get(each.pk) or usual_prescription(each)) for each in Exercise.objects.all()]
    return render(request, "library/exercises.html", {"exercises": cards})


@login_not_required
@require_safe
def exercise(request: Request, slug: str) -> HttpResponse:
    """A user sees the variant and the dose of their own plan. Whoever has none may look at each variant by `?way=`."""
    shown = get_object_or_404(Exercise, slug=slug)
    own = _prescriptions(request).get(shown.pk)
    coming = next_variant(request.user.plan, own, moment_of(request).day) if own else None
    context = exercise_context(shown, own, request.GET.get("way", ""), coming)
    return render(request, "library/exercise.html", context)


@act
def choose_variant(request: Request, slug: str) -> HttpResponse:
    """Does the exercise in another variant from today on. The answer says so, with an undo.

    `from` is the choice that the page showed, `until` the day of a planned change to another variant: with them a
    second tap of the button has the same undo.
    """
    shown, sent = get_object_or_404(Exercise, slug=slug), request.POST
    variants = variants_by_choice(shown.slug)
    if (variant := variants.get(sent.get("variant", ""))) is None:
        return refuse(request, _("We do not know this way to do the exercise."), 422)
    until = read_day(sent["until"]) if "until" in sent else None
    try:
        ends = plan_changes.choose_variant(request.user, slug, variant.slug, moment_of(request).day, until)
    except ValidationError as refused:
        return refuse(request, " ".join(refused.messages), 422)
    page, before = way_back(request, otherwise=reverse("exercise", args=[slug])), sent.get("from")
    return SeeOther(saying(page, "variant-chosen", slug, *filter(None, [before in variants and before, ends])))


def _prescriptions(request: Request) -> dict[int, Prescription]:
    """The user's plan, by primary key of the exercise; that of its first day while it has not begun."""
    if not request.user.is_authenticated:
        return {}
    follow_phone(request)
    day, plan = moment_of(request).day, request.user.plan
    return prescriptions_of(request.user, max(day, plan.first_day or day))
