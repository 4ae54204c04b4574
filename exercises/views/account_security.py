""" "Log-in and security": the ways in, where one is logged in, and what happened lately."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.accounts import codes
from exercises.accounts.ways_in import ways_in_of
from exercises.models import AccountEvent
from exercises.web.request import Request


@require_safe
def security(request: Request) -> HttpResponse:
    ways = ways_in_of(request.user)
    context = {
        "ways_in": ways,
        "codes": codes.state_of(ways.codes, ways.recovery_codes),
        "most_codes": codes.MOST,
        "events": AccountEvent.objects.of(request.user),
    }
    return render(request, "security/security.html", context)
