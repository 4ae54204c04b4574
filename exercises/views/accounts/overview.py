""" "Log-in and security": the ways in, where one is logged in, and what happened lately."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from exercises.accounts import codes, known_devices, log_in_sessions, notices
from exercises.accounts.linking import link_token
from exercises.accounts.proof import proven
from exercises.accounts.ways_in import MOST_PASSKEYS, ways_in_of
from exercises.models import AccountEvent, LogInSession
from exercises.pages.passkeys import passkey_rows
from exercises.pages.when_words import when_text
from exercises.web.moment import moment_of
from exercises.web.redirects import SeeOther, act, saying
from exercises.web.request import Request

MOST_LISTED = 20  # log-in sessions; those beyond are counted
Kind = AccountEvent.Kind
NEW_PASSWORDS = (Kind.PASSWORD_CHANGED, Kind.PASSWORD_SET)


@require_safe
def security(request: Request) -> HttpResponse:
    """The page. Times are those of the user's own clock."""
    moment, preferences = moment_of(request), request.user.preferences
    now, zone = moment.now, preferences.zone
    sessions = list(LogInSession.objects.of(request.user, now))
    here = log_in_sessions.here(request)
    sessions.sort(key=lambda each: each.uuid != here)  # this one first
    events = list(AccountEvent.objects.of(request.user))
    ways = ways_in_of(request.user)
    context = {
        "ways_in": ways,
        "passkeys": passkey_rows(ways.passkeys, preferences, moment.day),
        "most_passkeys": MOST_PASSKEYS,
        "codes": codes.state_of(ways.codes, ways.recovery_codes),
        "most_codes": codes.MOST,
        "here": here,
        "sessions": [(each, when_text(each.began_at, now, zone)) for each in sessions[:MOST_LISTED]],
        "more_sessions": max(0, len(sessions) - MOST_LISTED),
        "events": [(Kind(each.kind).label, each.device, when_text(each.at, now, zone)) for each in events],
        "password_saved": next((when_text(each.at, now, zone) for each in events if each.kind in NEW_PASSWORDS), ""),
        "link_token": link_token(request.user),
    }
    return render(request, "security/security.html", context)


@act
@proven
def end_log_in_session(request: Request, uuid: UUID) -> HttpResponse:
    """Logs out one device. After a second submit it is logged out already, and the answer is the same."""
    if log_in_sessions.end(request.user, uuid):
        notices.tell(request, request.user, Kind.ENDED_ONE)
    return SeeOther(saying(reverse("security"), "logged-out-there"))


@act
@proven
def end_other_log_in_sessions(request: Request) -> HttpResponse:
    log_in_sessions.end_others(request)
    notices.tell(request, request.user, Kind.ENDED_OTHERS)
    response = SeeOther(saying(reverse("security"), "logged-out-elsewhere"))
    known_devices.remember(request, response, request.user)
    return response
