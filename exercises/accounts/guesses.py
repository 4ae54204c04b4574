"""Counts whatever can be guessed (a password, a code) under the limits of a log-in, before it is looked at."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils import timezone

from exercises.accounts import known_devices
from exercises.models import User
from exercises.models.user import normal_email
from exercises.web import rate_limits
from footcare.network import client_network


def limits_of(request: HttpRequest, email: str, user: User | None) -> list[rate_limits.Limit]:
    """Those of a known device, else of the account and the network. An unknown address counts like a known one."""
    if user and (device := known_devices.device_of(request, user)):
        return [rate_limits.of_device(device)]
    account = rate_limits.of_account(str(user.pk) if user else normal_email(email))
    return [account, rate_limits.of_network(client_network(request))]


def is_right(request: HttpRequest, limits: list[rate_limits.Limit], looks: Callable[[], bool]) -> bool:
    """Whether the guess is right: `looks` is asked if there is a place, which a right one releases. Else 429."""
    acquired = rate_limits.acquire_or_429(request, limits)
    right = looks()
    if right:
        rate_limits.release(limits, acquired, timezone.now())
    return right
