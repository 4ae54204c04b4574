"""Log-ins without a browser."""

from collections.abc import Iterable
from typing import Any

from django.test import Client


def cookies(users: Iterable[Any], path: str) -> list[dict[str, str]]:
    """The session cookie of each user, and the CSRF cookie that a page with a form sets."""
    client, found = Client(SERVER_NAME="127.0.0.1"), []  # one for all: making one reads every static file
    for user in users:
        client.cookies.clear()
        client.force_login(user)
        client.get(path)
        found.append({name: morsel.value for name, morsel in client.cookies.items()})
    return found
