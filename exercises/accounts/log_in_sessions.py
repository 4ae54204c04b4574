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


def begin(request: HttpRequest, user: User) -> None:
    """Lists the log-in session of this request, which has its final key."""
    device = device_name(request.headers.get("User-Agent", ""))
    uuid = LogInSession.objects.begin(user, request.session.session_key, device, timezone.now())
    request.session[LogInSession.SESSION_KEY] = str(uuid)


def here(request: HttpRequest) -> str:
    """The id of the log-in session of this request; empty if it began before there was a list."""
    return str(request.session.get(LogInSession.SESSION_KEY, ""))


def follow(request: HttpRequest, user: User) -> None:
    """Stores the key of this log-in session again: a new password gives it a new one."""
    request.session.save()
    LogInSession.objects.of(user).filter(uuid=here(request) or None).update(key=request.session.session_key)


def end(user: User, uuid: UUID) -> bool:
    """Logs out that device, and ends the messages on it. False if it was logged out already."""
    mine = LogInSession.objects.of(user).filter(uuid=uuid)
    for key in mine.values_list("key", flat=True):
        session = import_module(settings.SESSION_ENGINE).SessionStore(key)
        PushSubscription.objects.filter(user=user, uuid=session.get(PushSubscription.SESSION_KEY)).delete()
        session.delete()
    ended, _rows = mine.delete()
    return bool(ended)


def end_others(request: Request) -> None:
    """Logs out all other devices, also those that are not listed, and ends the messages on them."""
    user = request.user
    user.new_session_stamp()
    update_session_auth_hash(request, user)
    follow(request, user)
    forget_others(request, user)
    device = request.session.get(PushSubscription.SESSION_KEY)
    PushSubscription.objects.filter(user=user).exclude(uuid=device).delete()


def forget_others(request: HttpRequest, user: User) -> None:
    """Takes from the list what a new stamp has ended."""
    LogInSession.objects.filter(user=user).exclude(uuid=here(request) or None).delete()
