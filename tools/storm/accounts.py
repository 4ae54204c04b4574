"""The accounts of a storm: `python -m tools.storm.accounts COUNT` in the server's environment prints their cookies.

`python -m tools.storm.accounts durability` prints how the database promises to keep what it has acknowledged.
"""

import json
import sys
from datetime import timedelta
from importlib import import_module
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from tools.rig.log_in import cookies

SQLITE = {"journal_mode": "wal", "synchronous": "2"}  # 2 is FULL: a sync at each commit
POSTGRESQL = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def accounts(count: str) -> list[dict[str, str]]:
    """Makes the accounts, with plans that began a month ago."""
    from exercises.models import Prescription, User

    call_command("prepare", stdout=StringIO())
    made = [User.objects.create_user(f"walker-{number}@example.org") for number in range(int(count))]
    Prescription.objects.update(since=timezone.now().date() - timedelta(days=30))
    return cookies(made, "/")


def durability() -> dict[str, list[str]]:
    """(actual, required) of each durability setting on a connection of Django."""
    from django.db import connection

    ask, wanted = ("PRAGMA", SQLITE) if connection.vendor == "sqlite" else ("SHOW", POSTGRESQL)
    with connection.cursor() as cursor:
        return {name: [str(cursor.execute(f"{ask} {name}").fetchone()[0]), value] for name, value in wanted.items()}


if __name__ == "__main__":
    import_module("footcare.wsgi")
    json.dump(durability() if sys.argv[1] == "durability" else accounts(sys.argv[1]), sys.stdout)
