"""One process at a time, over all that use the same database: servers that start together change its tables once."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

KEY = 0x666F6F74  # PostgreSQL's advisory locks are numbers: "foot"
LOCK_TIMEOUT = "10s"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Waits for as long as another process is in here. The lock ends with its process, in whatever way that ends."""
    with _turn_on_postgresql() if connection.vendor == "postgresql" else _turn_on_this_machine():
        yield


@contextmanager
def _turn_on_this_machine() -> Iterator[None]:
    """SQLite is one machine, so a locked file will do: its own lock would be in the way of what is done here."""
    with (settings.DATA_DIR / "preparing").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _turn_on_postgresql() -> Iterator[None]:
    """Without the limits on statements, that of the settings are for requests: a table may take long to change."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s); RESET statement_timeout; RESET lock_timeout", [KEY])
