"""The trial: the shortest usual session, for visitors without an account. The server stores nothing."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from exercises.models.prescription import usual_plan
from exercises.pages import wording
from exercises.pages.cue_sheet import cue_sheet
from exercises.pages.session import GuidedSession
from exercises.pages.session_page import shown_of
from exercises.record.trial import TRIED
from exercises.rules.adherence import NOTHING
from exercises.rules.days import local_day
from exercises.rules.timeline import MOVE_SECONDS
from exercises.web.moment import browser_zone
from exercises.web.request import Request


@login_not_required
@require_safe
def trial(request: Request) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("today")
    day = local_day(timezone.now(), browser_zone(request))
    planned, seated = _usual_session(day), request.GET.get("seated") == "1"
    session = planned.seated if seated else planned
    context = shown_of(session) | _other_way(planned, seated)
    context |= {"length": wording.minutes_text(session.seconds), "cue_sheet": cue_sheet(session)}
    return render(request, "trial/trial.html", context)


def _usual_session(day: date) -> GuidedSession:
    due = tuple(each for each in usual_plan(None, day) if TRIED in each.slots)
    return GuidedSession(TRIED, due, (NOTHING,) * len(due), MOVE_SECONDS)


def _other_way(planned: GuidedSession, seated: bool) -> dict[str, Any]:
    """Whether the session is seated, and the address of the other variant."""
    address = reverse("trial") if seated else f"{reverse('trial')}?seated=1"
    return {"seated": seated, "other_address": address if planned.can_sit else ""}
