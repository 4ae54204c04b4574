"""Granian with the flags of bin/run on a free port, and the CPU time of its processes."""

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
    """The measurement failed; the text says why."""


class Unavailable(Broken):
    """This machine lacks something that the measurement needs."""


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen
    port: int

    def cpu_seconds(self) -> float:
        """User and system time of the server and its workers since they started."""
        return sum(_cpu_seconds_in(self.process.pid, file) for file in Path("/proc").glob("[0-9]*/stat"))

    def worker_mb(self) -> float:
        """PSS of the largest worker: its own memory and its share of common memory."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return max(_pss_mb(Path(f"/proc/{pid}/smaps_rollup").read_text()) for pid in children)


@contextmanager
def serving(application: str, environment: Mapping[str, str], interface: str = "asgi") -> Iterator[Server]:
    """A server that answers; it stops when the block ends. Raises Broken if it does not start."""
    port = free_port()
    # Its own session keeps the terminal's Ctrl-C away, and marks its processes.
    command = _command(application, port, interface)
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=sys.stderr, start_new_session=True)
    try:
        _wait_until_it_listens(process, port)
        yield Server(process, port)
    finally:
        _end(process)


def _command(application: str, port: int, interface: str) -> list[str]:
    """The command of bin/run, for this application, port and interface."""
    found = re.search(r"-m granian \S+ (.+?) </dev/null", (ROOT / "bin" / "run").read_text(), re.DOTALL)
    if not found:
        raise Broken("bin/run no longer shows how granian is started.")
    flags = Template(found[1].replace("\\\n", "")).substitute(address="127.0.0.1", PORT=port)
    flags = flags.replace("--interface asgi", f"--interface {interface}")
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
    """The CPU time of a process of that session, else 0 (fields: man 5 proc_pid_stat)."""
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS if int(fields[3]) == session else 0.0


def _pss_mb(rollup: str) -> float:
    """The PSS in MB from the memory summary of a process (man 5 proc_pid_smaps)."""
    return next(int(line.split()[1]) / 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
