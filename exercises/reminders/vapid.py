"""The key pair with which this server signs its messages (RFC 8292), made once and kept in the database.

A web worker needs the public key alone, so what makes keys is imported only for the first pair.
"""

from base64 import urlsafe_b64encode

from django.conf import settings

from exercises.models import VapidKey


def public_key() -> str:
    """For `applicationServerKey`: the uncompressed point, 65 bytes in base64url."""
    return _kept().public


def private_key() -> str:
    """The secret number, 32 bytes in base64url."""
    return _kept().private


def subject(origin: str) -> str:
    """Whom a push service may ask about our messages: the contact, else the site itself. RFC 8292 allows no `tel:`.

    Apple turns down an address at localhost, which is the default of a server that nobody named a contact for.
    """
    contact: str = settings.SECURITY_CONTACT
    names_nobody = contact.startswith("tel:") or contact.endswith("@localhost")
    return origin if names_nobody and origin.startswith("https:") else contact


def _kept() -> VapidKey:
    if kept := VapidKey.objects.first():
        return kept
    VapidKey.objects.bulk_create([_made()], ignore_conflicts=True)  # of two at once the first counts, for both
    return VapidKey.objects.get()


def _made() -> VapidKey:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    pair = ec.generate_private_key(ec.SECP256R1())
    number = pair.private_numbers().private_value.to_bytes(32)
    point = pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return VapidKey(private=_base64url(number), public=_base64url(point))


def _base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
