"""The settings: groups of preferences, each saved by itself, and the account.

Changing a setting never alters past sets or targets. "Weeks on goal" uses the current goal, and its page says so.
"""

from django.conf import settings as django_settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from exercises.forms.settings import GROUPS, Group
from exercises.models import Preferences
from exercises.pages.plan_proposals import PlanDuration
from exercises.record.plan_changes import begin_by
from exercises.web.moment import moment_of
from exercises.web.redirects import SeeOther, saying
from exercises.web.request import Request


@require_safe
def settings(request: Request) -> HttpResponse:
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
def save_settings(request: Request, group: str) -> HttpResponse:
    """Saves one group. A GET, as after a log-in, redirects to the page."""
    if group not in GROUPS:
        raise Http404
    if request.method != "POST":
        return redirect("settings")
    form = GROUPS[group](request.POST, instance=Preferences.objects.get(user=request.user))
    if not form.is_valid():
        return _page(request, refused=form, status=422)
    preferences = form.save()
    if preferences.follows_browser:  # with a later start of the day it may still be yesterday
        begin_by(request.user, preferences.day(moment_of(request).now))
    return SeeOther(saying(reverse("settings"), "saved"))


def _page(request: Request, refused: Group | None = None, status: int = 200) -> HttpResponse:
    """All groups as stored, but the rejected form as it was sent."""
    day = moment_of(request).day
    forms = {name: form(instance=request.user.preferences) for name, form in GROUPS.items()}
    if refused:
        forms = {name: refused if isinstance(refused, type(form)) else form for name, form in forms.items()}
    context = {
        "forms": forms,
        "refused": refused,
        "day": day,
        "duration": PlanDuration(request.user.plan.on(day), request.user.preferences.move_seconds),
        "mail_enabled": django_settings.MAIL_ENABLED,
    }
    return render(request, "settings/settings.html", context, status=status)
