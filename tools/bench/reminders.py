"""What 10,000 reminders cost that are due in the same minute: seconds and memory of one sender.

`python -m tools.bench.reminders make ENDPOINT COUNT` makes the users, in the environment of one database.
"""

import os
import subprocess
import sys
from datetime import UTC, timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from django.core.management import call_command
from django.utils import timezone

from tools.rig.processes import environment, run
from tools.rig.push_service import a_push_service
from tools.rig.servers import ROOT, Broken

COUNT = 10_000
BATCH = 2000


class Cost(NamedTuple):
    """Of one `manage.py remind --once`."""

    seconds: float
    cpu: float
    mb: float  # the most that it held (RSS)
    said: str


def reminders(folder: Path) -> str:
    """Two lines of Markdown: the round that sends them all, and the next one, which has nothing to send."""
    with a_push_service(folder) as service:
        settings = environment(
            DATA_DIR=folder, PUSH_HOSTS=service.host, REQUESTS_CA_BUNDLE=service.certificate, HOST="localhost"
        )
        run("tools.bench.reminders", "make", service.endpoint, str(COUNT), environment=settings)
        first, second = _round(settings), _round(settings)
        if len(service.posts) != COUNT:
            raise Broken(f"{len(service.posts)} messages arrived, not {COUNT}")
    return f"{COUNT:,} reminders due in one minute: {_line(first)}\n\nThe next round, nothing to send: {_line(second)}"


def _line(cost: Cost) -> str:
    return f"{cost.seconds:.1f} s, {cost.cpu:.1f} s of CPU, at most {cost.mb:.0f} MB (RSS): “{cost.said}”"


def _round(settings: dict[str, str]) -> Cost:
    begun = monotonic()
    command = [sys.executable, "manage.py", "remind", "--once"]
    with subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True) as process:
        said = process.stdout.read() if process.stdout else ""
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Broken("the sender ended with an error")
    return Cost(monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said.strip())


def make(endpoint: str, count: int) -> None:
    """Users in UTC with the usual plan and one device each, all to be reminded of a session that begins now."""
    from exercises.models import Preferences, Prescription, PushSubscription, User
    from exercises.models.prescription import usual_plan
    from tests.support.reminders.devices import a_subscription

    call_command("prepare", stdout=StringIO())
    now, browser = timezone.now(), a_subscription(origin="https://feet.example.org", name="Chrome on Android")
    browser.pop("endpoint")
    at, since = now.astimezone(UTC).time().replace(second=0, microsecond=0), now.date() - timedelta(days=30)
    people = User.objects.bulk_create((User(email=f"walker{number}@example.org") for number in range(count)), BATCH)
    chosen = {"remind_slots": "midday", "midday_remind_at": at, "follows_browser": False}
    Preferences.objects.bulk_create((Preferences(user=user, **chosen) for user in people), BATCH)
    plans = [each for user in people for each in usual_plan(user, since)]
    Prescription.objects.bulk_create(plans, BATCH)
    devices = (
        PushSubscription(user=user, digest=str(user.pk), endpoint=f"{endpoint}/{user.pk}", made_at=now, **browser)
        for user in people
    )
    PushSubscription.objects.bulk_create(devices, BATCH)


if __name__ == "__main__":
    import_module("footcare.wsgi")
    make(sys.argv[2], int(sys.argv[3]))
    sys.stdout.write("null")
