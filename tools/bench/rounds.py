"""The rounds: each target gets a short turn in every round, so that noise affects all alike."""

import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg

from tools.bench.pages import YARDSTICK, Page
from tools.bench.stages import Stage
from tools.rig.processes import run

ROUNDS, SECONDS, CONNECTIONS = 7, 1.0, 4  # many short turns, as a disturbance lasts longer than a turn
WARM_UP_SECONDS, WARM_UP_CONNECTIONS = 0.7, 12  # enough for both workers to load every template

Costs = dict[tuple[str, str], list[float]]  # (page, history) -> CPU milliseconds a request, one figure a round


@dataclass(frozen=True)
class Target:
    """One page on one server."""

    page: Page
    history: str
    stage: Stage

    def cpu_ms(self, seconds: float = SECONDS, connections: int = CONNECTIONS) -> float:
        """CPU milliseconds of the server per request. Raises Broken at the first wrong response."""
        newest, before = self._newest_tick(), self.stage.server.cpu_seconds()
        order = {**self._order(), "seconds": seconds, "connections": connections}
        answered = run("tools.bench.load", order=order, environment=os.environ)
        cost = (self.stage.server.cpu_seconds() - before) * 1000 / answered
        self._forget_ticks_after(newest)
        return cost

    def _order(self) -> dict:
        """The order for tools.bench.load."""
        cookies, page = self.stage.cookies, self.page
        headers = {"Cookie": self.stage.cookie, **page.headers}
        if page.fields is not None:
            form = "application/x-www-form-urlencoded"
            headers |= {"X-CSRFToken": cookies["csrftoken"], "HX-Request": "true", "Content-Type": form}
        port = self.stage.server.port
        return {"port": port, "path": page.path, "expected": page.expected, "fields": page.fields, "headers": headers}

    def _newest_tick(self) -> int:
        with self._database() as database:
            return database.execute(f"SELECT coalesce(max(id), 0) FROM {self.stage.ticks}").fetchone()[0]

    def _forget_ticks_after(self, newest: int) -> None:
        """Restores the history, so that each turn starts from the same one."""
        with self._database() as database:
            database.execute(f"DELETE FROM {self.stage.ticks} WHERE id > {newest}")

    def _database(self) -> closing[Any]:
        if self.stage.database.startswith("postgresql:"):
            return closing(psycopg.connect(self.stage.database, autocommit=True))
        return closing(sqlite3.connect(self.stage.database, timeout=20, isolation_level=None))


def targets(pages: Iterable[Page], stages: dict[str, Stage]) -> list[Target]:
    """The targets of the yardstick, then each page with each history."""
    return [Target(page, "", stages[""]) for page in YARDSTICK] + [
        Target(page, history, stages[history]) for page in pages for history in page.histories
    ]


def measure(chosen: list[Target], tell: Callable[[str], object]) -> Costs:
    for target in chosen:
        target.cpu_ms(WARM_UP_SECONDS, WARM_UP_CONNECTIONS)
    costs: Costs = {(target.page.name, target.history): [] for target in chosen}
    for number in range(ROUNDS):
        tell(f"Round {number + 1} of {ROUNDS} ...")
        for target in chosen if number % 2 else reversed(chosen):
            costs[target.page.name, target.history].append(target.cpu_ms())
    return costs
