"""Counts whatever can be guessed (a password, a code) under the limits of a log-in, before it is looked at."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils import timezone

from exercises.web import rate_limits


def is_right(request: HttpRequest, limits: list[rate_limits.Limit], looks: Callable[[], bool]) -> bool:
    """Whether the guess is right: `looks` is asked if there is a place, which a right one releases. Else 429."""
    acquired = rate_limits.acquire_or_429(request, limits)
    right = looks()
    if right:
        rate_limits.release(limits, acquired, timezone.now())
    return right
