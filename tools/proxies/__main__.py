"""`make drill-proxies`: real proxies before Footcare, set up by our recipes, on the usual port of HTTPS and another.

It exits with 1 when a visit through one of them fails.
"""

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import monotonic

from tools.proxies.recipes import NAME, RECIPES, Recipe
from tools.proxies.visitor import Visitor, visit
from tools.rig.servers import ROOT, Broken, Unavailable, free_port
from tools.storm.servers import LOOK_EVERY, NotUp, Server

PORTS = (443, 8443)
START_TIMEOUT, STOP_TIMEOUT = 20, 10  # seconds
KEY = "for this drill only: 0123456789 abcdefghijklmnopqrstuvwxyz"
SETTINGS = {"HTTPS": "1", "TRUSTED_PROXY_COUNT": "1", "ALLOWED_HOSTS": f"{NAME}, localhost, 127.0.0.1"}


@contextmanager
def app(folder: Path):
    """Footcare as bin/run serves it, with the demo account."""
    server = Server(free_port(), folder, SECRET_KEY=KEY, **SETTINGS)
    server.start()
    try:
        server.wait_until_ready()
        command = [sys.executable, "manage.py", "demo", "--days=0"]
        subprocess.run(command, cwd=ROOT, env=server.environment, stdout=subprocess.DEVNULL, check=True)
        yield server
    finally:
        server.end()


def certify(folder: Path) -> None:
    subject = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    files = ["-keyout", "key.pem", "-out", "certificate.pem"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject, *files]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)


@contextmanager
def proxy(recipe: Recipe, folder: Path, port: int, app_port: int):
    certify(folder)
    command = recipe.write(folder, port, app_port)
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=os.environ | home, stdout=log, stderr=log)
    try:
        _wait_for(lambda: (folder / recipe.authority).exists() and _listens(port), process, folder / "log")
        yield
    finally:
        process.terminate()
        process.wait(STOP_TIMEOUT)


def _wait_for(ready, process: subprocess.Popen, log: Path) -> None:
    until, pause = monotonic() + START_TIMEOUT, Event()
    while not ready():
        if process.poll() is not None or monotonic() > until:
            raise Broken(f"the proxy did not start: {log.read_text()[-300:]}")
        pause.wait(LOOK_EVERY)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def need(port: int) -> None:
    """Raises Unavailable where the port is taken or kept for root."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Unavailable(f"port {port} cannot be used: {error.strerror}") from error


def faults(recipe: Recipe, port: int, app_port: int) -> list[str]:
    need(port)
    with TemporaryDirectory(prefix="footcare-proxy-") as folder, proxy(recipe, Path(folder), port, app_port):
        return visit(Visitor(port, Path(folder) / recipe.authority))


def main() -> None:
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    failed = False
    with TemporaryDirectory(prefix="footcare-proxies-") as folder, app(Path(folder)) as server:
        for recipe in RECIPES:
            for port in PORTS:
                try:
                    broken = faults(recipe, port, server.port)
                    said = f"broken: {', '.join(broken)}" if broken else "good"
                except Unavailable as why:
                    broken, said = [], f"not run: {why}"
                except (Broken, NotUp, OSError, subprocess.SubprocessError) as why:
                    broken, said = [str(why)], f"broken: {why}"
                failed = failed or bool(broken)
                sys.stdout.write(f"{recipe.command[0]:6} {port:5} by {recipe.source}: {said}\n")
    sys.exit(failed)


main()
