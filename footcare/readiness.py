"""The readiness of this server, for `/readyz`."""

import platform
import shutil
import sqlite3
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import django
from django.conf import settings
from django.core.cache import cache as shared_cache
from django.db import connection

from exercises.models import Heartbeat
from footcare.backups import last_backup
from footcare.schema import applied_migrations, later_migrations, own_migrations

LEAST_FREE = 100  # MB, for SQLite's log and the draft of a backup
OLD = timedelta(days=2)
# https://sqlite.org/wal.html: two connections that write and reset the log at once can corrupt the database.
WAL_RESET_BUG = ((3, 7, 0), (3, 51, 3))
WAL_RESET_MENDED = (((3, 44, 6), (3, 45, 0)), ((3, 50, 7), (3, 51, 0)))


@dataclass(frozen=True)
class Finding:
    """A word for everybody, details for staff. If it `stops`, this server should get no requests."""

    word: str = "ok"
    details: dict[str, Any] = field(default_factory=dict)
    stops: bool = False


def findings(now: datetime) -> dict[str, Finding]:
    """The findings of each part. Parts that need the database are skipped if it does not answer."""
    found = {"database": _unless_gone(_database)}
    if not found["database"].stops:
        found |= {"migrations": _unless_gone(_migrations), "cache": _unless_gone(_cache)}
    if not any(finding.stops for finding in found.values()):
        found["reminders"] = _unless_gone(lambda: _reminders(now))
    return {**found, "disk": _disk(), "backup": _backup(now)}


def versions() -> dict[str, str]:
    return {"footcare": _own_version(), "django": django.get_version(), "python": platform.python_version()}


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    mended = any(first <= version < last for first, last in WAL_RESET_MENDED)
    return WAL_RESET_BUG[0] <= version < WAL_RESET_BUG[1] and not mended


def sqlite_has_wal_reset_bug() -> bool:
    """Whether the SQLite in use has the bug; False on another database."""
    return connection.vendor == "sqlite" and has_wal_reset_bug(sqlite3.sqlite_version_info)


def _unless_gone(ask: Callable[[], Finding]) -> Finding:
    try:
        return ask()
    except Exception as error:  # any error means that the store cannot be used
        return Finding("does not answer", {"error": type(error).__name__}, stops=True)


def _database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    details = {"kind": connection.vendor, "version": ".".join(map(str, connection.get_database_version()))}
    if sqlite_has_wal_reset_bug():
        details["warning"] = "can damage the database in a rare race; fixed in SQLite 3.51.3, 3.50.7 and 3.44.6"
    return Finding(details=details)


def _migrations() -> Finding:
    """The migrations that the database lacks, or those of a newer release that this one does not know."""
    applied = applied_migrations()
    for word, some in (("missing", sorted(own_migrations() - applied)), ("newer", later_migrations(applied))):
        if some:
            return Finding(word, {word: [".".join(each) for each in some]}, stops=True)
    return Finding()


def _cache() -> Finding:
    shared_cache.get("readyz")
    return Finding(details={"kind": "redis" if settings.REDIS_URL else "database"})


def _disk() -> Finding:
    free = shutil.disk_usage(settings.DATA_DIR).free // 10**6
    return Finding("ok" if free >= LEAST_FREE else "nearly full", {"free_mb": free}, stops=free < LEAST_FREE)


def _backup(now: datetime) -> Finding:
    """Does not stop requests, but the owner should know."""
    last = last_backup()
    if last is None:
        return Finding("no backup yet")
    hours = round((now - last) / timedelta(hours=1), 1)
    return Finding("old" if now - last > OLD else "ok", {"last": last.isoformat(), "hours": hours})


def _reminders(now: datetime) -> Finding:
    """Does not stop requests: pages work without the sender."""
    last = Heartbeat.last()
    if last is None:
        return Finding("none yet")
    details = {"last": last.isoformat(), "seconds": round((now - last).total_seconds())}
    return Finding("ok" if Heartbeat.is_fresh(last, now) else "late", details)


@cache
def _own_version() -> str:
    text = (settings.BASE_DIR / "pyproject.toml").read_text()
    return str(tomllib.loads(text)["project"]["version"])
