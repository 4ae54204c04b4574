"""Counts the records after a storm, and compares them to the events sent."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from statistics import quantiles
from typing import Any

from tools.storm.clients import Answer, Clients

LEAST_RATE, MOST_P99, MOST_BACK = 200, 1.0, 5.0  # ticks a second, seconds, seconds
COUNTS = ("delivered", "acknowledged", "lost", "double", "wrong", "locked", "5xx")
HEAD = ["what", *COUNTS, "ticks/s", "p50 ms", "p99 ms", "back s"]
NONE = COUNTS[2:]


@dataclass
class Faults:
    """The start of a fault (monotonic); it ends with the first good answer afterwards.

    If something must be given back, like disk space, the wait starts at `freed`; after a restart, when that is `over`:
    until the database really stops, it still answers.
    """

    began: list[float] = field(default_factory=list)
    over: list[float] = field(default_factory=list)
    freed: float | None = None

    def spans(self, answers: Sequence[Answer]) -> list[tuple[float, float]]:
        good = sorted((each for each in answers if each.good), key=lambda each: each.ended)
        waits = [self.freed or over for over in self.over or self.began]
        backs = [next((each.ended for each in good if each.began > wait), inf) for wait in waits]
        return list(zip(self.began, backs, strict=True))


def result_row(
    name: str, clients: Clients, records: Sequence[Mapping[str, Any]], locked: int, faults: Faults
) -> dict[str, Any]:
    """`records` are the exports, in the order of the users."""
    spans = faults.spans(clients.answers)
    calm = [
        each for each in clients.answers if not any(each.ended > began and each.began < back for began, back in spans)
    ]
    kept = Counter((user, each["id"]) for user, record in enumerate(records) for each in _facts(record))
    took = sorted(each.ended - each.began for each in calm if each.good)
    cuts = quantiles(took, n=100) if len(took) > 1 else [0.0] * 99
    lasted = max(each.ended for each in clients.answers) - min(each.began for each in clients.answers)
    return {
        "what": name,
        "delivered": sum(each.good for each in clients.answers),
        "acknowledged": len(clients.acknowledged),
        "lost": len(clients.acknowledged - set(kept)),
        "double": sum(count - 1 for count in kept.values()),
        "wrong": len(set(kept) - clients.sent) + sum(map(_misread, records)),
        "locked": locked,
        "5xx": sum((each.status or 0) >= 500 for each in calm),
        "ticks/s": round(sum(each.good for each in clients.answers) / lasted, 1),
        "p50 ms": round(cuts[49] * 1000),
        "p99 ms": round(cuts[98] * 1000),
        "back s": max((round(back - (faults.freed or began), 2) for began, back in spans), default=""),
    }


def _facts(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*record["sets"], *record["undos"]]


def _misread(record: Mapping[str, Any]) -> int:
    """Sets that count although they were undone, or the reverse."""
    targets = {each["target"] for each in record["undos"]}
    return sum(each["undone"] != (each["id"] in targets) for each in record["sets"])


def broken_promises(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    counted = [f"{row['what']}: {row[name]} {name}" for row in rows for name in NONE if row[name]]
    return counted + [f"{row['what']}: never back" for row in rows if row["back s"] == inf]


def missed_bars(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The figures of speed, which depend on the machine and its load."""
    slow = [f"{row['what']}: {row['ticks/s']} ticks/s, asked for are {LEAST_RATE}" for row in rows if _too_slow(row)]
    late = [f"{row['what']}: p99 {row['p99 ms']} ms" for row in rows if row["p99 ms"] >= MOST_P99 * 1000]
    away = [
        f"{row['what']}: back after {row['back s']} s" for row in rows if row["back s"] and row["back s"] >= MOST_BACK
    ]
    return [*slow, *late, *away]


def _too_slow(row: Mapping[str, Any]) -> bool:
    return row["what"].startswith("calm") and row["ticks/s"] < LEAST_RATE


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    lines = [HEAD, ["---"] * len(HEAD), *([str(row[name]) for name in HEAD] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
