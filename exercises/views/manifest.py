"""The web app manifest, and the target of its shortcut."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exercises.loaders import board_of
from exercises.web.moment import moment_of
from exercises.web.request import Request

STAGE, PAPER = "#0b4f49", "#f2f6f3"
ICONS = (("192", "any"), ("512", "any"), ("512", "maskable"))  # the drawing fits inside every mask
SHOTS = (("narrow", "390x844"), ("wide", "1280x800"))


@login_not_required
@require_safe
def manifest(request: Request) -> HttpResponse:
    """The web app manifest."""
    return JsonResponse(_manifest(), content_type="application/manifest+json")


@require_safe
def session_now(request: Request) -> HttpResponse:
    """Redirects to the session due now, or to Today when all are done. The shortcut on the home screen leads here."""
    upcoming = board_of(request.user, moment_of(request)).next
    return redirect("session", upcoming.slot) if upcoming else redirect("today")


def _manifest() -> dict[str, Any]:
    return {
        "id": "/",
        "name": "Footcare",
        "short_name": "Footcare",
        "description": _("A short daily routine for stronger, steadier feet."),
        "lang": get_language(),
        "start_url": reverse("today"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": STAGE,
        "categories": ["health", "fitness"],
        "icons": [_icon(size, purpose) for size, purpose in ICONS],
        "shortcuts": [
            {"name": pgettext("shortcut", "Start session"), "url": reverse("session_now")},
            {"name": pgettext("shortcut", "Today"), "url": reverse("today")},
        ],
        "screenshots": [_screenshot(form, sizes) for form, sizes in SHOTS],
    }


def _icon(size: str, purpose: str) -> dict[str, str]:
    image = static(f"install/icon-{size}.png")
    return {"src": image, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _screenshot(form: str, sizes: str) -> dict[str, str]:
    label = _("Today: what you have done and what is next")
    image = static(f"install/{form}.png")
    return {"src": image, "sizes": sizes, "type": "image/png", "form_factor": form, "label": label}
