"""The link by which a mail can be stopped without a log-in. It names the user, is signed, and does not expire."""

from django.core import signing
from django.urls import reverse

from exercises.models import User

SALT = "footcare.stop-reminders"


def stop_path(user: User) -> str:
    """The same in each mail: a mail that is sent again is the same mail."""
    return reverse("stop_reminders", args=[signing.Signer(salt=SALT).sign(str(user.pk))])


def user_id_of(token: str) -> int | None:
    """The id of the user that a token names. None if we did not sign it."""
    try:
        return int(signing.Signer(salt=SALT).unsign(token))
    except signing.BadSignature:
        return None
