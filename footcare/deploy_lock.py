"""A lock over all servers of a database, so that servers that start together migrate it once."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

KEY = 0x666F6F74  # PostgreSQL's advisory locks are numbers: "foot"
LOCK_TIMEOUT = "10s"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Waits while another process holds the lock. The lock ends with its process, even after a kill."""
    with _turn_on_postgresql() if connection.vendor == "postgresql" else _turn_on_this_machine():
        yield


@contextmanager
def _turn_on_this_machine() -> Iterator[None]:
    """A locked file, as SQLite is used on one machine only. SQLite's own lock would block the migrations."""
    with (settings.DATA_DIR / "preparing").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _turn_on_postgresql() -> Iterator[None]:
    """Without statement timeouts: those of the settings are for requests, and a migration may take long."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s); RESET statement_timeout; RESET lock_timeout", [KEY])
