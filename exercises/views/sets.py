"""Records a set, and undoes it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from exercises.loaders import board_of
from exercises.models import CompletedSet, Slot
from exercises.pages.board import Board
from exercises.pages.session_page import planned_session, session_context
from exercises.record.event_types import Event, SetDone
from exercises.record.parsing import Raw, given, read, read_instant, without_mark
from exercises.record.recording import record
from exercises.web.moment import Moment, moment_of
from exercises.web.redirects import way_back
from exercises.web.request import Request


@require_POST
def record_set(request: Request) -> HttpResponse:
    """Records one set: from a tap on a mark, or from the timer at the end of a set."""
    return _record(request, "set", without_mark(request.POST.dict()))


@require_POST
def undo_set(request: Request, uuid: UUID) -> HttpResponse:
    """Undoes one set of the user; any other id is a 404."""
    get_object_or_404(CompletedSet.objects.of(request.user), uuid=uuid)
    return _record(request, "undo", {**request.POST.dict(), "target": str(uuid)})


def _record(request: Request, kind: str, raw: Raw) -> HttpResponse:
    moment = moment_of(request)
    event = read({**raw, "kind": kind})
    sent_at = read_instant(raw["sent_at"]) if given(raw, "sent_at") else None
    record(request.user, event, moment.now, sent_at)
    response = _answer(request, event, moment) if request.htmx else way_back(request)
    response["X-Served"] = str(moment.served)
    response["X-Event"] = str(event.id)  # the phone keeps the set until then: a captive portal answers too
    return response


def _answer(request: Request, event: Event, moment: Moment) -> HttpResponse:
    """The region that the tap changed: the session if the set belongs to one, else the day."""
    board = board_of(request.user, moment, event.id)
    if isinstance(event, SetDone) and event.session and event.slot:
        planned = planned_session(board, event.slot, event.exercise, board.fill_of(event.id))
        if planned is None:  # the plan has changed since: stored, but the page has no place for it
            return HttpResponse(status=204)
        context = session_context(board, planned, seated=request.POST.get("seated") == "1")
        return render(request, "session/_answer.html", context)
    return render(request, "today/_answer.html", {"board": board, **_news(board, event)})


def _news(board: Board, event: Event) -> dict:
    """What the toast says: the set that was ticked, or that one was undone."""
    if not isinstance(event, SetDone):
        return {"ticked": None}
    exercise = board.plan.exercise(event.exercise)
    return {"ticked": exercise, "slot": Slot(event.slot) if event.slot else None, "ticked_id": event.id}
