"""Many users who are all due a reminder in the same minute, on a device each.

`python -m tools.rig.reminded ENDPOINT COUNT` makes them, in the environment of one database.
"""

import sys
from base64 import urlsafe_b64encode
from datetime import UTC, timedelta
from importlib import import_module
from io import StringIO

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management import call_command
from django.utils import timezone

BATCH = 2000


def make(endpoint: str, count: int) -> None:
    """Users in UTC with the usual plan and one device each, all to be reminded of a session that begins now."""
    from exercises.models import Preferences, Prescription, PushSubscription, User
    from exercises.models.prescription import usual_plan

    call_command("prepare", stdout=StringIO())
    now, browser = timezone.now(), _keys() | {"origin": "https://feet.example.org", "name": "Chrome on Android"}
    at, since = now.astimezone(UTC).time().replace(second=0, microsecond=0), now.date() - timedelta(days=30)
    people = User.objects.bulk_create((User(email=f"walker{number}@example.org") for number in range(count)), BATCH)
    chosen = {"remind_slots": "midday", "midday_remind_at": at, "follows_browser": False}
    Preferences.objects.bulk_create((Preferences(user=user, **chosen) for user in people), BATCH)
    plans = [each for user in people for each in usual_plan(user, since)]
    Prescription.objects.bulk_create(plans, BATCH)
    devices = (
        PushSubscription(user=user, digest=str(user.pk), endpoint=f"{endpoint}/{user.pk}", made_at=now, **browser)
        for user in people
    )
    PushSubscription.objects.bulk_create(devices, BATCH)


def _keys() -> dict[str, str]:
    """The keys of a browser that nobody reads messages on."""
    pair = ec.generate_private_key(ec.SECP256R1())
    point = pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"p256dh": _base64url(point), "auth": _base64url(b"sixteen bytes ok")}


def _base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


if __name__ == "__main__":
    import_module("footcare.wsgi")
    make(sys.argv[1], int(sys.argv[2]))
    sys.stdout.write("null")
