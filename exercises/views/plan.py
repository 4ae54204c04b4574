"""The plan, changed from today or from a later day on. Past days keep their prescriptions."""

from datetime import date

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap, retarget

from exercises.forms.plan import ChangeForm
from exercises.loaders import current_plan, offer_of
from exercises.models import Preferences, Prescription
from exercises.pages.ladder import ladder_of
from exercises.pages.plan_diff import changes_on
from exercises.pages.plan_offer import PUT_OFF, before_step, days_of_step, key_of
from exercises.pages.plan_proposals import PROPOSALS, CurrentPlan
from exercises.record import plan_changes
from exercises.record.parsing import read_day
from exercises.web.moment import moment_of
from exercises.web.redirects import SeeOther, act, saying, way_back
from exercises.web.refusals import refuse
from exercises.web.request import Request

MOST_PLANNED = 5  # changes to come that the page describes


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request) -> HttpResponse:
    """All exercises in one form. `?proposal=` fills in another plan, which the user then saves.

    `?exercise=` opens the card of that exercise.
    """
    held = _current(request)
    if request.method != "POST":
        propose = PROPOSALS.get(request.GET.get("proposal", ""))
        return _page(request, ChangeForm(held, shown=propose and propose(held)))
    form = ChangeForm(held, request.POST)
    return _saved(request, form, reverse("plan")) or _page(request, form, status=422)


@act
def preview_plan(request: Request) -> HttpResponse:
    """Previews the form while the user fills it in: the length of a day, and what would change."""
    form = ChangeForm(_current(request), request.POST)
    if (seen := form.preview(request.user.preferences.move_seconds)) is None:
        answer = render(request, "plan/_plan_sum.html", {"form": form, "preview": None}, status=422)
        return reswap(retarget(answer, "#plan-sum"), "innerHTML")
    return render(request, "plan/_plan_preview.html", {"preview": seen})


@act
def take_step(request: Request) -> HttpResponse:
    """Takes the plan that is offered. `plan` is its key, so that an old page takes nothing else than it shows.

    A second tap, or one on another phone, finds it taken and says the same.
    """
    key, user, address = request.POST.get("plan", ""), request.user, way_back(request, otherwise=reverse("plan"))
    moment = moment_of(request)
    try:
        with plan_changes.plan_in_turn(user):
            offer = offer_of(user, moment)
            if offer and offer.key == key:
                plan_changes.change_plan(user, offer.wanted, offer.day, moment.day)
    except ValidationError as refused:
        return refuse(request, " ".join(refused.messages), 422)
    for day in days_of_step(moment.day):
        if key_of(user.plan.on(day)) == key:
            return SeeOther(saying(address, "step-taken", day, key))
    return refuse(request, _("This plan is not offered any more. You can choose another one in “Your plan”."), 422)


@act
def undo_step(request: Request) -> HttpResponse:
    """Gives the plan back that held before the step: the same doses and sessions, without a row of its own."""
    named, _colon, key = request.POST.get("target", "").partition(":")
    day, today, user = read_day(named), moment_of(request).day, request.user
    try:
        with plan_changes.plan_in_turn(user):
            back = before_step(user.plan, day) if day in days_of_step(today) else []
            if not back or key_of(user.plan.on(day)) not in (key, key_of(back)):
                sentence = _("This cannot be undone any more. You can choose another plan in “Your plan”.")
                return refuse(request, sentence, 422)
            plan_changes.change_plan(user, back, day, today)
    except ValidationError as refused:
        return refuse(request, " ".join(refused.messages), 422)
    return SeeOther(saying(way_back(request), "undone"))


@act
def put_off_step(request: Request) -> HttpResponse:
    """Offers no other plan for two weeks."""
    until = moment_of(request).day + PUT_OFF
    Preferences.objects.filter(user=request.user).update(step_put_off_until=until)
    return SeeOther(saying(way_back(request, otherwise=reverse("plan")), "step-put-off"))


@act
def cancel_change(request: Request) -> HttpResponse:
    """Cancels the change planned for a future day."""
    try:
        plan_changes.drop_change(request.user, read_day(request.POST.get("day")), moment_of(request).day)
    except ValidationError as refused:
        return refuse(request, " ".join(refused.messages), 422)
    return SeeOther(saying(reverse("plan"), "change-cancelled"))


def _current(request: Request) -> CurrentPlan:
    return current_plan(request.user, moment_of(request).day)


def _saved(request: Request, form: ChangeForm, address: str) -> HttpResponse | None:
    """A redirect if the form could be saved. None if it has errors."""
    if not form.is_valid():
        return None
    try:
        return _change(request, form.wanted, form.day, form.current.day, address)
    except ValidationError as refused:
        form.refuse(refused)
    return None


def _change(request: Request, wanted: list[Prescription], day: date, today: date, address: str) -> HttpResponse:
    """Changes the plan. Raises ValidationError."""
    if not plan_changes.change_plan(request.user, wanted, day, today):
        return SeeOther(saying(address, "plan-same"))
    return SeeOther(saying(address, "plan-saved", day))


def _page(request: Request, form: ChangeForm, status: int = 200) -> HttpResponse:
    move_seconds, held = request.user.preferences.move_seconds, form.current
    planned = held.plan.planned(held.day)
    proposal = request.GET.get("proposal", "") if form.is_proposal else ""
    context = {
        "form": form,
        "preview": form.preview(move_seconds),
        "planned": [(day, changes_on(held.plan, day)) for day in planned[:MOST_PLANNED]],
        "further": len(planned[MOST_PLANNED:]),
        "ladder": ladder_of(held, move_seconds, proposal),
        "offer": None if proposal or form.when.is_bound else offer_of(request.user, moment_of(request)),
        "proposal": proposal,
        "opened": request.GET.get("exercise", ""),
    }
    return render(request, "plan/plan.html", context, status=status)
