"""Reports from browsers (content policy), and an address for security researchers."""

import json
import logging
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from exercises.web.rate_limits import Limit, acquire_or_429
from exercises.web.redirects import act
from exercises.web.refusals import refuse
from footcare.logs import facts_of
from footcare.network import client_network

logger = logging.getLogger(__name__)
GOOD_FOR = timedelta(days=180)
DIRECTIVES = {
    *settings.CONTENT_SECURITY_POLICY["DIRECTIVES"],
    *(f"{kind}-src-{part}" for kind in ("script", "style") for part in ("elem", "attr")),
}
WORDS = {"inline", "eval", "wasm-eval", "data", "blob", "self", "trusted-types-policy", "trusted-types-sink"}
LONGEST = 80


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: the contact for security reports. It expires half a year after the request."""
    expires = (timezone.now() + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: en",
    ]
    if request.is_secure():
        lines.append(f"Canonical: {request.build_absolute_uri(request.path)}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@csrf_exempt  # the browser itself sends it, without a token
@act
def csp_report(request: HttpRequest) -> HttpResponse:
    """Logs what a browser blocked because of our policy, without the paths of the addresses."""
    try:
        report = json.loads(request.body)["csp-report"]
        facts = {
            "directive": report["effective-directive"] if report["effective-directive"] in DIRECTIVES else "other",
            "blocked": _place(report["blocked-uri"]),
            "page": _place(report["document-uri"]),
        }
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return refuse(request, _("This is not a content security policy report."), 422)
    acquire_or_429(request, [Limit(f"report {client_network(request)}", 20, 600)])
    logger.warning("content policy violated", extra=facts_of(request) | facts)
    return HttpResponse(status=204)


def _place(address: str) -> str:
    """Scheme and host, or the keyword that a browser sends instead. Path, query and user name can be secrets."""
    parts = urlsplit(address)
    if parts.hostname:
        return f"{parts.scheme}://{parts.hostname}"[:LONGEST]
    return address if address in WORDS else "other"
