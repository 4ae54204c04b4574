"""The plan, changed from today or from a later day on. Past days keep their prescriptions."""

from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap, retarget

from exercises.forms.plan import ChangeForm
from exercises.loaders import current_plan, prescriptions_of
from exercises.models import Exercise, Prescription
from exercises.pages.exercise_page import exercise_context
from exercises.pages.plan_diff import changes_on
from exercises.pages.plan_proposals import PROPOSALS, CurrentPlan, preview
from exercises.record import plan_changes
from exercises.record.parsing import read_day
from exercises.web.moment import moment_of
from exercises.web.redirects import SeeOther, act, saying
from exercises.web.refusals import refuse
from exercises.web.request import Request

READY_MADE = ("starter", "usual")
MOST_PLANNED = 5  # changes to come that the page describes


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request) -> HttpResponse:
    """All exercises in one form. `?proposal=` fills in a ready-made plan, which the user then saves."""
    held = _current(request)
    if request.method != "POST":
        propose = PROPOSALS.get(request.GET.get("proposal", ""))
        return _page(request, ChangeForm(held, shown=propose and propose(held)))
    form = ChangeForm(held, request.POST)
    return _saved(request, form, reverse("plan")) or _page(request, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def change_exercise(request: Request, slug: str) -> HttpResponse:
    """Changes one exercise, by the form on its page. A GET, as after a log-in, redirects to that page."""
    held, address = _current(request), reverse("exercise", args=[slug])
    if slug not in held.slugs:
        raise Http404
    if request.method != "POST":
        return redirect(address)
    form = ChangeForm(held, request.POST, only=slug)
    return _saved(request, form, address) or _exercise_page(request, slug, form)


@act
def preview_plan(request: Request) -> HttpResponse:
    """Previews a form while the user fills it in: the length of a day, and what would change."""
    held, only = _current(request), request.POST.get("only", "")
    if only and only not in held.slugs:
        return refuse(request, _("We do not know this exercise."), 422)
    form = ChangeForm(held, request.POST, only)
    if (seen := form.preview(request.user.preferences.move_seconds)) is None:
        answer = render(request, "plan/_plan_sum.html", {"form": form, "preview": None}, status=422)
        return reswap(retarget(answer, "#plan-sum"), "innerHTML")
    return render(request, "plan/_plan_preview.html", {"preview": seen})


@act
def adopt_plan(request: Request) -> HttpResponse:
    """Takes the starter plan or the usual plan, from today on."""
    name, held = request.POST.get("plan", ""), _current(request)
    if name not in READY_MADE:
        return refuse(request, _("There is no such plan."), 422)
    try:
        return _change(request, PROPOSALS[name](held), held.day, held.day, reverse("plan"))
    except ValidationError as refused:
        return refuse(request, " ".join(refused.messages), 422)


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


def _exercise_page(request: Request, slug: str, form: ChangeForm) -> HttpResponse:
    """The page of the exercise, with the rejected form as it was sent."""
    shown, user = get_object_or_404(Exercise, slug=slug), request.user
    context = exercise_context(shown, prescriptions_of(user, form.current.day).get(shown.pk))
    context |= {"form": form, "only": slug, "preview": form.preview(user.preferences.move_seconds)}
    return render(request, "library/exercise.html", context, status=422)


def _page(request: Request, form: ChangeForm, status: int = 200) -> HttpResponse:
    move_seconds, held = request.user.preferences.move_seconds, form.current
    ready_made = [(name, preview(held, PROPOSALS[name](held), move_seconds)) for name in READY_MADE]
    planned = held.plan.planned(held.day)
    context = {
        "form": form,
        "preview": form.preview(move_seconds),
        "planned": [(day, changes_on(held.plan, day)) for day in planned[:MOST_PLANNED]],
        "further": len(planned[MOST_PLANNED:]),
        "ready_made": ready_made,
        "proposal": request.GET.get("proposal") if form.is_proposal else "",
    }
    return render(request, "plan/plan.html", context, status=status)
