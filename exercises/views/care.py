"""Look after your feet: the page, and the coach for each thing on it. Visitors may use it too; nothing is recorded."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.pages.care import care_cards, care_rules, care_session
from exercises.pages.cue_sheet import cue_sheet
from exercises.pages.session_page import shown_of
from exercises.web.request import Request


@login_not_required
@require_safe
def care(request: Request) -> HttpResponse:
    return render(request, "care/care.html", {"cards": care_cards()})


@login_not_required
@require_safe
def care_guide(request: Request, slug: str) -> HttpResponse:
    session = care_session(slug)
    if session is None:
        raise Http404
    context = shown_of(session) | {"cue_sheet": cue_sheet(session), "counted": False, "rules": care_rules(session)}
    return render(request, "care/guide.html", context)
