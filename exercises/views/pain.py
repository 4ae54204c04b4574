"""Pain ratings. The question is shown in the evening and after a session, to users who chose places."""

from collections.abc import Mapping
from datetime import date
from uuid import uuid4, uuid5

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from exercises.loaders import pain_question
from exercises.models import Site
from exercises.record.event_types import Event
from exercises.record.parsing import Rejected, given, read, read_instant, read_uuid
from exercises.record.recording import record
from exercises.web.moment import moment_of
from exercises.web.redirects import SeeOther, act
from exercises.web.request import Request

OF_ALL = ("day", "said_at", "timezone")
NO_PLACE = ("csrfmiddlewaretoken", "id", "sent_at", "all", *OF_ALL)


@act
def rate_pain(request: Request) -> HttpResponse:
    """Records the scores of a form, all or none. The name of a field is the place."""
    moment, fields = moment_of(request), request.POST.dict()
    sent_at = read_instant(fields["sent_at"]) if given(fields, "sent_at") else None
    with transaction.atomic():
        for event in _ratings(fields, moment.day, request.user.preferences.sites):
            record(request.user, event, moment.now, sent_at)
    if request.htmx:
        return render(request, "pain/_pain.html", {"question": pain_question(request.user, moment)})
    return SeeOther(reverse("today") + "#pain")


def _ratings(fields: Mapping[str, str], today: date, chosen: list[Site]) -> list[Event]:
    """One event for each score. The field `all` is one score for all chosen places.

    The form has one id; each event gets an id derived from it.
    """
    scores = {name: value for name, value in fields.items() if name not in NO_PLACE}
    if "all" in fields:
        scores = {site.value: fields["all"] for site in chosen}
    if not scores:
        raise Rejected(_("Please choose a number for at least one place."))
    form = read_uuid(fields["id"], "id") if "id" in fields else uuid4()
    common = {"kind": "pain", "day": today.isoformat(), **{name: fields[name] for name in OF_ALL if name in fields}}
    return [
        read({**common, "id": str(uuid5(form, site)), "site": site, "score": score}) for site, score in scores.items()
    ]
