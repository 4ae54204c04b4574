"""The servers and their databases: Footcare for each history, and the yardstick, in one folder."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.bench.pages import HISTORIES, History
from tools.bench.turns import Ask, Person
from tools.rig.processes import environment, run
from tools.rig.servers import Server, serving

YARDSTICK: dict[str, Ask] = {"page": ("/page/", None), "POST": ("/tick/", {"exercise": "1"})}


@dataclass
class Stage:
    """A server with its application and environment, and the people who ask it."""

    application: str
    environment: Mapping[str, str]
    server: Server
    people: Sequence[Person]

    def begin(self, number: int) -> None:
        """The day of round `number` of all people."""
        asks = run("tools.bench.histories", "day", str(number), environment=self.environment)
        self.people = [Person(person.cookies, each) for person, each in zip(self.people, asks, strict=True)]


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
def alone(history: str, **settings: str) -> Iterator[Stage]:
    """The stage of one history, without any other server."""
    with TemporaryDirectory(prefix="footcare-bench-") as folder, ExitStack() as running:
        yield _footcare(Path(folder), HISTORIES[history], running, **settings)


def _yardstick(folder: Path, running: ExitStack, databases: Databases | None) -> Stage:
    settings = environment(YARDSTICK_DB=databases() if databases else folder / "yardstick.sqlite3")
    stage = _stage("tools.bench.yardstick", settings, running, "yardstick", interface="wsgi")
    stage.people = [Person(person.cookies, YARDSTICK) for person in stage.people]
    return stage


def _footcare(
    folder: Path, history: History, running: ExitStack, databases: Databases | None = None, **chosen: str
) -> Stage:
    # make has collected the static files; a page needs only their names.
    static = os.environ.get("STATIC_ROOT", "var/static")
    own = {"DATABASE_URL": databases()} if databases else {}
    settings = environment(DATA_DIR=folder, STATIC_ROOT=static, **own, **chosen)
    size = (history.days, history.people, history.users)
    return _stage("footcare.asgi", settings, running, "footcare", *map(str, size))


def _stage(
    application: str, settings: Mapping[str, str], running: ExitStack, *made: str, interface: str = "asgi"
) -> Stage:
    people = [Person(cookies) for cookies in run("tools.bench.histories", *made, environment=settings)]
    server = running.enter_context(serving(f"{application}:application", settings, interface))
    return Stage(application, settings, server, people)
