"""Counts guesses of codes under the limits of a log-in, together with wrong passwords."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.http import HttpRequest
from django.utils import timezone

from exercises.web import rate_limits


@contextmanager
def counted(request: HttpRequest, limits: Sequence[rate_limits.Limit]) -> Iterator[None]:
    """Acquires a place before a code is compared, and releases it if the code was right: if nothing was raised.

    A full limit ends the request with 429.
    """
    acquired = rate_limits.acquire_or_429(request, limits)
    yield
    rate_limits.release(limits, acquired, timezone.now())
