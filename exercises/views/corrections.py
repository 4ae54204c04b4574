"""Corrections by plain forms: add a set, rest days or a note, and undo each of them.

With JavaScript the same forms go through the outbox (static/js/outbox/fact-forms.js) and never reach these views.
"""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse

from exercises.models import CompletedSet, RestDay
from exercises.record import corrections
from exercises.record.event_types import DayExcused, Event
from exercises.record.parsing import Rejected, read_day, read_uuid
from exercises.record.recording import record_all, undoable
from exercises.web.moment import Moment, moment_of
from exercises.web.redirects import SeeOther, act, saying, way_back
from exercises.web.request import Request


@act
def add_set(request: Request, day: str) -> HttpResponse:
    """Adds a set to a past day."""
    shown, preferences = _day(day), request.user.preferences
    return _record(request, "set-added", lambda _moment: [corrections.added_set(shown, request.POST, preferences)])


@act
def record_rest(request: Request, day: str = "") -> HttpResponse:
    """Saves or removes rest days. Without a day in the address it means today, even if the page is from yesterday."""
    shown = _day(day) if day else None
    return _record(request, _rest_code, lambda moment: corrections.rest_days(shown or moment.day, request.POST))


@act
def write_note(request: Request, day: str) -> HttpResponse:
    """Replaces the note of the day; an empty text removes it."""
    shown = _day(day)
    code = "note-saved" if request.POST.get("text", "").strip() else "note-removed"
    return _record(request, code, lambda _moment: [corrections.note(shown, request.POST)])


@act
def undo_facts(request: Request) -> HttpResponse:
    """Undoes one fact of the user, or all facts of one act; any other id is a 404. A set can be added again."""
    targets = list(dict.fromkeys(read_uuid(target, "target") for target in request.POST.getlist("target")))
    if not targets or undoable(request.user, targets) != set(targets):
        raise Http404
    is_set = len(targets) == 1 and CompletedSet.objects.of(request.user).filter(uuid=targets[0]).exists()
    said = ("set-undone", targets) if is_set else ("undone", [])
    return _record(request, said[0], lambda _moment: corrections.undos(targets), said[1])


@act
def record_again(request: Request) -> HttpResponse:
    """Adds an undone set of the user again; any other id is a 404."""
    target = read_uuid(request.POST.get("target"), "target")
    taken = CompletedSet.objects.of(request.user).undone().named(target)
    if taken is None:
        raise Http404
    plan, preferences = request.user.plan, request.user.preferences
    return _record(request, "set-restored", lambda _moment: [corrections.restored_set(taken, plan, preferences)])


def _day(text: str) -> date:
    try:
        return read_day(text)
    except Rejected as rejected:
        raise Http404 from rejected


def _rest_code(request: Request, events: list[Event]) -> str:
    """The code of the message: rest saved, removed, or none to remove. Call it before saving."""
    days = [each.day for each in events if isinstance(each, DayExcused)]
    if any(isinstance(each, DayExcused) and each.on for each in events):
        return "rest-saved"
    excused = RestDay.objects.of(request.user).not_undone().between(min(days), max(days)).excused()
    return "rest-removed" if excused.keys() & set(days) else "rest-missing"


def _record(
    request: Request,
    code: str | Callable[[Request, list[Event]], str],
    events_of: Callable[[Moment], list[Event]],
    about: list[UUID] | None = None,
) -> HttpResponse:
    """Records the events that `events_of` reads, all or none. The next page shows a message (exercises/said.py).

    It is about the facts recorded here, unless `about` names others or none.
    """
    moment = moment_of(request)
    events = events_of(moment)
    said = code if isinstance(code, str) else code(request, events)
    record_all(request.user, events, moment.now)
    return SeeOther(saying(way_back(request), said, *([each.id for each in events] if about is None else about)))
