"""The settings, in groups. Each field saves itself; without JavaScript each group has one Save.

A field is answered with JSON. The first day of the plan always has a button, because it cannot be moved forward again.
Changing a setting never alters past sets or targets. "Weeks on goal" uses the current goal, and its page says so.
"""

from django.conf import settings as django_settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exercises.forms.saving import save_group
from exercises.forms.settings import GROUPS, Group
from exercises.pages.plan_proposals import PlanDuration
from exercises.pages.reminders import state_text
from exercises.reminders.ways import ways_of
from exercises.web.moment import moment_of
from exercises.web.request import Request


@require_safe
def settings(request: Request) -> HttpResponse:
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
def save_settings(request: Request, group: str) -> HttpResponse:
    """Saves a group, or only the field that `field` names. A GET, as after a log-in, redirects to the page."""
    if group not in GROUPS:
        raise Http404
    if request.method != "POST":
        return redirect("settings")
    return save_group(
        request,
        GROUPS[group],
        "settings",
        refused=lambda form: _page(request, refused=form, status=422),
        texts=lambda: {"settings-day": _day_text(request)},
    )


def _day_text(request: Request) -> str:
    return _("It is now %(day)s for you.") % {"day": date_format(moment_of(request).day, "l, j F")}


def _page(request: Request, refused: Group | None = None, status: int = 200) -> HttpResponse:
    """All groups as stored, but the rejected form as it was sent."""
    day = moment_of(request).day
    forms = {name: form(instance=request.user.preferences) for name, form in GROUPS.items()}
    if refused:
        forms = {name: refused if isinstance(refused, type(form)) else form for name, form in forms.items()}
    context = {
        "forms": forms,
        "refused": refused,
        "day_text": _day_text(request),
        "duration": PlanDuration(request.user.plan.on(day), request.user.preferences.move_seconds),
        "mail_enabled": django_settings.MAIL_ENABLED,
        "reminders_text": state_text(request.user.preferences, bool(ways_of(request.user))),
    }
    return render(request, "settings/settings.html", context, status=status)
