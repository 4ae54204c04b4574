"""Backup and restore of the whole database, while the servers run.

A backup is everything of one moment, in one file that only its owner may read. A restore is one transaction of the
database itself: whoever asks meanwhile sees the old or the new, and after a failure the old is as it was.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import connection

from footcare.backups import postgresql, sqlite
from footcare.backups.errors import Failed

KINDS = {"sqlite": sqlite, "postgresql": postgresql}
STAMP = "last-backup"


def back_up(target: Path) -> None:
    """Write a backup; a file of that name is replaced once the new one is whole. Raises Failed with the reason."""
    if sqlite.is_database(target):
        raise Failed(f"{target} is the database itself. Choose another file.")
    kind = KINDS[connection.vendor]
    draft = _draft_beside(target)
    try:
        kind.dump(draft)
        kind.check(draft)
        _into_place(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    _write_stamp(datetime.now(UTC))


def restore(source: Path) -> None:
    """Replace all that is in the database by a backup, after a look whether it is whole. Raises Failed."""
    if not source.is_file():
        raise Failed(f"The file {source} does not exist.")
    kind = KINDS[connection.vendor]
    kind.check(source)
    kind.load(source)


def last_backup() -> datetime | None:
    """When this machine last made a backup, None when it never did."""
    try:
        return datetime.fromisoformat((settings.DATA_DIR / STAMP).read_text().strip())
    except (FileNotFoundError, ValueError):
        return None


def _write_stamp(now: datetime) -> None:
    """In a file and not in the database: a database that is restored knows nothing of its backups since."""
    stamp = settings.DATA_DIR / STAMP
    draft = _draft_beside(stamp)
    draft.write_text(now.isoformat(timespec="seconds") + "\n")
    _into_place(draft, stamp)


def _draft_beside(target: Path) -> Path:
    """An empty file of mode 0600 in the same folder, so that it can take the place of `target` in one step."""
    try:
        with NamedTemporaryFile(prefix=f".{target.name}-", dir=target.parent, delete=False) as draft:
            return Path(draft.name)
    except OSError as error:
        raise Failed(f"Cannot write to {target.parent}: {error.strerror}.") from error


def _into_place(draft: Path, target: Path) -> None:
    """On the disk before it has its name, and then its name."""
    _flush(draft)
    try:
        draft.replace(target)
    except OSError as error:
        raise Failed(f"Cannot write {target}: {error.strerror}.") from error
    _flush(target.parent)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
