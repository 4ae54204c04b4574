"""Fills a database before the first request: an account with a history, logged in.

`python -m tools.bench.histories footcare DAYS USERS` or `python -m tools.bench.histories yardstick`, in the environment
of that server, prints the account's cookies as JSON.
"""

import json
import sys
from importlib import import_module
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from tools.bench.pages import YARDSTICK
from tools.rig.log_in import cookies

CROWD = 100


def footcare(days: str, users: str) -> dict[str, str]:
    """A user with `days` days up to yesterday, and this morning's sets: half of Today is ticked. The others have the
    same.
    """
    import_module("footcare.wsgi")
    from exercises.models import Slot, User
    from exercises.record import demo
    from exercises.record.parsing import read
    from exercises.record.recording import record

    for command in ("migrate", "createcachetable", "load_catalogue"):
        call_command(command, verbosity=0)
    user, now = User.objects.create_user("walker@example.org"), timezone.now()
    demo.write(user, now.date(), int(days))
    for due in User.objects.get().plan.session(now.date(), Slot.MORNING):
        record(User.objects.get(), read({"kind": "set", "slot": Slot.MORNING, "exercise": due.exercise.slug}), now)
    if int(users) > 1:
        _multiply(user, int(users) - 1)
    return cookies(user, "/")


def _multiply(user: Any, others: int) -> None:
    """Copies the record to other users, a hundred at a time and in SQL, as there can be millions of rows."""
    from django.db import connection

    from exercises.models import FACTS, Preferences, Prescription, User

    User.objects.bulk_create(User(email=f"walker{number}@example.org") for number in range(others))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        for model in (Preferences, Prescription, *FACTS):
            for first in range(user.pk + 1, user.pk + 1 + others, CROWD):
                cursor.execute(_copied(model), [user.pk, first, first + CROWD - 1])


def _copied(model: Any) -> str:
    """SQL that copies the rows of one user to a range of users. Parameters: the id, first and last of the range."""
    columns = [field.column for field in model._meta.concrete_fields if field.column not in ("id", "user_id")]
    listed, table = ", ".join(f'"{column}"' for column in columns), model._meta.db_table
    return (
        f"INSERT INTO {table} (user_id, {listed}) SELECT other.id, {listed} FROM exercises_user AS other, "
        f"(SELECT {listed} FROM {table} WHERE user_id = %s) WHERE other.id BETWEEN %s AND %s"
    )


def yardstick() -> dict[str, str]:
    """A user without a history."""
    import_module("tools.bench.yardstick")
    from django.contrib.auth.models import User
    from django.db import connection

    from tools.bench.yardstick import Tick

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Tick)
    return cookies(User.objects.create_user("walker"), YARDSTICK[0].path)


if __name__ == "__main__":
    name, *arguments = sys.argv[1:]
    json.dump({"footcare": footcare, "yardstick": yardstick}[name](*arguments), sys.stdout)
