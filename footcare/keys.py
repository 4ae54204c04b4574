"""The secret key, for the owner of the process alone; old keys may stay valid."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

SHORTEST = 32
KNOWN = ("insecure", "change", "secret", "example", "password")


def refuse_known(*keys: str) -> None:
    """Rejects known keys, like Django's examples and `changeme`: they protect nothing."""
    for key in keys:
        if len(key) < SHORTEST or len(set(key)) < 10 or any(word in key.lower() for word in KNOWN):
            raise ImproperlyConfigured(
                "SECRET_KEY is too short or a known default. "
                "Remove the setting: Footcare then makes a good key and saves it in DATA_DIR."
            )


def kept_secret_keys(path: Path) -> list[str]:
    """The keys in `path`, one a line, the current key first. Makes the file with mode 0600 if it is missing.

    Several processes may start at once: one of them makes the key while the others wait. A rename brings it into place,
    so that none reads half a key. (A hard link would do without a lock, but some disks have none.)
    """
    if not path.exists():
        with _one_at_a_time(path.parent):
            if not path.exists():
                with NamedTemporaryFile("w", dir=path.parent, delete=False) as draft:
                    draft.write(get_random_secret_key())
                os.replace(draft.name, path)
    try:
        path.chmod(0o600)  # a copied file may have another mode
        keys = path.read_text().split()
    except (OSError, UnicodeError):
        raise ImproperlyConfigured(f"{path} cannot be read by the user that runs Footcare.") from None
    if not keys:
        raise ImproperlyConfigured(f"{path} is empty. Delete it to get a new key. Everyone then has to log in again.")
    return keys


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
