"""Help and About: public pages without a query of their own."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.web.request import Request


@login_not_required
@require_safe
def get_help(request: Request) -> HttpResponse:
    return render(request, "pages/help.html")


@login_not_required
@require_safe
def about(request: Request) -> HttpResponse:
    there = {"mail_enabled": settings.MAIL_ENABLED, "has_own_service": bool(settings.REMINDER_URL)}
    return render(request, "pages/about.html", there)
