"""The browsers that take messages: what one reports of itself, held to the rules, and kept.

An endpoint comes from a user and is an address that this server connects to. So it has to be that of a push service:
by the list below or by PUSH_HOSTS, at subscribing and again at sending.
"""

import re
from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.http import is_same_domain
from django.utils.translation import gettext as _

from exercises.models import PushSubscription, User
from exercises.models.share_link import digest_of
from exercises.record.parsing import Rejected

# A dot in front: this domain and all below it. Chrome and others, Firefox, Safari, Edge.
SERVICES = ("fcm.googleapis.com", "updates.push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
# Neither a user nor a backslash: other readers of addresses take what stands behind them for the host. No part of a
# name is longer than 63 letters (RFC 1035).
ENDPOINT = re.compile(r"https://(?P<host>[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*(:[1-9][0-9]{0,4})?)/[!-\[\]-~]*")
LONGEST_ENDPOINT = 1000
MOST_DEVICES = 10
# P-256, on which each key is a point: y^2 = x^3 - 3x + B (mod P). FIPS 186-4, D.1.2.3.
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


class Subscription(NamedTuple):
    """What a browser gives for its messages: an address, and two keys in base64url (RFC 8291)."""

    endpoint: str
    p256dh: str
    auth: str


def is_push_service(endpoint: str) -> bool:
    """Whether this is an address of a push service that we know. A port counts only if PUSH_HOSTS names it."""
    if not (found := ENDPOINT.fullmatch(endpoint)):
        return False
    return any(is_same_domain(found["host"], each) for each in (*SERVICES, *settings.PUSH_HOSTS))


def read_subscription(raw: Mapping[str, str]) -> Subscription:
    """Raises Rejected unless it is that of a push service we know, with sound keys."""
    given = Subscription(*(raw.get(name, "") for name in Subscription._fields))
    if len(given.endpoint) > LONGEST_ENDPOINT or not is_push_service(given.endpoint):
        raise Rejected(_("We do not know the service that brings messages to this browser."))
    if not _is_point(_decoded(given.p256dh)) or len(_decoded(given.auth)) != 16:
        raise Rejected(_("This browser gave keys that we cannot use."))
    return given


def _decoded(text: str) -> bytes:
    """Empty if it is not base64url. A browser may leave the padding out."""
    try:
        return (
            urlsafe_b64decode(text + "=" * (-len(text) % 4)) if re.fullmatch(r"[\w-]+={0,2}", text, re.ASCII) else b""
        )
    except (Error, ValueError):
        return b""


def _is_point(key: bytes) -> bool:
    """Whether it is a point of P-256, uncompressed. A message could not be encrypted for another."""
    x, y = int.from_bytes(key[1:33]), int.from_bytes(key[33:])
    return len(key) == 65 and key[0] == 4 and max(x, y) < P and (y * y - (x**3 - 3 * x + B)) % P == 0


def keep_device(
    user: User, given: Subscription, old: str, origin: str, name: str, now: datetime
) -> PushSubscription | None:
    """The device of this browser, new or as it was, now with this subscription. None if the user has ended it.

    `old` is the endpoint that the browser had before. It comes when a browser renews its subscription by itself: the
    same endpoint again, but no row of it, means that the user has ended this device on another one. An endpoint that
    another user had moves to this one. Raises Rejected if there are too many devices.
    """
    mine, digest = PushSubscription.objects.of(user), digest_of(given.endpoint)
    fields = {**given._asdict(), "digest": digest, "origin": origin}
    with transaction.atomic():
        user.take_turn()
        PushSubscription.objects.filter(digest=digest).exclude(user=user).delete()
        found = mine.filter(digest=digest).first() or (mine.filter(digest=digest_of(old)).first() if old else None)
        if found:
            mine.filter(uuid=found.uuid).update(**fields)
            return found
        if old == given.endpoint:
            return None
        if mine.count() >= MOST_DEVICES:
            raise Rejected(
                _("You already get messages on %(most)d devices. Please end one first.") % {"most": MOST_DEVICES}
            )
        return PushSubscription.objects.create(user=user, name=name, made_at=now, **fields)
