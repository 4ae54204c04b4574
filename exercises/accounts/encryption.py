"""Encrypts the secrets of codes, with keys derived from SECRET_KEY and SECRET_KEY_FALLBACKS.

The first key encrypts, each of them decrypts: a new key in front of the old one locks nobody out.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

STORED = "exercises.accounts.encryption"


class Unreadable(Exception):
    """No key opens this text, or it is too old."""


def encrypt(text: str, purpose: str = STORED) -> str:
    return _boxes(purpose)[0].encrypt(text.encode()).decode()


def decrypt(encrypted: str, purpose: str = STORED, max_age: int | None = None) -> str:
    """`max_age` is in seconds. Raises Unreadable."""
    from cryptography.fernet import InvalidToken

    for box in _boxes(purpose):
        try:
            return box.decrypt(encrypted, ttl=max_age).decode()
        except (InvalidToken, ValueError):  # the latter: not ASCII
            continue
    raise Unreadable


def renewed(encrypted: str) -> str:
    """The same text under the first key, if another key opened it: later the old keys can be removed."""
    from cryptography.fernet import InvalidToken

    try:
        _boxes(STORED)[0].decrypt(encrypted)
    except InvalidToken:
        return encrypt(decrypt(encrypted))
    return encrypted


def _boxes(purpose: str) -> list[Fernet]:
    """One a key. The package is large, so it is imported when it is first needed."""
    from cryptography.fernet import Fernet

    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [Fernet(urlsafe_b64encode(salted_hmac(purpose, "", key, algorithm="sha256").digest())) for key in keys]
