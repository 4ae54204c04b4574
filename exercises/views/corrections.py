"""Corrections by plain forms: add a set, rest days or a note, and undo each of them.

With JavaScript the same forms go through the outbox (static/js/outbox/fact-forms.js) and never reach these views.
"""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from exercises.models import CompletedSet, RestDay, Slot
from exercises.pages.rest_days import days_text
from exercises.record import corrections
from exercises.record.event_types import DayExcused, Event
from exercises.record.parsing import Rejected, read_day, read_uuid
from exercises.record.recording import record_all, undoable
from exercises.web.moment import Moment, moment_of
from exercises.web.redirects import way_back
from exercises.web.request import Request

Announcement = str | Callable[[Request, list[Event]], str]


@require_POST
def add_set(request: Request, day: str) -> HttpResponse:
    """Adds a set to a past day."""
    shown, preferences = _day(day), request.user.preferences
    return _record(
        request,
        pgettext("message", "Set added."),
        lambda _moment: [corrections.added_set(shown, request.POST, preferences)],
    )


@require_POST
def record_rest(request: Request, day: str = "") -> HttpResponse:
    """Saves or removes rest days. Without a day in the address it means today, even if the page is from yesterday."""
    shown = _day(day) if day else None
    return _record(request, _rest_announcement, lambda moment: corrections.rest_days(shown or moment.day, request.POST))


@require_POST
def write_note(request: Request, day: str) -> HttpResponse:
    """Replaces the note of the day; an empty text removes it."""
    shown = _day(day)
    announcement = (
        pgettext("message", "Note saved.")
        if request.POST.get("text", "").strip()
        else pgettext("message", "Note removed.")
    )
    return _record(request, announcement, lambda _moment: [corrections.note(shown, request.POST)])


@require_POST
def undo_facts(request: Request) -> HttpResponse:
    """Undoes one fact of the user, or all facts of one act; any other id is a 404. A set can be added again."""
    targets = [read_uuid(target, "target") for target in request.POST.getlist("target")]
    if not targets or undoable(request.user, targets) != set(targets):
        raise Http404
    announcement, back = pgettext("message", "Undone."), ""
    if len(targets) == 1 and (taken := CompletedSet.objects.of(request.user).named(targets[0])):
        announcement = _("%(set)s: undone.") % {"set": _name(taken)}
        comes_back = corrections.restorable_fields(taken, request.user.plan, request.user.preferences)
        back = f"record_again {taken.uuid}" if comes_back else ""
    return _record(request, announcement, lambda _moment: corrections.undos(targets), back)


@require_POST
def record_again(request: Request) -> HttpResponse:
    """Adds an undone set of the user again; any other id is a 404."""
    target = read_uuid(request.POST.get("target"), "target")
    taken = CompletedSet.objects.of(request.user).undone().named(target)
    if taken is None:
        raise Http404
    plan, preferences = request.user.plan, request.user.preferences
    announcement = _("%(set)s: added again.") % {"set": _name(taken)}
    return _record(request, announcement, lambda _moment: [corrections.restored_set(taken, plan, preferences)])


def _day(text: str) -> date:
    try:
        return read_day(text)
    except Rejected as rejected:
        raise Http404 from rejected


def _name(each: CompletedSet) -> str:
    return f"{pgettext('exercise', each.exercise.name)}, {Slot(each.slot).label}"


def _rest_announcement(request: Request, events: list[Event]) -> str:
    """The message about these rest days. Call it before saving: it looks up whether there is rest to remove."""
    days = [each.day for each in events if isinstance(each, DayExcused)]
    if any(isinstance(each, DayExcused) and each.on for each in events):
        return _("Rest saved: %(days)s.") % {"days": days_text(days)}
    excused = RestDay.objects.of(request.user).not_undone().between(min(days), max(days)).excused()
    if not excused.keys() & set(days):
        return _("No rest to remove: %(days)s.") % {"days": days_text(days)}
    return _("Rest removed: %(days)s.") % {"days": days_text(days)}


def _record(
    request: Request, announcement: Announcement, events_of: Callable[[Moment], list[Event]], back: str | None = None
) -> HttpResponse:
    """Records the events that `events_of` reads, all or none. The next page shows the message and a button.

    The button undoes the events, unless `back` names another act; an empty `back` shows none.
    """
    moment = moment_of(request)
    events = events_of(moment)
    words = announcement if isinstance(announcement, str) else announcement(request, events)
    record_all(request.user, events, moment.now)
    undo_all = " ".join(["undo_facts", *(str(each.id) for each in events)])
    messages.success(request, words, extra_tags=undo_all if back is None else back)
    return way_back(request)
