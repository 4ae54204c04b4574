"""The service worker: a phone in a cellar has the pages of the round all the same."""

import json
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from exercises.catalogue.exercises import CATALOGUE
from exercises.models import SESSION_SLOTS
from exercises.web.request import Request

FILES = (
    "css/footcare.css",
    "css/guided.css",
    "css/progress.css",
    "css/today.css",
    "django_htmx/htmx-2.min.js",
    "js/app.js",
    "js/session.js",
    "js/zone-cookie.js",
    "icon.svg",
    *(f"illustrations/{each.slug}.svg" for each in CATALOGUE),
)


@login_not_required
@require_safe
def service_worker(request: Request) -> HttpResponse:
    """A module at the root, so that it may serve every page. Its version is that of the files it names."""
    files = [static(name) for name in FILES]
    kept = {
        "version": sha256(repr((files, static("js/worker-pages.js"))).encode()).hexdigest()[:12],
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
    context = {"kept": json.dumps(kept), "static_url": settings.STATIC_URL}
    return render(request, "sw.js", context, content_type="text/javascript; charset=utf-8")


@login_not_required
@require_safe
def offline(request: Request) -> HttpResponse:
    """Stands in for a page that this phone has not kept. It is nobody's, for everybody may see it."""
    return render(request, "offline.html")
