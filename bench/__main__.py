"""One run: `python -m bench [page ...]`. Fast or slow, it ends with 0; with 1 when it could not measure."""

import signal
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.pages import PAGES, Page
from bench.rounds import measure, targets
from bench.servers import Broken
from bench.stages import stages
from bench.table import circumstances, table

ENDINGS = (signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    parser = ArgumentParser(prog="make bench", description="CPU of the server a request, beside a yardstick.")
    names = [page.name for page in PAGES]
    parser.add_argument("pages", nargs="*", metavar="page", help=f"one of {', '.join(names)}; all when none is named")
    chosen = parser.parse_args().pages
    if unknown := set(chosen) - set(names):
        parser.error(f"no such page: {', '.join(unknown)}")
    for ending in ENDINGS:
        signal.signal(ending, lambda number, _frame: sys.exit(128 + number))
    try:
        _print(_measured([page for page in PAGES if not chosen or page.name in chosen]))
    except Broken as broken:
        sys.exit(f"Nothing was measured: {broken}")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def _measured(pages: Sequence[Page]) -> str:
    """The table, and under which circumstances it came about."""
    when = circumstances()
    _tell("Making histories, starting servers ...")
    with (
        TemporaryDirectory(prefix="footcare-bench-") as folder,
        stages(Path(folder), {history for page in pages for history in page.histories}) as made,
    ):
        return f"{table(pages, measure(targets(pages, made), _tell))}\n\n{when}"


def _tell(line: str) -> None:
    """How far it is; not a part of the result."""
    sys.stderr.write(f"{line}\n")


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")


main()
