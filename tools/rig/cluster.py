"""A PostgreSQL server in a temporary folder on a free port, apart from the server of the machine."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import psycopg

from tools.rig.servers import Broken, Unavailable, free_port

USER = "postgres"  # PostgreSQL refuses to run as root


class Cluster:
    def __init__(self, folder: Path, programs: Path) -> None:
        self.data, self.programs, self.port = folder / "data", programs, free_port()
        self.url = f"postgresql://{USER}@127.0.0.1:{self.port}/{USER}"
        self.made = 0
        self._run("initdb", "--auth=trust", f"--username={USER}", "--no-locale", "--encoding=UTF8")
        own = f"port = {self.port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n"
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(own)
        self._run("pg_ctl", "start", "--wait", f"--log={folder / 'postgresql.log'}")

    def new_database(self) -> str:
        """Its URL."""
        self.made += 1
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE made_{self.made}")
        return f"{self.url.rpartition('/')[0]}/made_{self.made}"

    def restart_at_once(self) -> None:
        """Stops at once, as in a crash: it writes nothing and waits for no connection."""
        self._run("pg_ctl", "restart", "--wait", "--mode=immediate", f"--log={self.data.parent / 'postgresql.log'}")

    def end(self) -> None:
        self._run("pg_ctl", "stop", "--mode=immediate")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), f"--pgdata={self.data}", *arguments]
        other = {"user": USER, "group": pwd.getpwnam(USER).pw_gid} if os.getuid() == 0 else {}
        done = subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, **other)
        if done.returncode:
            raise Broken(f"{program}: {done.stderr.decode().strip()}")


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Starts a server. Raises Unavailable without an installed PostgreSQL."""
    programs = _programs()
    folder = Path(mkdtemp(prefix="footcare-storm-postgresql-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, USER)
        made = Cluster(folder, programs)
        try:
            yield made
        finally:
            made.end()
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    """The programs of PostgreSQL. Debian has a folder for each version, outside of PATH."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb"), *filter(None, [shutil.which("initdb")])]
    if not found:
        raise Unavailable("there is no initdb: install PostgreSQL (sudo apt-get install postgresql)")
    return Path(max(found, key=lambda path: [int(part) for part in Path(path).parts if part.isdecimal()])).parent
