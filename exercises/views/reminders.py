"""Reminders: when they come, by what, what is next, and one to try. Each field saves itself, as in the settings."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import time_format
from django.views.decorators.http import require_safe

from exercises.forms.reminders import GROUPS
from exercises.forms.saving import save_group
from exercises.forms.settings import Group
from exercises.loaders import board_of
from exercises.models import SESSION_SLOTS, CalendarFeed, Preferences, User
from exercises.pages.reminders import Reminders, slot_hint
from exercises.reminders.sample import sample_of
from exercises.reminders.topic import topic_text
from exercises.reminders.trying import last_test, send_test
from exercises.reminders.vapid import public_key
from exercises.reminders.ways import Ways, made_since, sender_works, ways_of
from exercises.web.moment import moment_of
from exercises.web.redirects import SeeOther, act
from exercises.web.refusals import refuse
from exercises.web.request import Request


@require_safe
def reminders(request: Request) -> HttpResponse:
    """The page. Whoever opened it is not offered reminders again."""
    _stop_offering(request)
    return _page(request)


@act
def save_reminders(request: Request, group: str) -> HttpResponse:
    """Saves a group, or only the field that `field` names."""
    if group not in GROUPS:
        raise Http404
    return save_group(
        request,
        GROUPS[group],
        "reminders",
        refused=lambda form: _page(request, refused=form, status=422),
        texts=lambda: _texts_now(request),
    )


@act
def send_reminder(request: Request) -> HttpResponse:
    """Sends one to try, by each way that is on. The page then says what came back."""
    moment = moment_of(request)
    try:
        send_test(request.user, moment.day, moment.now)
    except ValidationError as error:
        return refuse(request, error.messages[0], 422)
    if request.htmx:
        ways, works = ways_of(request.user), sender_works(moment.now)
        return render(request, "reminders/_tried.html", {"tried": last_test(request.user, ways, moment.now, works)})
    return SeeOther(f"{reverse('reminders')}#try")


@act
def decline_reminders(request: Request) -> HttpResponse:
    _stop_offering(request)
    return SeeOther(reverse("today"))


def _stop_offering(request: Request) -> None:
    if not request.user.preferences.reminders_offered:
        Preferences.objects.filter(user=request.user).update(reminders_offered=True)


def _reminders(request: Request, ways: Ways) -> Reminders:
    moment = moment_of(request)
    board, made = board_of(request.user, moment), made_since(request.user, moment.day)
    return Reminders(board, made, bool(ways), sender_works(moment.now))


def _texts_now(request: Request) -> dict[str, str]:
    ways = ways_of(request.user)
    return _texts(request.user, _reminders(request, ways), ways)


def _texts(user: User, of: Reminders, ways: Ways) -> dict[str, str]:
    """The sentences of the page that a saved setting may change, by the id of their element."""
    texts = {f"id_{slot}_reminded_helptext": slot_hint(of.preferences, slot) for slot in SESSION_SLOTS}
    if sample := sample_of(of):
        texts |= {
            "sample-time": time_format(sample.at, "H:i"),
            "sample-title": sample.message.title,
            "sample-body": sample.message.body,
        }
    return {"reminders-next": of.next_text, "reminders-topic": topic_text(user) if ways.webhook else "", **texts}


def _page(request: Request, refused: Group | None = None, status: int = 200) -> HttpResponse:
    """All groups as stored, but the rejected form as it was sent."""
    user, ways = request.user, ways_of(request.user)
    of = _reminders(request, ways)
    context: dict[str, Any] = {name: form(instance=user.preferences) for name, form in GROUPS.items()}
    context |= {name: refused for name, form in GROUPS.items() if type(refused) is form}
    context |= {
        "refused": refused,
        "texts": _texts(user, of, ways),
        "ways_on": ways,
        "devices": ways.devices,
        "push_key": public_key(),
        "feeds": CalendarFeed.objects.of(user),
        "tried": last_test(user, ways, of.now, of.sender_works),
    }
    return render(request, "reminders/reminders.html", context, status=status)
