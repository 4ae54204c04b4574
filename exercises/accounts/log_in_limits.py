"""The limits of a log-in: of its password, and of every code that can be guessed."""

from django.http import HttpRequest

from exercises.accounts import known_devices
from exercises.models import User
from exercises.models.user import normal_email
from exercises.web import rate_limits
from footcare.network import client_network


def limits_of(request: HttpRequest, email: str, user: User | None) -> list[rate_limits.Limit]:
    """A known device has a count of its own. An unknown address is counted like a known one."""
    if user and (device := known_devices.device_of(request, user)):
        return [rate_limits.of_device(device)]
    account = rate_limits.of_account(str(user.pk) if user else normal_email(email))
    return [account, rate_limits.of_network(client_network(request))]


def limits_of_codes(request: HttpRequest, user: User) -> list[rate_limits.Limit]:
    """Those of a log-in and, on a device that is not known, one a day: whoever guesses here knows the password."""
    limits = limits_of(request, user.email, user)
    return limits if known_devices.device_of(request, user) else [*limits, rate_limits.of_codes(str(user.pk))]
