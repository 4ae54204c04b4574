"""A browser that takes messages: its keys, what it tells the server, and how it reads what comes."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from exercises.models import PushSubscription
from exercises.models.share_link import digest_of

FCM = "https://fcm.googleapis.com/fcm/send/alices-phone"
ORIGIN = "https://feet.example.org"
PRIVATE = ec.derive_private_key(7**60, ec.SECP256R1())
POINT = PRIVATE.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
AUTH = b"sixteen bytes ok"


def base64url(data):
    return urlsafe_b64encode(data).decode().rstrip("=")


def a_subscription(**fields):
    """As `PushSubscription.toJSON()` has it, without the nesting."""
    return {"endpoint": FCM, "p256dh": base64url(POINT), "auth": base64url(AUTH), **fields}


def a_device(user, endpoint=FCM, **fields):
    """The same one each time."""
    kept = {**a_subscription(endpoint=endpoint), "origin": ORIGIN, "name": "Chrome on Android", "made_at": NOW}
    digest = digest_of(endpoint)
    return PushSubscription.objects.get_or_create(user=user, digest=digest, defaults=kept | fields)[0]


def read_message(body):
    """What the browser makes of an encrypted body (RFC 8291)."""
    return json.loads(http_ece.decrypt(body, private_key=PRIVATE, auth_secret=AUTH, version="aes128gcm"))
