"""Rate limits on log-ins and other attempts, exact for parallel attempts on any number of workers.

An attempt acquires a place first. A log-in releases it if the password was right, a mail if it could not be sent; a
place that is kept counts. So of 32 parallel attempts, only as many passwords are hashed as the limit allows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from allauth.core.exceptions import ImmediateHttpResponse
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from exercises.models import LoginAttempts
from exercises.web.refusals import too_many


@dataclass(frozen=True)
class Limit:
    """At most `most` kept places within `seconds`, for the account, device, network or address in `name`."""

    name: str
    most: int
    seconds: int

    @property
    def key(self) -> str:
        return salted_hmac(__name__, self.name, algorithm="sha256").hexdigest()


LONGEST = 24 * 3600  # of all limits, in seconds
BETWEEN_MAILS = 180  # seconds


def of_account(name: str) -> Limit:
    return Limit(f"account {name}", 5, 300)


def of_device(name: str) -> Limit:
    """A known device has a limit of its own: strangers cannot lock its owner out, and a stolen cookie gains nothing."""
    return Limit(f"device {name}", 5, 300)


def of_codes(name: str) -> Limit:
    """There are only a million codes of an app: five tries every five minutes would find one in months."""
    return Limit(f"codes of a day {name}", 20, LONGEST)


def of_network(network: str) -> Limit:
    return Limit(f"network {network}", 20, 600)


def of_departures(network: str) -> Limit:
    """Ways to the provider of single sign-on: each asks it something and keeps a log-in session of a visitor."""
    return Limit(f"departures {network}", 30, 600)


def of_mail(name: str) -> list[Limit]:
    """A link in a mail works for three days, so whoever gets no further mail still has one."""
    return [Limit(f"mail {name}", 1, BETWEEN_MAILS), Limit(f"mails of a day {name}", 10, LONGEST)]


class RateLimited(Exception):
    """A limit is full. `retry_after` is the number of seconds until the next attempt is allowed."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


def acquire(limits: Sequence[Limit], now: datetime) -> float:
    """Acquires a place under each limit. Returns the receipt for release(). Raises RateLimited, then acquires none."""
    instant = now.timestamp()
    attempts = LoginAttempts.objects.in_bulk([limit.key for limit in limits])
    _raise_if_full(limits, attempts, instant)  # no write yet
    with transaction.atomic():
        held = _hold(limits, now)
        _raise_if_full(limits, held, instant)  # again, under the lock
        for limit in limits:
            tries = held[limit.key]
            tries.at = [*_counting(limit, tries, instant), instant]
            tries.save(update_fields=["at"])
    _forget_old(now)
    return instant


def acquire_or_429(request: HttpRequest, limits: Sequence[Limit]) -> float:
    """Like acquire(), but a full limit ends the request with 429 and Retry-After."""
    try:
        return acquire(limits, timezone.now())
    except RateLimited as reached:
        raise ImmediateHttpResponse(too_many(request, reached.retry_after)) from reached


def release(limits: Sequence[Limit], acquired: float, now: datetime) -> None:
    """Releases the places of a successful attempt."""
    with transaction.atomic():
        for tries in _hold(limits, now).values():
            if acquired in tries.at:
                tries.at.remove(acquired)
                tries.save(update_fields=["at"])


def newest(limit: Limit, now: datetime) -> float:
    """The instant of the last place that was acquired and kept; that of `now` without one."""
    held = LoginAttempts.objects.filter(key=limit.key).first()
    return max(held.at if held else [], default=now.timestamp())


def _hold(limits: Sequence[Limit], now: datetime) -> dict[str, LoginAttempts]:
    """Locks the rows of these limits until the transaction ends, in order of their keys to avoid deadlocks."""
    rows = [LoginAttempts(key=key, last=now) for key in sorted(limit.key for limit in limits)]
    LoginAttempts.objects.bulk_create(rows, update_conflicts=True, update_fields=["last"], unique_fields=["key"])
    return LoginAttempts.objects.in_bulk([row.key for row in rows])


def _counting(limit: Limit, tries: LoginAttempts, instant: float) -> list[float]:
    """The attempts within `seconds` of `instant`, before or after: parallel attempts may be stored out of order.

    One further in the future was made before the server's clock was put back, so it does not count.
    """
    return [at for at in tries.at if abs(at - instant) < limit.seconds]


def _raise_if_full(limits: Sequence[Limit], held: dict[str, LoginAttempts], instant: float) -> None:
    oldest = {
        limit: counting[0]
        for limit in limits
        if limit.key in held and len(counting := _counting(limit, held[limit.key], instant)) >= limit.most
    }
    if oldest:
        raise RateLimited(max(ceil(at + limit.seconds - instant) for limit, at in oldest.items()))


def _forget_old(now: datetime) -> None:
    """Deletes rows that no longer count, except those that another transaction has locked."""
    longest = timedelta(seconds=LONGEST)
    old = LoginAttempts.objects.exclude(last__range=(now - longest, now + longest))
    LoginAttempts.objects.filter(pk__in=old.select_for_update(skip_locked=True).values("pk")).delete()
