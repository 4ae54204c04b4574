"""The figures as a Markdown table: the median over the rounds, with minimum and maximum."""

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from statistics import median

from tools.bench.pages import HISTORIES, PEOPLE, TURN, YARDSTICK, Page
from tools.bench.rounds import CONNECTIONS, ROUNDS, Costs

HEAD = ["what", "who", "CPU a request, ms", "× yardstick", "bar", "growth", "bar"]


def table(pages: Iterable[Page], costs: Costs) -> str:
    """A row for each page and history. A ratio is the median of the ratios of each round."""
    rows = [["yardstick's " + page.name, "", figure(costs[page.name, ""]), *[""] * 4] for page in YARDSTICK]
    rows += [_row(page, history, costs) for page in pages for history in page.histories]
    return "\n".join(line(cells) for cells in [HEAD, ["---"] * len(HEAD), *rows])


def circumstances() -> str:
    """The date and the machine, in one line."""
    packages = ", ".join(f"{name.title()} {version(name)}" for name in ("django", "granian"))
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, {packages}; "
        f"medians [least-most] of {ROUNDS} rounds of {TURN} requests, {CONNECTIONS} connections"
    )


def _row(page: Page, history: str, costs: Costs) -> list[str]:
    mine = costs[page.name, history]
    beside = _ratios(mine, costs[page.beside, ""])
    cells = [page.name, history, figure(mine), figure(beside), _bar(beside, page.most if history == PEOPLE else None)]
    grown = HISTORIES[history]
    if grown.beside not in page.histories:
        return [*cells, "", ""]
    growth = _ratios(mine, costs[page.name, grown.beside])
    return [*cells, f"{figure(growth)} × {grown.beside}", _bar(growth, grown.most)]


def _ratios(mine: Sequence[float], others: Sequence[float]) -> list[float]:
    return [one / other for one, other in zip(mine, others, strict=True)]


def figure(values: Sequence[float]) -> str:
    """The median, with the least and the most."""
    return f"{median(values):.2f} [{min(values):.2f}-{max(values):.2f}]"


def _bar(values: Sequence[float], most: float | None) -> str:
    if most is None:
        return ""
    return f"≤ {most:.2f}{mark(median(values) <= most)}"


def mark(kept: bool) -> str:
    """A note whether the limit holds."""
    return " ✓" if kept else " **missed**"


def line(cells: Iterable[str]) -> str:
    """A row of Markdown."""
    return f"| {' | '.join(cells)} |"
