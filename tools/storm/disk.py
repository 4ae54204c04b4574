"""A disk that is full: a small file system in memory, mounted for the time of the storm."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.rig.servers import Broken

SIZE = 24  # MB
LEFT = 256 * 1024  # bytes that the ballast leaves: room for some ticks


@contextmanager
def small_disk() -> Iterator[Path]:
    """Raises Broken where mounting is not allowed."""
    with TemporaryDirectory(prefix="footcare-storm-disk-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=700", "tmpfs", folder]
        if os.getuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
            raise Broken("a small disk can only be mounted by root")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> Path:
    """Ballast up to the last LEFT bytes, or as much as goes: those who write meanwhile may be faster."""
    room = os.statvfs(folder)
    ballast = folder / "ballast"
    with suppress(OSError):
        ballast.write_bytes(bytes(room.f_bavail * room.f_frsize - LEFT))
    return ballast
