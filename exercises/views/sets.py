"""Records a set, and undoes it.

A tap on a mark is answered with that mark alone, because the page moves the day by itself (static/js/today). A set of a
session is answered with the region of the session.
"""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django_htmx.http import retarget

from exercises.loaders import board_of, milestone, session_day
from exercises.models import Slot
from exercises.models.range_queries import MarkedSet, sets_of_mark
from exercises.models.training import SetRow
from exercises.pages.marks import mark_of, packed
from exercises.pages.session_page import planned_session, session_context
from exercises.record.event_types import Event, SetDone
from exercises.record.parsing import Raw, given, read, read_instant, without_mark
from exercises.record.recording import Outcome, record
from exercises.web.moment import Moment, moment_of, served_now
from exercises.web.redirects import SeeOther, act, saying, way_back
from exercises.web.request import Request


@act
def record_set(request: Request) -> HttpResponse:
    """Records one set: from a tap on a mark, or from the timer at the end of a set."""
    moment = moment_of(request)
    event, outcome = _record(request, moment, "set", without_mark(request.POST.dict()))
    assert isinstance(event, SetDone)
    answer = _answer_to_set(request, moment, event, outcome) if request.htmx else _said(request, "set-added", event.id)
    return _named(answer, event)


@act
def undo_set(request: Request, uuid: UUID) -> HttpResponse:
    """Undoes one set of the user; any other id is a 404. The answer is the mark as it is after that."""
    moment = moment_of(request)
    sets = sets_of_mark(request.user, uuid)
    target = next((each for each in sets if each.row.uuid == uuid), None)
    if target is None:
        raise Http404
    event, _outcome = _record(request, moment, "undo", {**request.POST.dict(), "target": str(uuid)})
    left = [each.row for each in sets if not (each.undone or each is target)]
    return _named(_mark(request, target, left) if request.htmx else _said(request, "set-undone", uuid), event)


def _record(request: Request, moment: Moment, kind: str, raw: Raw) -> tuple[Event, Outcome]:
    event = read({**raw, "kind": kind})
    sent_at = read_instant(raw["sent_at"]) if given(raw, "sent_at") else None
    return event, record(request.user, event, moment.now, sent_at)


def _named(response: HttpResponse, event: Event) -> HttpResponse:
    """The phone keeps an event until an answer names it: a captive portal answers too."""
    response["X-Served"] = str(served_now())
    response["X-Event"] = str(event.id)
    return response


def _said(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Without JavaScript the next page says what was done, with its undo."""
    return SeeOther(saying(way_back(request), code, uuid))


def _answer_to_set(request: Request, moment: Moment, event: SetDone, outcome: Outcome) -> HttpResponse:
    if event.session and event.slot:
        return _session(request, moment, event)
    planned = request.user.plan.prescription(moment.day, event.exercise)
    # A whole set fills its mark, whatever was there before. Whose undo came first knows of it, and draws it so.
    if planned and event.slot and event.reps is None and outcome == Outcome.CREATED:
        row = SetRow(event.id, moment.day, event.slot, event.exercise, 1, 1)
        return _mark(request, MarkedSet(row, planned.name, undone=False), [row], knows_all=False)
    sets = sets_of_mark(request.user, event.id)
    recorded = next(each for each in sets if each.row.uuid == event.id)
    return _mark(request, recorded, [each.row for each in sets if not each.undone])


def _session(request: Request, moment: Moment, event: SetDone) -> HttpResponse:
    """The region of the session, or nothing if the plan has changed since and the page has no place for the set."""
    board = board_of(request.user, moment)
    day = session_day(request.user, board, moment, event.session)
    planned = planned_session(day.board, event.slot, event.exercise, day.board.fill_of(event.id))
    if planned is None:
        return HttpResponse(status=204)
    context = session_context(board, planned, day, seated=request.POST.get("seated") == "1")
    return render(request, "session/_answer.html", {**context, "milestone": milestone(request.user, day)})


def _mark(request: Request, of: MarkedSet, sets: list[SetRow], knows_all: bool = True) -> HttpResponse:
    """The mark of a set, filled by `sets`. Without `knows_all`, the page keeps the sets it has.

    An extra set has no mark: the page counts it by itself.
    """
    if of.row.slot == Slot.EXTRA:
        return HttpResponse(status=204)
    context = {
        "cell": mark_of(Slot(of.row.slot), sets),
        "slug": of.row.exercise,
        "name": of.name,
        "sets_of_mark": packed(sets) if knows_all else None,
    }
    return retarget(render(request, "today/_mark.html", context), f"td:has(> #mark-{of.row.slot}-{of.row.exercise})")
