"""The service that REMINDER_URL names, and the topic of each user where it is an ntfy server."""

from base64 import b32encode
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from exercises.models import User

NTFY = "ntfy+"
TOPIC_LETTERS = 20  # 100 bits: whoever knows a topic reads what comes there


def is_ntfy() -> bool:
    return settings.REMINDER_URL.startswith(NTFY)


def service() -> SplitResult:
    return urlsplit(settings.REMINDER_URL.removeprefix(NTFY))


def topic_address(user: User) -> str:
    """The address to which the user subscribes in the ntfy app. Empty if the service is not ntfy."""
    if not is_ntfy():
        return ""
    url = service()
    public = url._replace(netloc=url.netloc.rpartition("@")[2], path=topic_path(url, user), query="")
    return public.geturl()


def topic_text(user: User) -> str:
    """What the user does in the ntfy app. Empty if the service is not ntfy."""
    topic = topic_address(user)
    return _("In the ntfy app, subscribe to %(topic)s") % {"topic": topic} if topic else ""


def topic_path(url: SplitResult, user: User) -> str:
    """Letters that nobody guesses, and that stay the same: the key of this server makes them from the user's id."""
    digest = salted_hmac("footcare.topic", str(user.pk), algorithm="sha256").digest()
    topic = b32encode(digest).decode().lower()[:TOPIC_LETTERS]
    prefix = url.path.rstrip("/")
    return f"{prefix}-{topic}" if prefix else f"/{topic}"
