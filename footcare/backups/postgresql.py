"""Backup of PostgreSQL: pg_dump reads one snapshot, psql restores in one transaction.

The password is passed in the environment: every user of the machine can read arguments.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from footcare.backups.contents import Contents
from footcare.backups.errors import Failed

COPY = re.compile(r'COPY .*\."?(?P<table>\w+)"? \((?P<columns>.+)\) FROM stdin;\n')
END = "\\.\n"


def dump(target: Path) -> None:
    options = ["--format=custom", "--no-owner", "--no-privileges", f'--schema="{_schema()}"']
    _run(*_call("pg_dump"), *options, f"--file={target}")


def check(source: Path) -> Contents:
    """What is in the file. Reads all of it: its table of contents comes first, so a truncated file has one too."""
    with TemporaryDirectory(prefix="footcare-restore-") as folder:
        try:
            script = _script(source, folder)
        except Failed as failed:
            raise Failed.no_backup(str(failed)) from failed
        with script.open(errors="replace") as lines:
            return _contents(lines)


def _contents(script: Iterable[str]) -> Contents:
    """The rows of each table stand between a line that names its columns and a line that ends them."""
    contents, table, names = Contents(set(), columns := {}), "", [""]
    for line in script:
        if line == END:
            table = ""
        elif table == "django_migrations":
            row = dict(zip(names, line.rstrip("\n").split("\t"), strict=False))
            contents.migrations.add((row["app"], row["name"]))
        elif not table and (found := COPY.fullmatch(line)):
            table, names = found["table"], found["columns"].replace('"', "").split(", ")
            columns[table] = {*names}
    return contents


def load(source: Path) -> None:
    """Drops all tables, as a later release may have more than the backup, and creates those of the backup."""
    with TemporaryDirectory(prefix="footcare-restore-") as folder:
        steps = [*_drop_tables(), f"--file={_script(source, folder)}"]
        _run(*_call("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", *steps)


def _script(source: Path, folder: str) -> Path:
    """The backup as SQL. The option leaves out the schema itself, which is there."""
    script = Path(folder) / "backup.sql"
    options = ["--no-owner", "--no-privileges", f"--schema={_schema()}"]
    _run({}, ["pg_restore"], *options, f"--file={script}", str(source))
    return script


def _schema() -> str:
    """Where the tables are: `public`, unless an option of DATABASE_URL says otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


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
