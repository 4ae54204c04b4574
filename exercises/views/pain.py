"""How much it hurts: asked in the evening and after a session, of those who chose so, and in nobody's way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exercises.models import Site, Slot, User
from exercises.models.range_queries import ratings_between
from exercises.record.event_types import Event
from exercises.record.parsing import Rejected, given, read, read_instant, read_uuid
from exercises.record.recording import record
from exercises.rules.pain import HIGH, WORST
from exercises.web.moment import Here, here
from exercises.web.refusals import refuse
from exercises.web.request import Request

OF_ALL = ("day", "said_at", "timezone")
NO_PLACE = ("csrfmiddlewaretoken", "id", "sent_at", "all", *OF_ALL)


class Place(NamedTuple):
    """One place to ask about, and what was said of it; None while nothing was."""

    site: Site
    score: int | None


@dataclass(frozen=True)
class Question:
    """Asked of the days from `since` to `today`. `day` is that of the answer: a change is made where that one was.

    `said` are the ids of all that was answered on that day, those since changed too: it is taken back as a whole.
    """

    places: tuple[Place, ...]
    since: date
    day: date
    said: tuple[UUID, ...]
    here: Here
    weekly: bool

    @property
    def answered(self) -> bool:
        """One place is enough: the others were left out on purpose."""
        return any(each.score is not None for each in self.places)

    @property
    def evening(self) -> bool:
        return self.here.slot == Slot.EVENING

    @property
    def scale(self) -> tuple[tuple[int, bool], ...]:
        """(score, whether it is high)."""
        return tuple((score, score >= HIGH) for score in range(WORST + 1))


def pain_question(user: User, here: Here) -> Question | None:
    """One query, and only for those who want to be asked."""
    sites, first_day = user.preferences.sites, user.plan.first_day
    if not sites or first_day is None or here.day < first_day:
        return None
    weekly = user.preferences.pain_weekly
    since = user.preferences.week(here.day)[0] if weekly else here.day
    ratings = [each for each in ratings_between(user, since, here.day) if each.site in sites]
    day = ratings[-1].day if ratings else here.day
    scores = {each.site: each.score for each in ratings}
    places = tuple(Place(site, scores.get(site)) for site in sites)
    said = tuple(each.uuid for each in ratings if each.day == day)
    return Question(places, since, day, said, here, weekly)


@require_POST
def rate_pain(request: Request) -> HttpResponse:
    """A score for each place that has one: a field named as the place. All of them are kept, or none."""
    where, fields = here(request), request.POST.dict()
    try:
        sent_at = read_instant(fields["sent_at"]) if given(fields, "sent_at") else None
        with transaction.atomic():
            for event in _ratings(fields, where.day, request.user.preferences.sites):
                record(request.user, event, where.now, sent_at)
    except Rejected as rejected:
        return refuse(request, str(rejected), 422)
    if request.htmx:
        return render(request, "pain/_pain.html", {"question": pain_question(request.user, where)})
    return HttpResponse(status=303, headers={"Location": reverse("today") + "#pain"})


def _ratings(fields: Mapping[str, str], today: date, chosen: list[Site]) -> list[Event]:
    """`all` is one score for all places chosen. A form has one id, and each place needs one of its own."""
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
