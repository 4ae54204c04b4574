"""Footcare as `make run` serves it, on a port of its own, to kill and start again."""

import os
import shlex
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from threading import Event
from time import monotonic

from tools.rig.servers import ROOT

GIVEN_UP = "Worker crash loop detected"  # as Granian logs it
START_TIMEOUT, LOOK_EVERY = 90, 0.05  # seconds


class NotUp(Exception):
    """A started server does not answer."""


class Server:
    """bin/run in a session of its own, which marks its processes; no other process is touched."""

    def __init__(self, port: int, folder: Path, **settings: str) -> None:
        own = {"PORT": str(port), "HOST": "127.0.0.1", "DATA_DIR": str(folder)}
        static = str(Path(os.environ.get("STATIC_ROOT", "var/static")).absolute())
        passed = {name: os.environ[name] for name in ("PATH", "TIED") if name in os.environ}
        self.environment: Mapping[str, str] = {**passed, "STATIC_ROOT": static, **own, **settings}
        self.port, self.log = port, folder / "server.log"
        self._pause = Event()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*shlex.split(os.environ.get("TIED", "")), ROOT / "bin" / "run"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        until = monotonic() + START_TIMEOUT
        while not self.answers():
            if monotonic() > until or self.process.poll() is not None:
                raise NotUp(f"The server on port {self.port} did not start: {self.log.read_text()[-300:]}")
            self._pause.wait(LOOK_EVERY)

    def answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def start_if_given_up(self) -> None:
        """Starts the server again if it gave up, like a service manager. It replaces a dead worker itself."""
        if self.process.poll() is not None and self.count(GIVEN_UP):
            self.start()
            self.wait_until_ready()

    def kill_a_worker(self, chance: Random) -> None:
        if workers := self._workers():
            _kill(chance.choice(workers))

    def kill_everything(self) -> None:
        """Kills the server and all workers at once."""
        while pids := self._session():  # a new process may have started meanwhile
            for pid in pids:
                _kill(pid)
            self._pause.wait(LOOK_EVERY)
        self.process.wait()

    def end(self) -> None:
        """Stops the server with TERM, like a service manager."""
        self.process.terminate()
        try:
            self.process.wait(20)
        finally:
            for pid in self._session():
                _kill(pid)

    def count(self, *words: str) -> int:
        """The number of log lines with one of these words."""
        return sum(any(word in line for word in words) for line in self.log.read_text().splitlines())

    def _workers(self) -> list[int]:
        """The workers: bin/run starts the server, and the server starts them. Not the sender of reminders."""
        parents = self._session()
        children = [pid for pid, parent in parents.items() if parents.get(parent) == self.process.pid]
        return [pid for pid in children if b"granian" in _read(pid, "cmdline")]

    def _session(self) -> dict[int, int]:
        """{process: parent} of the session. man 5 proc_pid_stat: state, parent, group, session follow the name."""
        numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
        fields = {pid: _read(pid, "stat").rpartition(b")")[2].split() for pid in numbers}
        living = {pid: each for pid, each in fields.items() if each and each[0] != b"Z"}
        return {pid: int(each[1]) for pid, each in living.items() if int(each[3]) == self.process.pid}


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""
