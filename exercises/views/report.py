"""The report on one page: for its owner, and for everybody with a share link."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exercises.loaders import report_of
from exercises.models import ShareLink
from exercises.pages.report import WEEKS, weeks_asked
from exercises.web.moment import moment_of
from exercises.web.refusals import refuse
from exercises.web.request import Request

logger = logging.getLogger(__name__)


@require_safe
def report(request: Request) -> HttpResponse:
    """The last 4, 8 or 12 weeks (`?weeks=`): five queries."""
    moment, weeks = moment_of(request), weeks_asked(request.GET.get("weeks", ""))
    context = {"report": report_of(request.user, moment.day, weeks), "choices": WEEKS, "chosen": weeks}
    return render(request, "report/report.html", context)


@login_not_required
@require_safe
def shared_report(request: HttpRequest, token: str) -> HttpResponse:
    """The report by a share link. "Today" is the owner's day, not the reader's."""
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
