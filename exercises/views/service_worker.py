"""The service worker: keeps Today, sessions, progress and help available offline."""

import json
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
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
    }
    context = {"page_cache": json.dumps(page_cache), "static_url": settings.STATIC_URL}
    return render(request, "sw.js", context, content_type="text/javascript; charset=utf-8")


@login_not_required
@require_safe
def offline(request: Request) -> HttpResponse:
    """Replaces a page that the phone has not cached. It contains nothing of any user."""
    return render(request, "offline.html")
