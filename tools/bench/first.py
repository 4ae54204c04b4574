"""The first request of a worker: a fresh process that has loaded the application and has served nothing.

`python -m tools.bench.first APPLICATION` reads a request as JSON and prints what it took.
"""

import json
import sys
from importlib import import_module
from statistics import median
from time import perf_counter, process_time
from typing import Any
from wsgiref.util import setup_testing_defaults

from tools.bench.pages import PAGES, YARDSTICK, Page
from tools.bench.stages import Stage
from tools.bench.table import figure
from tools.bench.turns import Person
from tools.rig.processes import run

TIMES = 7


def first(yardstick: Stage, stage: Stage) -> str:
    """A line of Markdown: Today beside the yardstick's page, in turns, each time of another person."""
    others, own = [], []
    for number in range(TIMES):
        others.append(_took(yardstick, YARDSTICK[0], yardstick.people[0]))
        own.append(_took(stage, PAGES[0], stage.people[number]))
    wall, cpu = (median(each[name] for each in own) for name in ("wall", "cpu"))
    ratios = [mine["cpu"] / other["cpu"] for mine, other in zip(own, others, strict=True)]
    return (
        f"The first Today of a worker takes {wall:.0f} ms, {cpu:.0f} ms of CPU: {figure(ratios)} times the CPU of the "
        f"yardstick's first page ({median(each['cpu'] for each in others):.0f} ms)"
    )


def _took(stage: Stage, page: Page, person: Person) -> dict[str, float]:
    """Milliseconds, by the clock and of CPU."""
    order = {"path": person.asks[page.asks][0], "cookie": person.cookie, "expected": page.expected}
    application = stage.application.replace("asgi", "wsgi")  # a request without a server around it
    return run("tools.bench.first", application, environment=stage.environment, order=order)


def _answer(application: Any, order: dict[str, str]) -> str:
    environ = {"PATH_INFO": order["path"], "HTTP_COOKIE": order["cookie"]}
    setup_testing_defaults(environ)
    return b"".join(application(environ, lambda *_start: None)).decode()


if __name__ == "__main__":
    application, order = import_module(sys.argv[1]).application, json.load(sys.stdin)
    clock, cpu = perf_counter(), process_time()
    answer = _answer(application, order)
    took = {"wall": (perf_counter() - clock) * 1000, "cpu": (process_time() - cpu) * 1000}
    if order["expected"] not in answer:
        sys.exit(f"The first request for {order['path']} was answered without {order['expected']!r}.")
    json.dump(took, sys.stdout)
