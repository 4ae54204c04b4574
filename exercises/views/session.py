"""The guided session: one page with all its steps and the whole cue sheet."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.loaders import board_of, milestone, pain_question, session_day
from exercises.models import Slot
from exercises.pages.cue_sheet import cue_sheet
from exercises.pages.session_page import planned_session, session_context
from exercises.record.parsing import Rejected, read_uuid
from exercises.web.moment import moment_of
from exercises.web.request import Request


@require_safe
def session(request: Request, slot: str) -> HttpResponse:
    """The session of a slot, or one exercise alone (`/session/extra/?exercise=`): up to seven queries."""
    if slot not in Slot.values:
        raise Http404
    moment = moment_of(request)
    board = board_of(request.user, moment)
    day = session_day(request.user, board, moment, _session_under_way(request))
    planned = planned_session(day.board, slot, request.GET.get("exercise", ""))
    if planned is None:
        raise Http404
    context = session_context(board, planned, day, seated=request.GET.get("seated") == "1")
    sheet = cue_sheet(context["session"], board.day, board.preferences.move_waits)
    context |= {"cue_sheet": sheet, "question": pain_question(request.user, moment)}
    context["milestone"] = milestone(request.user, day)
    return render(request, "session/session.html", context)


def _session_under_way(request: Request) -> UUID | None:
    """The session that the page has begun, by its id, when the page fetches itself again."""
    try:
        return read_uuid(request.GET.get("session"), "session")
    except Rejected:
        return None
