"""Records a batch of events that waited on a phone, each with a result of its own."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exercises.models import User
from exercises.record.parsing import Rejected, given, read, read_instant
from exercises.record.recording import record
from exercises.web.moment import Moment, follow_phone, moment_of, served_now
from exercises.web.refusals import refuse
from exercises.web.request import Request

MOST_EVENTS = 50
LONGEST_ID = 64


@login_not_required
@require_http_methods(["GET", "POST"])
def sync(request: Request) -> HttpResponse:
    """GET: the user who is logged in, and a fresh CSRF token. POST: up to MOST_EVENTS events."""
    user = request.user if request.user.is_authenticated else None
    if request.method == "GET":
        return JsonResponse({"user": user and user.pk, "csrf": get_token(request)})
    if user is None:
        return refuse(request, _("Please log in."), 401)
    batch = _read_batch(request)
    sent_at = read_instant(batch["sent_at"]) if given(batch, "sent_at") else None
    follow_phone(request)
    moment = moment_of(request)
    answer = _record_all(request, batch["events"], moment, sent_at)
    return JsonResponse(answer, headers={"X-Served": served_now()})


def _read_batch(request: Request) -> dict[str, Any]:
    """The batch as sent. Raises Rejected if the body is not a batch; then no event is recorded."""
    try:
        batch = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException) as error:
        raise Rejected(_("The request body is not valid JSON.")) from error
    events = batch.get("events") if isinstance(batch, dict) else None
    if not isinstance(events, list) or not all(map(_has_id, events)):
        raise Rejected(_("Please send a JSON object with a list “events”. Each event needs an “id”."))
    if len(events) > MOST_EVENTS:
        raise Rejected(_("Please send at most %(most)d events at a time.") % {"most": MOST_EVENTS})
    return batch


def _has_id(event: Any) -> bool:
    """Whether the answer can name this event. A malformed UUID rejects only the event itself."""
    return isinstance(event, dict) and isinstance(event.get("id"), str) and len(event["id"]) <= LONGEST_ID


def _record_all(request: Request, events: list[dict], moment: Moment, sent_at: Any) -> dict[str, dict[str, str]]:
    """Records each event by itself: a rejected event does not stop the others."""
    results: dict[str, str] = {}
    errors: dict[str, str] = {}
    for raw in events:
        try:
            results.setdefault(raw["id"], record(request.user, read(raw), moment.now, sent_at))
        except Rejected as rejected:
            if User.objects.is_erased(request.user.pk):
                raise  # the answer is 401, and the phone keeps its events
            results.setdefault(raw["id"], "rejected")
            errors[raw["id"]] = str(rejected)
    return {"results": results, "errors": errors}
