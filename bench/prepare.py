"""What is in a database before the first request: an account with its history, logged in.

`python -m bench.prepare footcare DAYS` or `python -m bench.prepare yardstick`, in the environment of that server,
prints the account's cookies as JSON.
"""

import json
import sys
from importlib import import_module
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from bench.pages import YARDSTICK


def footcare(days: str) -> dict[str, str]:
    """A user with `days` days up to yesterday, and this morning's sets: half of Today is ticked."""
    import_module("footcare.wsgi")
    from exercises import demo
    from exercises.events import record
    from exercises.intake import read
    from exercises.models import Slot, User

    for command in ("migrate", "createcachetable", "load_catalogue"):
        call_command(command, verbosity=0)
    user, now = User.objects.create_user("walker@example.org"), timezone.now()
    demo.write(user, now.date(), int(days))
    for due in User.objects.get().plan.sitting(now.date(), Slot.MORNING):
        record(User.objects.get(), read({"kind": "set", "slot": Slot.MORNING, "exercise": due.exercise.slug}), now)
    return cookies(user, "/")


def yardstick() -> dict[str, str]:
    """A user, and room for ticks."""
    import_module("bench.yardstick")
    from django.contrib.auth.models import User
    from django.db import connection

    from bench.yardstick import Tick

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Tick)
    return cookies(User.objects.create_user("walker"), YARDSTICK[0].path)


def cookies(user: Any, path: str) -> dict[str, str]:
    """The session's cookie and the CSRF cookie that a page with a form brings."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    client.get(path)
    return {name: morsel.value for name, morsel in client.cookies.items()}


if __name__ == "__main__":
    name, *arguments = sys.argv[1:]
    json.dump({"footcare": footcare, "yardstick": yardstick}[name](*arguments), sys.stdout)
