"""The static files as production serves them: collected once for each state of their sources, then kept."""

import fcntl
from hashlib import sha256
from itertools import chain
from pathlib import Path
from shutil import rmtree

from django.core.management import call_command
from whitenoise import WhiteNoise

ROOT = Path(__file__).parent.parent.parent
KEPT = ROOT / ".pytest_cache" / "static"
SOURCES = ("static", "templates/illustrations", "footcare", "requirements.txt")
STATES = 3  # that of this run, and of those it may be running beside


def folder():
    """Named for what it is made of."""
    digest = sha256()
    for path in sorted(chain.from_iterable([ROOT / name, *(ROOT / name).rglob("*")] for name in SOURCES)):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return KEPT / digest.hexdigest()[:12]


def collect(root):
    """By one worker, while the others wait for it; once more where it was not finished."""
    KEPT.mkdir(parents=True, exist_ok=True)
    whole = root.with_suffix(".whole")
    with open(KEPT / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            call_command("collectstatic", interactive=False, verbosity=0)
            whole.touch()
            for old in sorted(KEPT.glob("*.whole"), key=lambda path: path.stat().st_mtime)[:-STATES]:
                old.unlink()
                rmtree(old.with_suffix(""))


def look_through_once():
    """Every test client begins with a server of its own: each serves the files that the first has found."""
    found, look_through = {}, WhiteNoise.update_files_dictionary

    def look_through_or_remember(self, root, prefix):
        if (root, prefix) not in found:
            look_through(self, root, prefix)
            found[root, prefix] = dict(self.files)
        self.files |= found[root, prefix]

    WhiteNoise.update_files_dictionary = look_through_or_remember
