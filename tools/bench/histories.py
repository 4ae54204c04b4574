"""What a server's database holds, written in the environment of that server.

`python -m tools.bench.histories footcare DAYS PEOPLE USERS` and `... yardstick` fill it before the first request and
print the cookies of those who ask; `... day NUMBER` writes the day of a round and prints what each asks for. All JSON.
"""

import json
import sys
from importlib import import_module
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from tools.rig.log_in import cookies


def footcare(days: str, people: str, users: str) -> list[dict[str, str]]:
    import_module("footcare.wsgi")
    from tools.bench.people import make, multiply

    for command in ("migrate", "createcachetable", "load_catalogue"):
        call_command(command, verbosity=0)
    made = make(int(people), int(days), timezone.now())
    if int(users):
        multiply(made[0], int(users) - len(made))
    return cookies(made, "/")


def day(number: str) -> list[dict[str, Any]]:
    import_module("footcare.wsgi")
    from tools.bench.days import write

    return write(int(number), timezone.now())


def yardstick() -> list[dict[str, str]]:
    """A user without a history."""
    import_module("tools.bench.yardstick")
    from django.contrib.auth.models import User
    from django.db import connection

    from tools.bench.yardstick import Tick

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Tick)
    return cookies([User.objects.create_user("walker")], "/page/")


if __name__ == "__main__":
    name, *arguments = sys.argv[1:]
    json.dump({"footcare": footcare, "day": day, "yardstick": yardstick}[name](*arguments), sys.stdout)
