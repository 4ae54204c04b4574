"""The servers with their databases: Footcare once for each history, and the yardstick, all in one folder."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.pages import HISTORIES
from bench.servers import ROOT, Broken, Server, serving

PREPARE_TIMEOUT = 120  # seconds


@dataclass(frozen=True)
class Stage:
    """A server, its database, and the cookies of the one account in it; `ticks` is the table that POSTs fill."""

    server: Server
    database: Path
    ticks: str
    cookies: Mapping[str, str]


@contextmanager
def stages(folder: Path, histories: set[str]) -> Iterator[dict[str, Stage]]:
    """The stage of each history, and under "" that of the yardstick."""
    with ExitStack() as running:
        yield {"": _yardstick(folder, running)} | {
            history: _footcare(folder / history, days, running)
            for history, days in HISTORIES.items()
            if history in histories
        }


def run(module: str, *arguments: str, environment: Mapping[str, str], order: Any = None) -> Any:
    """What a module of ours answers to an order, both as JSON. Raises Broken with its last words."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command,
        input=json.dumps(order),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=PREPARE_TIMEOUT,
        check=False,
    )
    if done.returncode:
        raise Broken(done.stderr.strip().rpartition("\n")[2])
    return json.loads(done.stdout)


def _yardstick(folder: Path, running: ExitStack) -> Stage:
    database = folder / "yardstick.sqlite3"
    environment = _environment(YARDSTICK_DB=database)
    cookies = run("bench.prepare", "yardstick", environment=environment)
    server = running.enter_context(serving("bench.yardstick:application", environment))
    return Stage(server, database, "yardstick_tick", cookies)


def _footcare(folder: Path, days: int, running: ExitStack) -> Stage:
    # The static files are those that make has collected: a page only asks for their names.
    static = os.environ.get("STATIC_ROOT", "var/static")
    environment = _environment(DATA_DIR=folder, STATIC_ROOT=static, SECRET_KEY="of-a-benchmark-and-no-secret")
    cookies = run("bench.prepare", "footcare", str(days), environment=environment)
    server = running.enter_context(serving("footcare.wsgi:application", environment))
    return Stage(server, folder / "footcare.sqlite3", "exercises_completedset", cookies)


def _environment(**settings: Any) -> dict[str, str]:
    """Nothing of a developer's own settings."""
    return {"PATH": os.environ["PATH"], **{name: str(value) for name, value in settings.items()}}
