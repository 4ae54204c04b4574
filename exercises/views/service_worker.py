"""The service worker: keeps Today, sessions, progress and help available offline."""

import json
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exercises.catalogue.clips import sound_file
from exercises.catalogue.drawings import ILLUSTRATIONS
from exercises.catalogue.exercises import CATALOGUE
from exercises.catalogue.stills import SHEETS
from exercises.models import SESSION_SLOTS
from exercises.web.request import Request

FILES = (
    "css/footcare.css",
    "css/guided.css",
    "css/help.css",
    "css/library.css",
    "css/progress.css",
    "css/today.css",
    "django_htmx/htmx-2.min.js",
    "js/app.js",
    "js/session.js",
    "js/page/print.js",
    "js/page/zone-cookie.js",
    "icon.svg",
    sound_file("en"),
    *(f"illustrations/{each}.svg" for each in (*ILLUSTRATIONS, *SHEETS)),
)


@login_not_required
@require_safe
def service_worker(request: Request) -> HttpResponse:
    """The script, at the root so that its scope is every page. Its version is a hash of the files it names."""
    files = [static(name) for name in FILES]
    page_cache = {
        "version": sha256(repr((files, static("js/worker/page-cache.js"))).encode()).hexdigest()[:12],
        "files": files,
        "round": [
            reverse("today"),
            *(reverse("session", args=[slot]) for slot in SESSION_SLOTS),
            *map(reverse, ("progress", "exercises", "get_help")),
            *(reverse("exercise", args=[each.slug]) for each in CATALOGUE),
        ],
        "instead": reverse("offline"),
        "standIn": {reverse("session_now"): reverse("today")},
        "unstored": "/accounts/",  # recovery codes, and the keys of code apps
    }
    texts = {"page_cache": json.dumps(page_cache), "reminders": json.dumps(_reminders())}
    context = {**texts, "static_url": settings.STATIC_URL}
    return render(request, "sw.js", context, content_type="text/javascript; charset=utf-8")


def _reminders() -> dict[str, Any]:
    """What static/js/worker/reminders.js needs to know of this site."""
    names = {"sync": "sync", "subscribe": "push_subscribe", "later": "push_later", "closed": "push_closed"}
    return {
        "addresses": {name: reverse(view) for name, view in names.items()},
        "icon": static("install/icon-192.png"),
        "unread": {"title": "Footcare", "body": _("Open Footcare to see what is next.")},
    }


@login_not_required
@require_safe
def offline(request: Request) -> HttpResponse:
    """Replaces a page that the phone has not cached. It contains nothing of any user."""
    return render(request, "offline.html")
