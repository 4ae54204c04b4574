"""Sends a message to a device, through the push service of its browser (RFC 8030, 8188, 8291, 8292).

A push service is a server of somebody else at an address that a user gave. So it is one that we know, it leads nowhere
else, and nobody waits for it long.
"""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from urllib.parse import urlsplit

import requests
from py_vapid import Vapid02
from pywebpush import WebPusher
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NewConnectionError

from exercises.models import Delivery, PushSubscription, State
from exercises.models.share_link import digest_of
from exercises.reminders import vapid
from exercises.reminders.devices import is_push_service
from exercises.reminders.job import GONE, Job, Outcome, again
from exercises.reminders.payload import payload_of
from exercises.reminders.slow_hosts import SlowHosts

THREADS = 16
REPEATS = False
CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 10.0
LONGEST_TOPIC = 32
JWT_LASTS = timedelta(hours=12)  # RFC 8292: at most a day
FAILED = {404: GONE, 410: GONE, 413: "too long"}

slow_hosts = SlowHosts()


def ready() -> None:
    _signer()
    _session()


def send(job: Job, now: datetime) -> Outcome:
    """At most once: what may have arrived is not sent again."""
    subscription = job.subscription
    if subscription is None:
        return Outcome(State.FAILED, GONE)
    if not is_push_service(subscription.endpoint):  # PUSH_HOSTS may have changed
        return Outcome(State.FAILED, "unknown service")
    host = urlsplit(subscription.endpoint).netloc
    if until := slow_hosts.closed_until(host, now):
        return Outcome(State.WAITING, "busy", until)
    try:
        status, retry_after = _post(job, subscription, now)
    except requests.Timeout as error:
        slow_hosts.timed_out(host, now)
        unsent = isinstance(error, requests.ConnectTimeout)
        return again(job, now, "unreachable") if unsent else Outcome(State.FAILED, "slow")
    except requests.RequestException as error:
        return again(job, now, "unreachable") if _is_unsent(error) else Outcome(State.FAILED, "lost")
    slow_hosts.answered(host)
    return _outcome(status, retry_after, job, now)


@cache
def _signer() -> Vapid02:
    signer = Vapid02.from_raw(vapid.private_key().encode())
    signer.conf = {"no-strict": True}  # it would turn down a contact that is the address of a page
    return signer


@cache
def _session() -> requests.Session:
    """One for all threads: it keeps connections to the few services there are."""
    session = requests.Session()
    session.mount("https://", HTTPAdapter(pool_maxsize=THREADS))
    session.auth = _unchanged
    return session


def _unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Without an auth of its own, requests looks for one in ~/.netrc and puts it in place of the signature."""
    return request


def _post(job: Job, subscription: PushSubscription, now: datetime) -> tuple[int, str]:
    """Status and Retry-After of the answer. Its body is not read: it may be as long as it likes.

    WebPusher encrypts, and that is all: its own `send` reads the whole body.
    """
    keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
    pusher = WebPusher({"endpoint": subscription.endpoint, "keys": keys})
    body = pusher.encode(payload_of(job, subscription.origin).encode())["body"]
    with _session().post(
        subscription.endpoint,
        data=body,
        headers=_headers(job.delivery, now) | _signature(subscription, now),
        timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
        allow_redirects=False,
        stream=True,
    ) as answer:
        return answer.status_code, answer.headers.get("Retry-After", "")


def _headers(delivery: Delivery, now: datetime) -> dict[str, str]:
    """The topic lets a newer message take the place of one that waits at the service, and tells the service nothing."""
    seconds = max(0, int((delivery.until - now).total_seconds()))
    topic = digest_of(f"{delivery.device} {delivery.day} {delivery.slot}")[:LONGEST_TOPIC]
    encoding = {"Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream"}
    return {**encoding, "TTL": str(seconds), "Urgency": "normal", "Topic": topic}


def _signature(subscription: PushSubscription, now: datetime) -> dict[str, str]:
    claims = {
        "aud": "https://" + urlsplit(subscription.endpoint).netloc,
        "sub": vapid.subject(subscription.origin),
        "exp": int((now + JWT_LASTS).timestamp()),
    }
    signed: dict[str, str] = _signer().sign(claims)
    return signed


def _outcome(status: int, retry_after: str, job: Job, now: datetime) -> Outcome:
    if 200 <= status < 300:
        return Outcome(State.SENT, str(status))
    if 300 <= status < 400:
        return Outcome(State.FAILED, "redirect")
    if status == 429 or status >= 500:
        return again(job, now, str(status), _asked_for(retry_after, now))
    return Outcome(State.FAILED, FAILED.get(status, "refused"))


def _asked_for(retry_after: str, now: datetime) -> timedelta:
    """Retry-After is a number of seconds or a date."""
    if retry_after.isascii() and retry_after.isdigit():
        return timedelta(seconds=int(retry_after[:9]))
    try:
        return parsedate_to_datetime(retry_after) - now
    except (TypeError, ValueError):
        return timedelta(0)


def _is_unsent(error: requests.RequestException) -> bool:
    """Whether nothing of the message has left: there was no connection yet, or no trust in it."""
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    no_trust = (requests.exceptions.SSLError, requests.exceptions.ProxyError)
    return isinstance(error, no_trust) or isinstance(reason, NewConnectionError)
