"""Known devices: a signed cookie marks a browser in which a user has logged in before."""

from secrets import token_urlsafe

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from exercises.models import User

COOKIE = "__Host-device" if settings.HTTPS else "device"
SALT = "exercises.accounts.known_devices"
MOST_USERS = 5  # a household may share a phone
AGE = 400 * 24 * 3600  # the longest that browsers keep a cookie


def device_of(request: HttpRequest, user: User) -> str | None:
    """The name of this device if the user has logged in on it with the current password, else None."""
    name, _, proof = _names(request).get(str(user.pk), "").partition(".")
    return name if constant_time_compare(proof, _proof(name, user)) else None


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Marks this device as known to the user."""
    name = device_of(request, user) or token_urlsafe(16)
    names = {pk: other for pk, other in _names(request).items() if pk != str(user.pk)}
    _write(response, dict([*names.items(), (str(user.pk), f"{name}.{_proof(name, user)}")][-MOST_USERS:]))


def forget(request: HttpRequest, response: HttpResponse, pk: int) -> None:
    """Removes the user from the cookie of this device."""
    names = {key: other for key, other in _names(request).items() if key != str(pk)}
    _write(response, names)


def _write(response: HttpResponse, names: dict[str, str]) -> None:
    signed = signing.dumps(names, salt=SALT)
    response.set_cookie(COOKIE, signed, max_age=AGE, secure=settings.HTTPS, httponly=True, samesite="Lax")


def _proof(name: str, user: User) -> str:
    """Valid until the password changes, so that a new password also revokes devices that others collected."""
    return salted_hmac(SALT, name + user.get_session_auth_hash(), algorithm="sha256").hexdigest()


def _names(request: HttpRequest) -> dict[str, str]:
    """The name and the proof of each user of this device, joined by a dot, by primary key."""
    try:
        names: dict[str, str] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return {}
    return names
