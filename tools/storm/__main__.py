"""One storm: `python -m tools.storm [--short] [scenario ...]`.

It exits with 1 when a promise is broken; it only reports speed.
"""

import os
import signal
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from http.client import HTTPException

from tools.rig.servers import Broken, Unavailable
from tools.storm.clients import CLIENTS
from tools.storm.durability import Unsafe
from tools.storm.results import broken_promises, missed_bars, table
from tools.storm.scenarios import LONG, SCENARIOS, SHORT
from tools.storm.servers import NotUp

ENDINGS = (signal.SIGTERM, signal.SIGHUP)


def circumstances() -> list[str]:
    """The date and the machine, on which the speed depends."""
    load = f"load {os.getloadavg()[0]:.1f}"
    return [f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, {load}, {CLIENTS} clients", ""]


def main() -> None:
    parser = ArgumentParser(prog="make storm", description="What was acknowledged is kept, whatever is killed.")
    parser.add_argument("--short", action="store_true", help="a little of each, as `make check` does")
    parser.add_argument(
        "scenarios", nargs="*", metavar="scenario", help=f"one of {', '.join(SCENARIOS)}; all when none is named"
    )
    options = parser.parse_args()
    if unknown := set(options.scenarios) - set(SCENARIOS):
        parser.error(f"no such scenario: {', '.join(unknown)}")
    for ending in ENDINGS:  # stops the processes and removes the folders
        signal.signal(ending, lambda number, _frame: sys.exit(128 + number))
    rows, broken, not_run = [], [], []
    for name in options.scenarios or SCENARIOS:
        sys.stderr.write(f"{name} ...\n")
        try:
            rows += SCENARIOS[name](SHORT if options.short else LONG)
        except Unavailable as why:
            not_run.append(f"{name}: {why}")
        except (Broken, Unsafe, NotUp, OSError, HTTPException) as why:
            broken.append(f"{name}: {why!r}")
    broken += broken_promises(rows)
    report = [table(rows), "", *circumstances(), *(f"broken: {each}" for each in broken)]
    report += [f"missed: {each}" for each in missed_bars(rows)] + [f"not run: {each}" for each in not_run]
    sys.stdout.write("\n".join(report) + "\n")
    sys.exit(bool(broken))


main()
