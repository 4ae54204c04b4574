"""Granian with the flags of bin/run on a free port, and the CPU time that its processes took."""

import os
import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template

ROOT = Path(__file__).resolve().parent.parent.parent
START_TIMEOUT, STOP_TIMEOUT = 30, 5  # seconds
LOOK_EVERY = 0.1  # seconds
TICKS = os.sysconf("SC_CLK_TCK")  # a second, in /proc


class Broken(Exception):
    """Nothing can be measured; its text says why."""


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen
    port: int

    def cpu_seconds(self) -> float:
        """User and system time of the server and its workers since they started."""
        return sum(_cpu_seconds_in(self.process.pid, file) for file in Path("/proc").glob("[0-9]*/stat"))

    def worker_mb(self) -> float:
        """PSS of its largest worker: what it holds alone, and its share of what it holds with others."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return max(_pss_mb(Path(f"/proc/{pid}/smaps_rollup").read_text()) for pid in children)


@contextmanager
def serving(application: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """A server that answers, ended in whatever way the block ends. Raises Broken when it does not start."""
    port = free_port()
    # In a session of its own it is spared the terminal's Ctrl-C, and its processes are told from all others.
    command = _command(application, port)
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=sys.stderr, start_new_session=True)
    try:
        _wait_until_it_listens(process, port)
        yield Server(process, port)
    finally:
        _end(process)


def _command(application: str, port: int) -> list[str]:
    """What bin/run starts, for this application and port."""
    found = re.search(r"-m granian \S+ (.+?) </dev/null", (ROOT / "bin" / "run").read_text(), re.DOTALL)
    if not found:
        raise Broken("bin/run no longer shows how granian is started.")
    flags = Template(found[1].replace("\\\n", "")).substitute(address="127.0.0.1", PORT=port)
    tied = shlex.split(os.environ.get("TIED", ""))
    return [*tied, sys.executable, "-m", "granian", application, *shlex.split(flags)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_listens(process: subprocess.Popen, port: int) -> None:
    for _ in range(round(START_TIMEOUT / LOOK_EVERY)):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if _has_ended(process, within=LOOK_EVERY):
                break
    raise Broken(f"The server on port {port} did not start.")


def _has_ended(process: subprocess.Popen, within: float) -> bool:
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    if not _has_ended(process, STOP_TIMEOUT):
        os.killpg(process.pid, 9)
        process.wait()


def _cpu_seconds_in(session: int, stat: Path) -> float:
    """The CPU time of a process if it belongs to that session (fields: man 5 proc_pid_stat)."""
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS if int(fields[3]) == session else 0.0


def _pss_mb(rollup: str) -> float:
    """Of a file in which Linux sums up what a process holds (man 5 proc_pid_smaps), in kB."""
    return next(int(line.split()[1]) / 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
