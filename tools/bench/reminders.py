"""What 10,000 reminders cost that are due in the same minute: seconds and memory of one sender."""

import os
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from tools.rig.processes import environment, run
from tools.rig.push_service import a_push_service
from tools.rig.servers import ROOT, Broken

COUNT = 10_000


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
        run("tools.rig.reminded", service.endpoint, str(COUNT), environment=settings)
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
