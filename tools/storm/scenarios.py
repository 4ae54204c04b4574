"""The scenarios of a storm. Each uses a temporary folder and removes it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from tools.rig.cluster import Cluster, cluster
from tools.rig.processes import run
from tools.rig.push_service import a_push_service
from tools.rig.servers import Broken, free_port
from tools.storm.clients import CLIENTS, Clients, exported
from tools.storm.disk import fill, small_disk
from tools.storm.durability import Unsafe, weak_settings
from tools.storm.events import random_events
from tools.storm.neighbours import EVERY, TICKING, Act, Neighbour, acts, acts_before_database, ticking
from tools.storm.results import Faults, result_row
from tools.storm.servers import Server

USERS = 8
KEY = "for this storm only: 0123456789 abcdefghijklmnopqrstuvwxyz"
LOCKED = {"sqlite": ("sqlite3.OperationalError",), "postgresql": ("LockNotAvailable", "Deadlock", "QueryCanceled")}
MOST_TICKS = 20_000  # beside a neighbour; they end with him
IDLE, PATIENCE = 20, 600  # seconds beside an idle sender, and for all reminders to arrive
TREE_EVERY = 5  # every fifth kill, and the last one, takes all processes

Row = dict[str, Any]


@dataclass(frozen=True)
class Scale:
    events: int
    kills: int
    restarts: int
    days: int  # that somebody brings in
    reminders: int  # due in the same minute


LONG = Scale(events=10_000, kills=50, restarts=5, days=3650, reminders=10_000)
SHORT = Scale(events=300, kills=3, restarts=1, days=365, reminders=300)


@dataclass
class Stage:
    servers: Sequence[Server]
    accounts: list[dict[str, str]]
    kind: str

    def clients(self, events: int, seed: int, count: int = CLIENTS, rest: float = 0) -> Clients:
        made = random_events(events, USERS, Random(seed))
        return Clients([each.port for each in self.servers], self.accounts, made, count, rest)

    def row(self, name: str, clients: Clients, faults: Faults | None = None, locked: int | None = None) -> Row:
        """One row of the table. `locked` overrides the number of "locked" lines in the log."""
        counted = sum(each.count(*LOCKED[self.kind]) for each in self.servers) if locked is None else locked
        records = [exported(self.servers[0].port, account) for account in self.accounts]
        return result_row(f"{name}, {self.kind}", clients, records, counted, faults or Faults())


@contextmanager
def stage(folder: Path, count: int = 1, **settings: str) -> Iterator[Stage]:
    """`count` running servers on one database with the accounts."""
    servers = []
    for number in range(count):
        own = folder / f"server-{number}"
        own.mkdir()
        servers.append(Server(free_port(), own, SECRET_KEY=KEY, **settings))
    accounts = run("tools.storm.accounts", str(USERS), environment=servers[0].environment)
    with ExitStack() as running:
        for server in servers:
            server.start()
            running.callback(server.end)
        for server in servers:
            server.wait_until_ready()
        if weak := weak_settings(servers[0].environment):
            raise Unsafe("; ".join(weak))
        yield Stage(servers, accounts, "postgresql" if "DATABASE_URL" in settings else "sqlite")


def calm(scale: Scale) -> list[Row]:
    """No fault. As in every scenario, 46 of 100 deliveries are repetitions."""
    with TemporaryDirectory(prefix="footcare-storm-") as folder, stage(Path(folder)) as here:
        clients = here.clients(scale.events, 1).run()
        return [here.row("calm", clients)]


def kills(scale: Scale) -> list[Row]:
    """kill -9 of a worker, and each fifth time of the whole server, which is then started again.

    It also starts a server that gave up, as Granian does when a worker dies twice within 5.5 seconds: a service
    manager would start it.
    """
    with TemporaryDirectory(prefix="footcare-storm-") as folder, stage(Path(folder)) as here:
        clients, faults, chance = here.clients(scale.events, 2), Faults(), Random(2)
        [server] = here.servers

        def kill(number: int) -> None:
            faults.began.append(monotonic())
            if number % TREE_EVERY and number < scale.kills:
                server.kill_a_worker(chance)
            else:
                server.kill_everything()
                server.start()
                server.wait_until_ready()

        _while_running(clients, scale.events, scale.kills, kill, meanwhile=server.start_if_given_up)
        return [here.row(f"{scale.kills} kills", clients, faults)]


def stop(scale: Scale) -> list[Row]:
    """TERM during requests: the server answers each request it began. No delivery is tried again here."""
    with TemporaryDirectory(prefix="footcare-storm-") as folder, stage(Path(folder)) as here:
        [server], clients, faults = here.servers, here.clients(scale.events, 3), Faults()

        def end(_: int) -> None:
            clients.over.set()
            faults.began.append(monotonic())
            server.process.terminate()
            server.process.wait(20)

        _while_running(clients, scale.events, 1, end, tries=1)
        server.start()
        server.wait_until_ready()
        row = here.row("ordered stop", clients, Faults())
        kept = {(user, each["id"]) for user, account in enumerate(here.accounts) for each in _facts(server, account)}
        return [row | {"wrong": row["wrong"] + len(kept - clients.acknowledged)}]


def postgres(scale: Scale) -> list[Row]:
    """Two servers start together on one PostgreSQL; it is restarted under load."""
    with (
        TemporaryDirectory(prefix="footcare-storm-") as folder,
        cluster() as database,
        stage(Path(folder), 2, DATABASE_URL=database.url) as here,
    ):
        quiet = here.row("calm, two servers", here.clients(scale.events, 4).run())
        return [quiet, _restarts(scale, here, database)]


def disk(scale: Scale) -> list[Row]:
    """The disk fills up under load, then gets space again; no process is restarted."""
    with small_disk() as folder, stage(folder) as here:
        clients, faults = here.clients(scale.events, 6), Faults()

        def full(_: int) -> None:
            faults.began.append(monotonic())
            ballast = fill(folder)
            while not clients.refused():
                clients.idle.wait(0.01)
            ballast.unlink()
            faults.freed = monotonic()

        _while_running(clients, scale.events, 1, full)
        return [here.row("disk full", clients, faults, locked=0)]


def neighbours(scale: Scale) -> list[Row]:
    """Others tick while one person uses, and abuses, what costs most."""
    with TemporaryDirectory(prefix="footcare-storm-") as folder, stage(Path(folder)) as here:
        rows = _neighbours(here, acts_before_database() | acts(scale.days))
    with (
        TemporaryDirectory(prefix="footcare-storm-") as folder,
        cluster() as database,
        stage(Path(folder), DATABASE_URL=database.url) as here,
    ):
        return rows + _neighbours(here, acts(scale.days))


def reminders(scale: Scale) -> list[Row]:
    """Others tick beside an idle sender, then beside one that brings many reminders of the same minute."""
    with TemporaryDirectory(prefix="footcare-storm-") as name, a_push_service(Path(name)) as service:
        settings = {"PUSH_HOSTS": service.host, "REQUESTS_CA_BUNDLE": service.certificate}
        with stage(Path(name), **settings) as here:
            idle = here.clients(MOST_TICKS, 200, TICKING, EVERY)
            with ticking(idle):
                idle.idle.wait(min(scale.reminders / 100, IDLE))
            rows = [here.row("beside an idle sender", idle)]
            made = str(scale.reminders)
            run("tools.rig.reminded", service.endpoint, made, environment=here.servers[0].environment)
            busy, until = here.clients(MOST_TICKS, 201, TICKING, EVERY), monotonic() + PATIENCE
            busy.sent |= idle.sent
            with ticking(busy):
                while len(service.posts) < scale.reminders and monotonic() < until:
                    busy.idle.wait(0.1)
            if len(service.posts) != scale.reminders:
                raise Broken(f"{len(service.posts)} of {made} reminders were sent")
            return [*rows, here.row(f"beside {scale.reminders:,} reminders", busy)]


def _neighbours(here: Stage, done: dict[str, Act]) -> list[Row]:
    one, rows, sent = Neighbour(here.servers[0].port), [], set()
    one.sign_up("neighbour@example.org")
    for seed, (name, act) in enumerate(done.items(), 100):
        clients = here.clients(MOST_TICKS, seed, TICKING, EVERY)
        clients.sent |= sent
        with ticking(clients):
            act(one)
        sent = clients.sent
        rows.append(here.row(f"beside {name}", clients))
    return rows


def _restarts(scale: Scale, here: Stage, database: Cluster) -> Row:
    clients, faults = here.clients(scale.events, 5), Faults()
    before = [exported(here.servers[0].port, account) for account in here.accounts]
    clients.sent |= {
        (user, each["id"]) for user, record in enumerate(before) for each in record["sets"] + record["undos"]
    }

    def restart(_: int) -> None:
        faults.began.append(monotonic())
        database.restart_at_once()
        faults.over.append(monotonic())

    _while_running(clients, scale.events, scale.restarts, restart)
    return here.row(f"{scale.restarts} restarts, two servers", clients, faults)


def _facts(server: Server, account: dict[str, str]) -> list[Row]:
    record = exported(server.port, account)
    return [*record["sets"], *record["undos"]]


def _while_running(
    clients: Clients,
    events: int,
    times: int,
    act: Callable[[int], None],
    tries: int | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Runs the act `times` times, spread over the deliveries of the clients."""
    storm = threading.Thread(target=clients.run, args=[tries])
    storm.start()

    def wait(until: int) -> None:
        while storm.is_alive() and clients.delivered < until:
            meanwhile()
            clients.idle.wait(0.01)

    for number in range(1, times + 1):
        wait(events * number // (times + 1))
        act(number)
    wait(events)
    storm.join()


SCENARIOS = {
    "calm": calm,
    "kills": kills,
    "stop": stop,
    "postgres": postgres,
    "disk": disk,
    "neighbours": neighbours,
    "reminders": reminders,
}
