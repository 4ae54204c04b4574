"""Where a user is logged in: begun at a log-in, listed, and ended one by one or all others at once."""

from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from django.utils import timezone

from exercises.models import LogInSession, PushSubscription, User
from exercises.web.device_names import device_name
from exercises.web.request import Request

NONE = UUID(int=0)


def begin(request: HttpRequest, user: User) -> None:
    """Lists the log-in session of this request, which has its final key."""
    device = device_name(request.headers.get("User-Agent", ""))
    key = request.session.session_key or ""
    uuid = LogInSession.objects.begin(user, key, device, timezone.now())
    request.session[LogInSession.SESSION_KEY] = str(uuid)


def here(request: HttpRequest) -> UUID:
    """The id of the log-in session of this request; NONE if it began before there was a list."""
    return _named(request, LogInSession.SESSION_KEY)


def device_here(request: HttpRequest) -> UUID:
    """The id of the device that gets messages in this browser, or NONE."""
    return _named(request, PushSubscription.SESSION_KEY)


def _named(request: HttpRequest, key: str) -> UUID:
    return UUID(request.session.get(key, str(NONE)))


def follow(request: HttpRequest, user: User) -> None:
    """Stores what a new stamp has changed of this log-in session, which goes on."""
    request.session.save()
    mine = LogInSession.objects.filter(user=user, uuid=here(request))
    mine.update(key=request.session.session_key, stamp=user.session_stamp)


def forget(request: HttpRequest) -> None:
    """At a log-out: takes this log-in session from the list, and ends the messages on this device."""
    LogInSession.objects.filter(user=request.user.pk, uuid=here(request)).delete()
    PushSubscription.objects.filter(user=request.user.pk, uuid=device_here(request)).delete()


def end(user: User, uuid: UUID) -> bool:
    """Logs out that device, and ends the messages on it. False if it was logged out already."""
    mine = LogInSession.objects.filter(user=user, uuid=uuid)
    for key in mine.values_list("key", flat=True):
        session = import_module(settings.SESSION_ENGINE).SessionStore(key)
        PushSubscription.objects.filter(user=user, uuid=session.get(PushSubscription.SESSION_KEY, NONE)).delete()
        session.delete()
    ended, _rows = mine.delete()
    return bool(ended)


def end_others(request: Request) -> None:
    """Logs out all other devices, also those that are not listed, and ends the messages on them."""
    user = request.user
    user.new_session_stamp()
    update_session_auth_hash(request, user)
    follow(request, user)
    PushSubscription.objects.filter(user=user).exclude(uuid=device_here(request)).delete()
