"""Stops reminders by mail, without a log-in: for the link in each of these mails."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from exercises.models import Preferences
from exercises.reminders.stop_link import user_id_of
from exercises.web.refusals import refuse

logger = logging.getLogger(__name__)


@csrf_exempt  # a mail program posts to it (RFC 8058), and whoever has the link may stop the mails
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows a button and stops nothing, because mail servers open links to look at them. Two queries at most."""
    whose = Preferences.objects.filter(user=user_id_of(token))
    stops = request.method == "POST"
    if not (whose.update(remind_by_mail=False) if stops else whose.exists()):
        return refuse(request, _("This link no longer works."), 404)
    if stops:
        logger.info("reminders", extra={"what": "stopped by mail"})
    response = render(request, "reminders/stop.html", {"stopped": stops})
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
