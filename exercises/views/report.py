"""The report of some weeks on one page: for its owner, and by a link for whoever has it."""

import logging
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exercises.forms.settings import NOT_OFFERED, of_list
from exercises.models import DayNote, ShareLink, User
from exercises.models.range_queries import scores_between
from exercises.pages.report import WEEKS, Report, weeks_asked
from exercises.pages.week import LONG
from exercises.rules import days
from exercises.views.progress import history_of
from exercises.views.sets import SeeOther
from exercises.web.moment import here
from exercises.web.refusals import refuse
from exercises.web.request import Request

logger = logging.getLogger(__name__)
MOST_LINKS = 10


class LinkForm(forms.Form):
    """What a link shows, and for how long."""

    weeks = of_list([(weeks, weeks) for weeks in WEEKS], gettext_lazy("Weeks to show"), coerce=int, initial=8,
                    widget=forms.RadioSelect)  # fmt: skip
    days = of_list([(days, days) for days in (7, 30, 90)], gettext_lazy("Days the link works"), coerce=int,
                   initial=30, widget=forms.RadioSelect)  # fmt: skip
    notes = forms.BooleanField(label=gettext_lazy("Include my notes"), required=False)

    def clean_notes(self) -> bool:
        """Anything would tick a box: here only a tick does."""
        if self.data.get("notes", "on") != "on":
            raise forms.ValidationError(NOT_OFFERED)
        return "notes" in self.data


@require_safe
def report(request: Request) -> HttpResponse:
    """Of `?weeks=` 4, 8 or 12: five queries."""
    where, weeks = here(request), weeks_asked(request.GET.get("weeks", ""))
    context = {"report": report_of(request.user, where.day, weeks), "choices": WEEKS, "chosen": weeks}
    return render(request, "report/report.html", {**context, "nav": "progress"})


@login_not_required
@require_safe
def share(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever has the link. The day is its owner's, wherever the reader is."""
    now = timezone.now()
    link = ShareLink.objects.named(token, now)
    if link is None:
        return refuse(request, _("This link no longer works. Please ask for a new one."), 404)
    today = link.user.preferences.day(now)
    link.seen(today)
    logger.info("share", extra={"what": "read"})
    context = {"report": report_of(link.user, today, link.weeks, link.notes), "until": link.expires_at}
    response = render(request, "report/share.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def shares(request: Request) -> HttpResponse:
    """The links that somebody has given away; a POST makes one, and only its answer can show it."""
    if request.method != "POST":
        return _links(request, LinkForm())
    form, now = LinkForm(request.POST), timezone.now()
    if not form.is_valid():
        return _links(request, form, status=422)
    mine = ShareLink.objects.of(request.user)
    mine.filter(expires_at__lte=now).delete()
    if mine.count() >= MOST_LINKS:
        form.add_error(None, _("You already have %(most)d links. Please turn one off first.") % {"most": MOST_LINKS})
        return _links(request, form, status=422)
    token = ShareLink.objects.give(request.user, **form.cleaned_data, now=now)
    logger.info("share", extra={"what": "made"})
    return _links(request, LinkForm(), made=request.build_absolute_uri(reverse("share", args=[token])))


@require_POST
def end_share(request: Request, uuid: UUID) -> HttpResponse:
    """From now on the link opens nothing."""
    get_object_or_404(ShareLink.objects.of(request.user), uuid=uuid).delete()
    logger.info("share", extra={"what": "ended"})
    messages.success(request, _("The link no longer works."))
    return SeeOther(reverse("shares"))


def report_of(user: User, today: date, weeks: int, with_notes: bool = True) -> Report:
    """Of so many weeks up to today's."""
    running = user.preferences.week(today)
    long = days.weeks_up_to(running[0], LONG)
    starts = long[-weeks:]
    history = history_of(user, today, starts[0], running[-1])
    scores = scores_between(user, long[0], today)
    notes = DayNote.objects.of(user).kept().between(starts[0], today).texts() if with_notes else {}
    return Report(history, [history.week(first) for first in starts], user.preferences.sites, scores, notes)


def _links(request: Request, form: LinkForm, made: str = "", status: int = 200) -> HttpResponse:
    links = [(each, each.expires_at <= timezone.now()) for each in ShareLink.objects.of(request.user)]
    radios = [form["weeks"], form["days"]]
    context = {"form": form, "radios": radios, "links": links, "made": made, "nav": "settings"}
    return render(request, "report/shares.html", context, status=status)
