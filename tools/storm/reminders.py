"""Ticks while the sender brings many reminders that are due in the same minute, beside ticks while it is idle."""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from tools.rig.processes import run
from tools.rig.push_service import a_push_service
from tools.rig.servers import Broken
from tools.storm.neighbours import EVERY, TICKING, ticking
from tools.storm.scenarios import MOST_TICKS, Row, Scale, stage

IDLE, PATIENCE = 20, 600  # seconds


def reminders(scale: Scale) -> list[Row]:
    with TemporaryDirectory(prefix="footcare-storm-") as name, a_push_service(Path(name)) as service:
        settings = {"PUSH_HOSTS": service.host, "REQUESTS_CA_BUNDLE": service.certificate}
        with stage(Path(name), **settings) as here:
            idle = here.clients(MOST_TICKS, 200, TICKING, EVERY)
            with ticking(idle):
                idle.idle.wait(min(scale.reminders / 100, IDLE))
            rows = [here.row("beside an idle sender", idle)]
            made = str(scale.reminders)
            run("tools.bench.reminders", "make", service.endpoint, made, environment=here.servers[0].environment)
            busy, until = here.clients(MOST_TICKS, 201, TICKING, EVERY), monotonic() + PATIENCE
            busy.sent |= idle.sent
            with ticking(busy):
                while len(service.posts) < scale.reminders and monotonic() < until:
                    busy.idle.wait(0.1)
            if len(service.posts) != scale.reminders:
                raise Broken(f"{len(service.posts)} of {made} reminders were sent")
            return [*rows, here.row(f"beside {scale.reminders:,} reminders", busy)]
