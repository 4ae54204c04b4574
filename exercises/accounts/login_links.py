"""A link that logs a user in once, without a second step. The owner of the server makes it for who cannot log in."""

from django.core import signing
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from exercises.models import User

SALT = "exercises.accounts.login_links"
SECONDS = 15 * 60


def token_for(user: User) -> str:
    return signing.dumps([user.pk, _tie(user)], salt=SALT)


def user_of(token: str) -> User | None:
    """None for a link that is forged, too old or used, and for an account that is turned off."""
    try:
        pk, tie = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and constant_time_compare(tie, _tie(user)) else None


def use_up(user: User) -> bool:
    """Whether this link was the one to be used. Of two presses at once, one finds the log-in before changed."""
    same = User.objects.filter(pk=user.pk, session_stamp=user.session_stamp, last_login=user.last_login)
    return same.update(last_login=timezone.now()) == 1


def _tie(user: User) -> str:
    """Any log-in and a new password change it."""
    return salted_hmac(SALT, f"{user.pk} {user.session_stamp} {user.last_login}", algorithm="sha256").hexdigest()
