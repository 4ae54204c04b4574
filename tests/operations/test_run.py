"""bin/run: a server and a sender of reminders. Stand-ins take the place of both, and say their process ids."""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from select import select

import pytest

from tests.conftest import ROOT

PYTHON = """#!/bin/sh
case "$1 $2" in
"- "*) echo 127.0.0.1 ;;
"manage.py prepare") echo 1 ;;
"-m granian") echo "server $$" >begun && exec sleep 100 ;;
"manage.py remind") echo "sender $$" >begun && exec sleep 100 ;;
esac
"""


class Running:
    def __init__(self, folder):
        os.mkfifo(folder / "begun")
        self.begun = os.fdopen(os.open(folder / "begun", os.O_RDWR), "rb", buffering=0)
        pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        self.run = subprocess.Popen([ROOT / "bin" / "run"], cwd=folder, start_new_session=True, **pipes)
        self.pids = {}

    def wait_for_one(self):
        """Until the server or the sender has begun."""
        assert select([self.begun], [], [], 20)[0], "nothing has begun"
        name, pid = self.begun.readline().split()
        self.pids[name.decode()] = int(pid)
        return int(pid)

    def kill(self, name):
        os.kill(self.pids[name], signal.SIGKILL)

    def is_alive(self, name):
        return Path(f"/proc/{self.pids[name]}").exists()


@pytest.fixture
def running(tmp_path):
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON)
    python.chmod(0o700)
    (tmp_path / "var").mkdir()
    running = Running(tmp_path)
    running.wait_for_one()
    running.wait_for_one()
    yield running
    running.begun.close()
    running.run.stderr.close()
    for pid in running.pids.values():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_a_sender_that_dies_is_started_again_and_the_server_goes_on(running):
    server, first = running.pids["server"], running.pids["sender"]
    for _ in range(2):
        running.kill("sender")
        running.wait_for_one()

    assert running.pids["sender"] != first
    assert running.pids["server"] == server
    assert running.is_alive("server")
    assert running.run.poll() is None

    running.run.terminate()
    running.run.wait(20)
    assert [name for name in running.pids if running.is_alive(name)] == []


def test_with_the_server_the_sender_ends_too(running):
    running.kill("server")

    assert running.run.wait(20) == 128 + signal.SIGKILL
    assert not running.is_alive("sender")
