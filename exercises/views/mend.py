"""Mending the record by plain forms: a set added later, days of rest, a note, and the way back from each.

With a script the same forms go through the outbox (static/js/facts.js), and these views are not asked.
"""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exercises import mending
from exercises.events import of_user, record_all
from exercises.intake import Event, Refused, read_day, read_uuid
from exercises.requests import Request
from exercises.views.errors import refuse
from exercises.views.here import Here, here
from exercises.views.sets import way_back


@require_POST
def add_set(request: Request, day: str) -> HttpResponse:
    """A set of a day that is over."""
    shown, preferences = _day(day), request.user.preferences
    return _keep(request, _("Set added."), lambda _here: [mending.added_set(shown, request.POST, preferences)])


@require_POST
def rest(request: Request, day: str = "") -> HttpResponse:
    """Days of rest, or no rest any more. Without a day in the address: today, whatever day the page is of."""
    shown = _day(day) if day else None
    said = _("Counts again.") if request.POST.get("on") == "false" else _("Saved as rest.")
    return _keep(request, said, lambda where: mending.rest_days(shown or where.day, request.POST))


@require_POST
def write_note(request: Request, day: str) -> HttpResponse:
    """The day's note in place of the former one; an empty text takes it away."""
    shown = _day(day)
    said = _("Note saved.") if request.POST.get("text", "").strip() else _("Note removed.")
    return _keep(request, said, lambda _here: [mending.note(shown, request.POST)])


@require_POST
def undo(request: Request) -> HttpResponse:
    """Takes back one fact of the user's own, or all that one act told; any other id is a 404."""
    try:
        targets = [read_uuid(target, "target") for target in request.POST.getlist("target")]
    except Refused as refused:
        return refuse(request, str(refused), 422)
    if not targets or of_user(request.user, targets) != set(targets):
        raise Http404
    return _keep(request, _("Taken back."), lambda _here: mending.undos(targets), undoable=False)


def _day(text: str) -> date:
    try:
        return read_day(text)
    except Refused as refused:
        raise Http404 from refused


def _keep(request: Request, said: str, tell: Callable[[Here], list[Event]], undoable: bool = True) -> HttpResponse:
    """The events that `tell` reads, all or none; the next page says so, with the way back."""
    where = here(request)
    try:
        events = tell(where)
        record_all(request.user, events, where.now)
    except Refused as refused:
        return refuse(request, str(refused), 422)
    messages.success(request, said, extra_tags=" ".join(str(each.id) for each in events) if undoable else "")
    return way_back(request)
