"""The rounds: each target gets a short turn in every round, so that noise affects all alike."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from tools.bench.pages import YARDSTICK, Page
from tools.bench.stages import Stage
from tools.bench.turns import turn
from tools.rig.processes import run

ROUNDS, CONNECTIONS = 7, 4  # many short turns, as a disturbance lasts longer than a turn
WARM_UP_CONNECTIONS = 12  # enough for both workers to load every template

Costs = dict[tuple[str, str], list[float]]  # (page, history) -> CPU milliseconds a request, one figure a round


@dataclass(frozen=True)
class Target:
    """One page on one server."""

    page: Page
    history: str
    stage: Stage

    def cpu_ms(self, connections: int = CONNECTIONS) -> float:
        """CPU milliseconds of the server per request. Raises Broken at the first wrong response."""
        requests = list(turn(self.page, self.stage.people, datetime.now(UTC)))
        order = {"port": self.stage.server.port, "connections": connections, "requests": requests}
        before = self.stage.server.cpu_seconds()
        answered = run("tools.bench.load", order=order, environment=os.environ)
        return (self.stage.server.cpu_seconds() - before) * 1000 / answered


def targets(pages: Iterable[Page], stages: dict[str, Stage]) -> list[Target]:
    """The targets of the yardstick, then each page with each history."""
    return [Target(page, "", stages[""]) for page in YARDSTICK] + [
        Target(page, history, stages[history]) for page in pages for history in page.histories
    ]


def measure(pages: Iterable[Page], stages: dict[str, Stage], tell: Callable[[str], object]) -> Costs:
    """The first round warms up and does not count. Each round begins with another day of all people."""
    chosen = targets(pages, stages)
    costs: Costs = {(target.page.name, target.history): [] for target in chosen}
    for number in range(ROUNDS + 1):
        tell(f"Round {number} of {ROUNDS} ..." if number else "Warming up ...")
        for history, stage in stages.items():
            if history:
                stage.begin(number)
        for target in chosen if number % 2 else reversed(chosen):
            cost = target.cpu_ms(CONNECTIONS if number else WARM_UP_CONNECTIONS)
            costs[target.page.name, target.history] += [cost] if number else []
    return costs
