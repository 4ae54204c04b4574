"""Ticking a set, and taking it back."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from exercises.models import CompletedSet, Slot
from exercises.pages.board import Board
from exercises.record.event_types import Event, SetDone
from exercises.record.parsing import Raw, Rejected, given, read, read_instant
from exercises.record.recording import record
from exercises.views.session import session_context
from exercises.views.today import board_of
from exercises.web.moment import Here, here
from exercises.web.refusals import refuse
from exercises.web.request import Request


class SeeOther(HttpResponseRedirect):
    """After a POST the browser is to GET the next page, whatever it did before."""

    status_code = 303


@require_POST
def record_set(request: Request) -> HttpResponse:
    """One set, by a tap on a mark or by the timer at a set's end."""
    return _keep(request, "set", _unmarked(request.POST.dict()))


@require_POST
def undo_set(request: Request, uuid: UUID) -> HttpResponse:
    """Takes back one set of the user's own; any other id is a 404."""
    get_object_or_404(CompletedSet.objects.of(request.user), uuid=uuid)
    return _keep(request, "undo", {**request.POST.dict(), "target": str(uuid)})


def _unmarked(fields: dict) -> dict:
    """A button carries one name and value only: `mark` is "morning/toe-presses"."""
    slot, slash, exercise = fields.pop("mark", "").partition("/")
    return {**fields, "slot": slot, "exercise": exercise} if slash else fields


def _keep(request: Request, kind: str, raw: Raw) -> HttpResponse:
    where = here(request)
    try:
        event = read({**raw, "kind": kind})
        sent_at = read_instant(raw["sent_at"]) if given(raw, "sent_at") else None
        record(request.user, event, where.now, sent_at)
    except Rejected as rejected:
        return refuse(request, str(rejected), 422)
    response = _answer(request, event, where) if request.htmx else way_back(request)
    response["X-Served"] = str(where.served)
    response["X-Event"] = str(event.id)  # the phone keeps the set until an answer names it: a captive portal cannot
    return response


def _answer(request: Request, event: Event, where: Here) -> HttpResponse:
    """What the tap changed: the session when the set was done in one, else the day."""
    board = board_of(request.user, where, event.id)
    if isinstance(event, SetDone) and event.session and event.slot:
        seated = request.POST.get("seated") == "1"
        context = session_context(board, event.slot, event.exercise, board.fill_of(event.id), seated)
        return render(request, "session/_answer.html", {**context, "oob": True})
    return render(request, "today/_today.html", {"board": board, "toast": True, **_news(board, event)})


def _news(board: Board, event: Event) -> dict:
    """What the toast says: which set was ticked, or that one was taken back."""
    if not isinstance(event, SetDone):
        return {"taken_back": True}
    exercise = board.plan.exercise(event.exercise)
    return {"ticked": exercise, "slot": Slot(event.slot) if event.slot else None, "ticked_id": event.id}


def way_back(request: Request) -> HttpResponse:
    """Where a form without htmx leads: the page named by the form when it is one of ours, else Today."""
    next_page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(next_page, allowed_hosts=None, require_https=request.is_secure())
    return SeeOther(next_page if ours and next_page.startswith("/") else reverse("today"))
