"""One run: `python -m tools.bench [page ... postgres memory bytes data reminders taps coach]`.

It exits with 0 however fast or slow the pages are, and with 1 when it could not measure or when the coach is late
or costs too much.
"""

import signal
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.bench.coach import coach
from tools.bench.export_import import data
from tools.bench.first import first
from tools.bench.memory import ALL_WAYS_IN, memory, memory_with_all, sent
from tools.bench.pages import PAGES, PEOPLE, SMALL, WEEKS, Page
from tools.bench.reminders import reminders
from tools.bench.rounds import measure
from tools.bench.stages import Databases, alone, stages
from tools.bench.table import circumstances, table
from tools.bench.taps import taps
from tools.rig.cluster import cluster
from tools.rig.servers import Broken

ENDINGS = (signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    parser = ArgumentParser(prog="make bench", description="CPU of the server a request, beside a yardstick.")
    names = [*(page.name for page in PAGES), *ALONE]
    parser.add_argument("pages", nargs="*", metavar="page", help=f"one of {', '.join(names)}; all when none is named")
    chosen = parser.parse_args().pages
    if unknown := set(chosen) - set(names):
        parser.error(f"no such page: {', '.join(unknown)}")
    for ending in ENDINGS:
        signal.signal(ending, lambda number, _frame: sys.exit(128 + number))
    try:
        pages = [page for page in PAGES if not chosen or page.name in chosen]
        if pages:
            _print(_measured(pages))
        for name, measured in ALONE.items():
            if not chosen or name in chosen:
                measured()
    except Broken as broken:
        sys.exit(f"Nothing was measured: {broken}")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def _measured(pages: Sequence[Page], databases: Databases | None = None) -> str:
    """The table, where and when it was measured, and the first request of a worker."""
    when = circumstances()
    _tell("Making histories, starting servers ...")
    with (
        TemporaryDirectory(prefix="footcare-bench-") as folder,
        stages(Path(folder), {history for page in pages for history in page.histories}, databases) as made,
    ):
        return f"{table(pages, measure(pages, made, _tell))}\n\n{when}\n\n{first(made[''], made[PEOPLE])}"


def _postgres() -> None:
    """The same on PostgreSQL, without the CPU of the database. The crowd is left out: its SQL is for SQLite."""
    pages = [replace(page, histories=tuple(each for each in page.histories if each in SMALL)) for page in PAGES]
    with cluster() as server:
        _print(f"On PostgreSQL:\n\n{_measured(pages, server.new_database)}")


def _data() -> None:
    _tell("Saving ten years and bringing them in ...")
    with TemporaryDirectory(prefix="footcare-bench-") as folder:
        _print(data(Path(folder)))


def _reminders() -> None:
    _tell("Sending 10,000 reminders, a minute ...")
    with TemporaryDirectory(prefix="footcare-bench-") as folder:
        _print(reminders(Path(folder)))


def _memory() -> None:
    with alone(PEOPLE) as stage:
        _print(memory(stage))
    with alone(PEOPLE, **ALL_WAYS_IN) as stage:
        _print(memory_with_all(stage))


def _bytes() -> None:
    with alone(PEOPLE) as stage:
        _print(sent(stage))


def _taps() -> None:
    _tell("Tapping on a slow phone, a minute ...")
    with alone(WEEKS) as stage:
        _print(taps(stage))


def _coach() -> None:
    """On an account with an open midday session."""
    _tell("Running a midday with the coach, five minutes ...")
    with alone(WEEKS) as stage:
        text, kept = coach(stage)
    _print(text)
    if not kept:
        sys.exit("The coach is late, or it costs too much.")


def _tell(line: str) -> None:
    """Prints the progress, on stderr."""
    sys.stderr.write(f"{line}\n")


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")


# Each part runs alone on its server.
ALONE = {
    "postgres": _postgres,
    "memory": _memory,
    "bytes": _bytes,
    "data": _data,
    "reminders": _reminders,
    "taps": _taps,
    "coach": _coach,
}

main()
