"""A log-in without a browser."""

from typing import Any

from django.test import Client


def cookies(user: Any, path: str) -> dict[str, str]:
    """The session cookie, and the CSRF cookie that a page with a form sets."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    client.get(path)
    return {name: morsel.value for name, morsel in client.cookies.items()}
