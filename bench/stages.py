"""The servers with their databases: Footcare once for each history, and the yardstick, all in one folder."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.pages import HISTORIES, History
from bench.servers import ROOT, Broken, Server, serving

PREPARE_TIMEOUT = 1800  # seconds: 2,000 users with a year each are five million sets


@dataclass(frozen=True)
class Stage:
    """A server, its database (the file of SQLite, else the address), and the cookies of the one account that asks;
    `ticks` is the table that POSTs fill.
    """

    server: Server
    database: str
    ticks: str
    cookies: Mapping[str, str]

    @property
    def cookie(self) -> str:
        """The header that says who asks."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


Databases = Callable[[], str]  # makes a new one each time, and brings its address


@contextmanager
def stages(folder: Path, histories: set[str], databases: Databases | None = None) -> Iterator[dict[str, Stage]]:
    """The stage of each history, and under "" that of the yardstick; on SQLite unless there are other databases."""
    chosen = {name: history for name, history in HISTORIES.items() if name in histories}
    with ExitStack() as running:
        yield {"": _yardstick(folder, running, databases)} | {
            name: _footcare(folder / name, history, running, databases) for name, history in chosen.items()
        }


@contextmanager
def alone(history: str) -> Iterator[Stage]:
    """The stage of one history, and no other server beside it."""
    with TemporaryDirectory(prefix="footcare-bench-") as folder, ExitStack() as running:
        yield _footcare(Path(folder), HISTORIES[history], running)


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


def _yardstick(folder: Path, running: ExitStack, databases: Databases | None) -> Stage:
    database = databases() if databases else str(folder / "yardstick.sqlite3")
    settings = environment(YARDSTICK_DB=database)
    cookies = run("bench.prepare", "yardstick", environment=settings)
    server = running.enter_context(serving("bench.yardstick:application", settings))
    return Stage(server, database, "yardstick_tick", cookies)


def _footcare(folder: Path, history: History, running: ExitStack, databases: Databases | None = None) -> Stage:
    # The static files are those that make has collected: a page only asks for their names.
    static = os.environ.get("STATIC_ROOT", "var/static")
    database = databases() if databases else ""
    settings = environment(DATA_DIR=folder, STATIC_ROOT=static, **({"DATABASE_URL": database} if database else {}))
    cookies = run("bench.prepare", "footcare", str(history.days), str(history.users), environment=settings)
    server = running.enter_context(serving("footcare.wsgi:application", settings))
    return Stage(server, database or str(folder / "footcare.sqlite3"), "exercises_completedset", cookies)


def environment(**settings: Any) -> dict[str, str]:
    """Nothing of a developer's own settings."""
    return {"PATH": os.environ["PATH"], **{name: str(value) for name, value in settings.items()}}
