""" "Log-in and security": the ways in, where one is logged in, and what happened lately."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.accounts.linking import link_token
from exercises.accounts.ways_in import ways_in_of
from exercises.models import AccountEvent
from exercises.web.request import Request


@require_safe
def security(request: Request) -> HttpResponse:
    context = {
        "ways_in": ways_in_of(request.user),
        "events": AccountEvent.objects.of(request.user),
        "link_token": link_token(request.user),
    }
    return render(request, "security/security.html", context)
