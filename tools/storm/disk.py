"""A full disk: a small file system in memory."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.rig.servers import Unavailable

SIZE = 24  # MB
LEFT = 256 * 1024  # bytes left free by the ballast, for some ticks


@contextmanager
def small_disk() -> Iterator[Path]:
    """Mounts the disk. Raises Unavailable without the right to mount."""
    with TemporaryDirectory(prefix="footcare-storm-disk-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=700", "tmpfs", folder]
        if os.getuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
            raise Unavailable("a small disk can only be mounted by root")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> Path:
    """Fills the disk up to LEFT bytes, or less if others write meanwhile."""
    room = os.statvfs(folder)
    ballast = folder / "ballast"
    with suppress(OSError):
        ballast.write_bytes(bytes(room.f_bavail * room.f_frsize - LEFT))
    return ballast
