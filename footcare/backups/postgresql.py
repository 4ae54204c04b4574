"""Backup of PostgreSQL: pg_dump reads one snapshot, psql restores in one transaction.

The password is passed in the environment: every user of the machine can read arguments.
"""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from footcare.backups.errors import Failed

FACTS = "TABLE DATA public exercises_completedset"


def dump(target: Path) -> None:
    _run(*_call("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def check(source: Path) -> None:
    """Reads the whole file: its table of contents comes first, so a truncated file has one too."""
    try:
        contents = _run({}, ["pg_restore"], "--list", str(source))
        _run({}, ["pg_restore"], f"--file={os.devnull}", str(source))
    except Failed as failed:
        raise Failed.no_backup(str(failed)) from failed
    if FACTS not in contents:
        raise Failed.no_backup("it has other tables")


def load(source: Path) -> None:
    """Drops all tables, as a later release may have more than the backup, and creates those of the backup."""
    with TemporaryDirectory(prefix="footcare-restore-") as folder:
        script = Path(folder) / "backup.sql"
        _run({}, ["pg_restore"], "--no-owner", "--no-privileges", f"--file={script}", str(source))
        steps = [*_drop_tables(), f"--file={script}"]
        _run(*_call("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", *steps)


def _drop_tables() -> list[str]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    names = ", ".join(map(connection.ops.quote_name, tables))
    return [f"--command=DROP TABLE {names} CASCADE"] if tables else []


def _call(program: str) -> tuple[dict[str, str], list[str]]:
    """The environment and the command line of a PostgreSQL program, for our database."""
    return call_of(program, connection.settings_dict)


def call_of(program: str, database: dict[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Like _call(), for a database entry of the settings."""
    (_, *arguments), environment = DatabaseClient.settings_to_cmd_args_env(database, [])
    options = {"PGOPTIONS": database["OPTIONS"].get("options", "")}  # the lock timeout
    return {**options, **(environment or {})}, [program, *arguments]


def _run(environment: dict[str, str], command: Sequence[str], *arguments: str) -> str:
    """The output of the program. Raises Failed with the last line of its errors."""
    program, *database = command
    try:
        done = subprocess.run(
            [program, *arguments, *database],
            env=os.environ | environment,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError as error:
        raise Failed(f"{program} is missing: install it (sudo apt-get install postgresql-client).") from error
    if done.returncode:
        raise Failed(done.stderr.strip().rpartition("\n")[2].rstrip(".") + ".")
    return done.stdout
