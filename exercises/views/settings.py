"""The account: who is logged in, the way to the data, the way out."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.requests import Request


@require_safe
def settings(request: Request) -> HttpResponse:
    return render(request, "exercises/settings.html", {"nav": "settings"})
