"""SQLite, by its own backup interface over Django's connection.

One step copies all pages inside one reading transaction; writers go on. A copied file would miss what is in the -wal
beside it. The way back is one writing transaction, so running servers see the old or the new and nothing between.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from footcare.backups.errors import Failed

FACTS = "exercises_completedset"


def is_database(path: Path) -> bool:
    """Whether this file is the one that the servers have open."""
    name = str(connection.settings_dict["NAME"])
    return connection.vendor == "sqlite" and path.exists() and Path(name).exists() and path.samefile(name)


def dump(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        try:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without the -wal that the database has
        except sqlite3.Error as error:
            raise Failed(f"SQLite could not write the copy: {error}.") from error


def check(source: Path) -> None:
    try:
        with closing(_reading(source)) as copy:
            faults = [text for (text,) in copy.execute("PRAGMA integrity_check(1)") if text != "ok"]
            orphans = copy.execute("PRAGMA foreign_key_check").fetchone()
            known = copy.execute("SELECT count(*) FROM sqlite_schema WHERE name = ?", [FACTS]).fetchone()[0]
    except sqlite3.Error as error:
        raise Failed.no_backup(str(error)) from error
    if faults or orphans:
        raise Failed.no_backup("the check of SQLite finds faults")
    if not known:
        raise Failed.no_backup("the tables are others")


def load(source: Path) -> None:
    connection.ensure_connection()
    try:
        with closing(_reading(source)) as copy:
            copy.backup(connection.connection)
    except sqlite3.Error as error:
        raise Failed(f"SQLite could not take it over: {error}.") from error


def _reading(source: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
