"""Backup of SQLite, by its backup API.

One step copies all pages in one read transaction, while writers continue. A plain copy of the file would lack the data
in the -wal file. The restore is one write transaction, so running servers see the old data or the new.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from footcare.backups.contents import Contents
from footcare.backups.errors import Failed
from footcare.schema import Migration

COLUMNS = "SELECT tables.name, columns.name FROM sqlite_schema tables, pragma_table_info(tables.name) columns"


def is_database(path: Path) -> bool:
    """Whether `path` is the database file of the servers, or one of the files that SQLite keeps beside it."""
    name = Path(connection.settings_dict["NAME"])
    # Path.resolve() raises for a link to itself.
    files = [name.with_name(name.name + ending) for ending in ("", "-wal", "-shm", "-journal")]
    return connection.vendor == "sqlite" and os.path.realpath(path) in map(os.path.realpath, files)


def dump(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        try:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # a single file, without a -wal file
        except sqlite3.Error as error:
            raise Failed(f"SQLite could not write the copy: {error}.") from error


def check(source: Path) -> Contents:
    """What is in the file. Raises Failed if it is damaged."""
    try:
        with closing(_reading(source)) as copy:
            faults = [text for (text,) in copy.execute("PRAGMA integrity_check(1)") if text != "ok"]
            orphans = copy.execute("PRAGMA foreign_key_check").fetchone()
            contents = _contents(copy)
    except sqlite3.Error as error:
        raise Failed.no_backup(str(error)) from error
    if faults or orphans:
        raise Failed.no_backup("SQLite’s check found errors")
    return contents


def _contents(copy: sqlite3.Connection) -> Contents:
    columns: dict[str, set[str]] = {}
    for table, column in copy.execute(COLUMNS):
        columns.setdefault(table, set()).add(column)
    recorded = {"app", "name"} <= columns.get("django_migrations", set())
    migrations: set[Migration] = set(copy.execute("SELECT app, name FROM django_migrations")) if recorded else set()
    return Contents(migrations, columns)


def load(source: Path) -> None:
    connection.ensure_connection()
    try:
        with closing(_reading(source)) as copy:
            copy.backup(connection.connection)
    except sqlite3.Error as error:
        raise Failed(f"SQLite could not restore the backup: {error}.") from error


def _reading(source: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
