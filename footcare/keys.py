"""The secret key: made once, in a file that only the owner of the process can read; old keys may stay valid."""

import os
from contextlib import suppress
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

    Several processes may start at once. Each writes a draft (0600 from the start) and links it into place, so that one
    of them wins and none reads half a key.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=path.parent) as draft, suppress(FileExistsError):
            draft.write(get_random_secret_key())
            draft.flush()
            os.link(draft.name, path)
    path.chmod(0o600)  # a copied file may have another mode
    keys = path.read_text().split()
    if not keys:
        raise ImproperlyConfigured(f"{path} is empty. Delete it to get a new key. Everyone then has to log in again.")
    return keys
