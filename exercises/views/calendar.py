"""The sessions in the user's own calendar: the file that it fetches, and the acts that make and end its address."""

import logging
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exercises.models import CalendarFeed
from exercises.reminders.calendar_feed import calendar_file
from exercises.web.moment import moment_of
from exercises.web.redirects import SeeOther, act, saying
from exercises.web.request import Request

logger = logging.getLogger(__name__)
MOST_FEEDS = 5
HEADERS = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex, nofollow, noarchive"}


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """The sessions, for whoever has the address: three queries, and one more on the first time of a day."""
    feed = CalendarFeed.objects.named(token)
    if feed is None:
        raise Http404
    today = feed.user.preferences.day(timezone.now())
    feed.was_read(today)
    text = calendar_file(feed, today, _site(request))
    etag = f'"{sha256(text).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=HEADERS | {"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response


@act
def make_feed(request: Request) -> HttpResponse:
    """Makes an address. Only this answer can show it, as the server stores a digest."""
    token = _give(request)
    if not token:
        problem = _("You already have %(most)d addresses. Please end one first.") % {"most": MOST_FEEDS}
        return render(request, "reminders/feed.html", {"made": "", "problem": problem}, status=422)
    logger.info("feed", extra={"what": "made"})
    made = _site(request) + reverse("calendar", args=[token])
    context = {"made": made, "webcal": f"webcal://{made.partition('://')[2]}", "problem": ""}
    return render(request, "reminders/feed.html", context)


def _give(request: Request) -> str:
    """The token of a new feed. Empty if the user has too many."""
    with transaction.atomic():
        request.user.take_turn()
        if CalendarFeed.objects.of(request.user).count() >= MOST_FEEDS:
            return ""
        return CalendarFeed.objects.give(request.user, moment_of(request).now)


@act
def end_feed(request: Request, uuid: UUID) -> HttpResponse:
    """Ends a feed of the user. After a second submit no feed has this id, and the answer is the same."""
    ended, _rows = CalendarFeed.objects.of(request.user).filter(uuid=uuid).delete()
    if ended:
        logger.info("feed", extra={"what": "ended"})
    return SeeOther(saying(reverse("reminders"), "feed-ended"))


def _site(request: HttpRequest) -> str:
    """The address of this server, without a slash at the end."""
    return settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
