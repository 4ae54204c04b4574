"""Messages on devices: a browser subscribes, is ended, and reports what its user did with a message.

Scripts and the service worker ask, so the answers are JSON; only the button that ends a device is a form of a page.
"""

import logging
from uuid import UUID

from django.db import IntegrityError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from exercises.models import SESSION_SLOTS, Delivery, PushSubscription
from exercises.models.reminder import TEST
from exercises.record.parsing import one_of, read_day, read_uuid
from exercises.reminders.devices import keep_device, read_subscription
from exercises.reminders.later import remind_later
from exercises.web.device_names import device_name
from exercises.web.moment import moment_of
from exercises.web.redirects import SeeOther, act, saying, way_back
from exercises.web.refusals import came_second
from exercises.web.request import Request

logger = logging.getLogger(__name__)
_read_slot = one_of(SESSION_SLOTS, gettext_lazy("The session must be morning, midday or evening."))
_read_shown = one_of((*SESSION_SLOTS, TEST), gettext_lazy("We do not know this message."))


@act
def push_subscribe(request: Request) -> HttpResponse:
    """Keeps the subscription of a browser, and names its device. 404 if the user has ended this device elsewhere."""
    given, old = read_subscription(request.POST), request.POST.get("old", "")
    origin, name = request.build_absolute_uri("/")[:-1], device_name(request.headers.get("User-Agent", ""))
    try:
        device = keep_device(request.user, given, old, origin, name, moment_of(request).now)
    except IntegrityError:  # two users subscribe one browser at once
        return came_second(request)
    if device is None:
        raise Http404
    request.session[PushSubscription.SESSION_KEY] = str(device.uuid)
    return JsonResponse({"device": device.uuid})


@act
def push_end(request: Request, uuid: UUID) -> HttpResponse:
    """Ends a device of the user. After a second submit no device has this id, and the answer is the same."""
    ended, _rows = PushSubscription.objects.of(request.user).filter(uuid=uuid).delete()
    if ended:
        logger.info("push", extra={"what": "ended"})
    return SeeOther(saying(way_back(request, otherwise=reverse("settings")), "device-ended"))


@act
def push_later(request: Request) -> HttpResponse:
    """ "In 10 minutes", on a device of the user."""
    device, day, slot = _device(request), read_day(request.POST.get("day")), _read_slot(request.POST.get("slot"))
    remind_later(request.user, device, day, slot, moment_of(request).now)
    return JsonResponse({"later": True})


@act
def push_closed(request: Request) -> HttpResponse:
    """A device of the user no longer shows the messages about a slot."""
    device, day, slot = _device(request), read_day(request.POST.get("day")), _read_shown(request.POST.get("slot"))
    return JsonResponse({"closed": Delivery.objects.on(device, day, slot).close()})


def _device(request: Request) -> PushSubscription:
    uuid = read_uuid(request.POST.get("device"), "device")
    return get_object_or_404(PushSubscription.objects.of(request.user), uuid=uuid)
