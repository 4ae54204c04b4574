"""Health checks for a monitor or a load balancer."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from footcare import readiness


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process runs and its database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 if this server should get requests, else 503. A word on each part for everybody, details for staff."""
    found = readiness.findings(timezone.now())
    stops = any(finding.stops for finding in found.values())
    answer: dict = {"ready": not stops, **{name: finding.word for name, finding in found.items()}}
    if request.user.is_staff:
        details = {name: finding.details for name, finding in found.items() if finding.details}
        answer |= {"details": details, "versions": readiness.versions()}
    return JsonResponse(answer, status=503 if stops else 200)
