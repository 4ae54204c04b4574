"""Backup and restore of the whole database, while the servers run.

A backup is a snapshot of all data, in one file that only its owner may read. A restore is one transaction: other
connections see the old data or the new, and a failure leaves the old data.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import connection

from footcare.backups import postgresql, sqlite
from footcare.backups.contents import refuse_unfit
from footcare.backups.errors import Failed

KINDS = {"sqlite": sqlite, "postgresql": postgresql}
STAMP = "last-backup"


def back_up(target: Path) -> None:
    """Write a backup. It replaces a file of that name only when it is complete. Raises Failed with the reason."""
    if sqlite.is_database(target):
        raise Failed(f"{target} is the database itself. Choose another file.")
    if target.exists() and not target.is_file():
        raise Failed(f"Cannot write {target}: it is not a file.")  # a rename would put one in the place of a device
    kind = KINDS[connection.vendor]
    draft = _draft_beside(target)
    try:
        kind.dump(draft)
        if not kind.check(draft).columns:
            raise Failed("This database is empty. See DATABASE_URL and DATA_DIR.")
        _into_place(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    _write_stamp(datetime.now(UTC))


def restore(source: Path) -> bool:
    """Check a backup and replace the contents of the database by it. Raises Failed with the reason.

    True if it comes from an earlier release, so that the database lacks migrations now.
    """
    if not source.is_file():
        raise Failed(f"There is no file {source}.")
    kind = KINDS[connection.vendor]
    contents = kind.check(source)
    refuse_unfit(contents)
    kind.load(source)
    return contents.is_older()


def last_backup() -> datetime | None:
    """The time of the last backup on this machine, or None."""
    try:
        return datetime.fromisoformat((settings.DATA_DIR / STAMP).read_text().strip())
    except (FileNotFoundError, ValueError):
        return None


def _write_stamp(now: datetime) -> None:
    """Store the time in a file: a restored database would not know of later backups."""
    stamp = settings.DATA_DIR / STAMP
    draft = _draft_beside(stamp)
    draft.write_text(now.isoformat(timespec="seconds") + "\n")
    _into_place(draft, stamp)


def _draft_beside(target: Path) -> Path:
    """An empty file of mode 0600, in the same folder so that one rename can replace `target`."""
    try:
        with NamedTemporaryFile(prefix=f".{target.name}-", dir=target.parent, delete=False) as draft:
            return Path(draft.name)
    except OSError as error:
        raise Failed(f"Cannot write to {target.parent}: {error.strerror}.") from error


def _into_place(draft: Path, target: Path) -> None:
    """Write the file to disk, then rename it, then write the folder to disk."""
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
