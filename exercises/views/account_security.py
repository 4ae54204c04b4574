""" "Log-in and security": the ways in, where one is logged in, and what happened lately."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.accounts.ways_in import MOST_PASSKEYS, ways_in_of
from exercises.models import AccountEvent
from exercises.pages.passkeys import passkey_rows
from exercises.web.moment import moment_of
from exercises.web.request import Request


@require_safe
def security(request: Request) -> HttpResponse:
    ways_in = ways_in_of(request.user)
    context = {
        "ways_in": ways_in,
        "events": AccountEvent.objects.of(request.user),
        "passkeys": passkey_rows(ways_in.passkeys, request.user.preferences, moment_of(request).day),
        "most_passkeys": MOST_PASSKEYS,
    }
    return render(request, "security/security.html", context)
