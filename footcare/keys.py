"""The secret key: made once, kept where only the owner of the process can read it; old ones hold for a while."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

SHORTEST = 32
KNOWN = ("insecure", "change", "secret", "example", "password")


def refuse_known(*keys: str) -> None:
    """A key that everybody knows signs nothing: Django's examples, `changeme` and the like are refused."""
    for key in keys:
        if len(key) < SHORTEST or len(set(key)) < 10 or any(word in key.lower() for word in KNOWN):
            raise ImproperlyConfigured(
                "SECRET_KEY is too short or a known default. Leave it out, and a good one is made and kept in DATA_DIR."
            )


def kept_secret_keys(path: Path) -> list[str]:
    """The keys in `path`, one a line, the one in use first; made with mode 0600 when there is none yet.

    Several processes may start at once on a new machine: the file is filled under a name of its own (0600 from
    the start) and linked into place, so that exactly one of them wins and none reads half a key.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=path.parent) as draft, suppress(FileExistsError):
            draft.write(get_random_secret_key())
            draft.flush()
            os.link(draft.name, path)
    path.chmod(0o600)  # it may have come from a copy
    keys = path.read_text().split()
    if not keys:
        raise ImproperlyConfigured(f"{path} is empty. Delete it, and a new key is made; everybody logs in anew then.")
    return keys
