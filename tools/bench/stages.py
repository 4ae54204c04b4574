"""The servers and their databases: Footcare for each history, and the yardstick, in one folder."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.bench.pages import HISTORIES, History
from tools.rig.processes import environment, run
from tools.rig.servers import Server, serving


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
        """The cookie header of the account."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


Databases = Callable[[], str]  # each call makes a database and returns its address


@contextmanager
def stages(folder: Path, histories: set[str], databases: Databases | None = None) -> Iterator[dict[str, Stage]]:
    """The stage of each history, and of the yardstick under "". On SQLite unless `databases` makes others."""
    chosen = {name: history for name, history in HISTORIES.items() if name in histories}
    with ExitStack() as running:
        yield {"": _yardstick(folder, running, databases)} | {
            name: _footcare(folder / name, history, running, databases) for name, history in chosen.items()
        }


@contextmanager
def alone(history: str) -> Iterator[Stage]:
    """The stage of one history, without any other server."""
    with TemporaryDirectory(prefix="footcare-bench-") as folder, ExitStack() as running:
        yield _footcare(Path(folder), HISTORIES[history], running)


def _yardstick(folder: Path, running: ExitStack, databases: Databases | None) -> Stage:
    database = databases() if databases else str(folder / "yardstick.sqlite3")
    settings = environment(YARDSTICK_DB=database)
    cookies = run("tools.bench.histories", "yardstick", environment=settings)
    server = running.enter_context(serving("tools.bench.yardstick:application", settings))
    return Stage(server, database, "yardstick_tick", cookies)


def _footcare(folder: Path, history: History, running: ExitStack, databases: Databases | None = None) -> Stage:
    # make has collected the static files; a page needs only their names.
    static = os.environ.get("STATIC_ROOT", "var/static")
    database = databases() if databases else ""
    settings = environment(DATA_DIR=folder, STATIC_ROOT=static, **({"DATABASE_URL": database} if database else {}))
    cookies = run("tools.bench.histories", "footcare", str(history.days), str(history.users), environment=settings)
    server = running.enter_context(serving("footcare.wsgi:application", settings))
    return Stage(server, database or str(folder / "footcare.sqlite3"), "exercises_completedset", cookies)
