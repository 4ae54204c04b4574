"""One day of the record: its marks, and each set with its undo."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from exercises.loaders import day_page, entries_on
from exercises.models import DayNote, Slot
from exercises.record.corrections import NOON
from exercises.record.parsing import Rejected, read_day
from exercises.record.recording import BEFORE_PLAN
from exercises.web.moment import moment_of
from exercises.web.refusals import refuse
from exercises.web.request import Request

FURTHER_EAST = timedelta(days=2)  # the latest day of a set that was done there
TO_COME = _("This day is still to come.")


@require_safe
def day(request: Request, day: str) -> HttpResponse:
    """A day of the plan up to today, as 2026-11-20; any other day is a 404 with the reason."""
    moment, first_day = moment_of(request), request.user.plan.first_day
    try:
        shown = read_day(day)
    except Rejected as rejected:
        return refuse(request, str(rejected), 404)
    if first_day is None or shown < first_day:
        return refuse(request, str(BEFORE_PLAN), 404)
    if shown > moment.day + FURTHER_EAST:
        return refuse(request, str(TO_COME), 404)
    entries, counts = entries_on(request.user, shown)
    if shown > moment.day and not entries:
        return refuse(request, str(TO_COME), 404)
    context = day_page(request.user, moment, shown, entries, counts)
    context |= {"longest_note": DayNote.LONGEST, "slots": Slot, "noon": NOON}
    return render(request, "day/day.html", context)
