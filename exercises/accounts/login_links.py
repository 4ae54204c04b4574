"""A link that logs a user in once, without a second step. The owner of the server makes it when all else fails."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
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
    pk, tie = _read(token)
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and constant_time_compare(tie, _tie(user)) else None


def is_of(token: str, user: AnonymousUser | AbstractBaseUser) -> bool:
    """Whether it is or was a link of this user."""
    return user.pk is not None and _read(token)[0] == user.pk


def use_up(user: User) -> bool:
    """Whether this link was the one to be used. Of two presses at once, one finds the log-in before changed."""
    same = User.objects.filter(pk=user.pk, session_stamp=user.session_stamp, last_login=user.last_login)
    return same.update(last_login=timezone.now()) == 1


def _read(token: str) -> tuple[int, str]:
    """The id of the user, 0 for a link that is forged or too old, and what ties it to the last log-in."""
    try:
        pk, tie = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return 0, ""
    return pk, tie


def _tie(user: User) -> str:
    """Any log-in and a new password change it."""
    return salted_hmac(SALT, f"{user.pk} {user.session_stamp} {user.last_login}", algorithm="sha256").hexdigest()
