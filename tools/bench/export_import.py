"""Export and import: CPU and memory for a week and for ten years.

`python -m tools.bench.export_import make|save|bring FILE DAYS` runs in a process of its own, in the environment of one
database, and prints what it took as JSON.
"""

import gzip
import json
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any

from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone

from tools.rig.processes import environment, run

HISTORIES = {"One week": 7, "Ten sets a day for ten years": 4950}  # days of the demo history, which skips some
MOST_MEMORY = 64  # MB above the idle process
CHUNK = 64 * 1024

Figures = dict[str, float]


def data(folder: Path) -> str:
    """A line of Markdown for each history."""
    return "\n\n".join(_line(folder / str(days), name, days) for name, days in HISTORIES.items())


def _line(folder: Path, name: str, days: int) -> str:
    folder.mkdir()
    file = folder / "footcare.json"
    settings = environment(DATA_DIR=folder)
    made, saved, brought = (
        run("tools.bench.export_import", act, str(file), str(days), environment=settings)
        for act in ("make", "save", "bring")
    )
    kept = max(saved["mb"], brought["mb"]) <= MOST_MEMORY
    return (
        f"{name}: {made['sets']:,} sets, a file of {file.stat().st_size / 1e6:.1f} MB, "
        f"{saved['packed']:.1f} MB packed. Saved in {saved['cpu']:.1f} s of CPU with {saved['mb']:.0f} MB more than "
        f"at rest; looked through and brought in in {brought['cpu']:.1f} s with {brought['mb']:.0f} MB; "
        f"bar: ≤ {MOST_MEMORY} MB{' ✓' if kept else ' **missed**'}"
    )


def make(file: Path, days: int) -> Figures:
    """A user with `days` days of history, in an empty database."""
    from exercises.models import CompletedSet, User
    from exercises.record import demo

    for command in ("migrate", "createcachetable", "load_catalogue"):
        call_command(command, verbosity=0)
    demo.write(User.objects.create_user("walker@example.org"), timezone.now().date(), days)
    return {"sets": CompletedSet.objects.count()}


def save(file: Path, days: int) -> Figures:
    """The export as a browser gets it, compressed."""
    from exercises.models import User
    from exercises.views.export import export_json

    request: Any = RequestFactory(headers={"Accept-Encoding": "gzip"}).get("/export.json")
    request.user = User.objects.get()
    answers: list[bytes] = []
    cost = _cost(lambda: answers.append(export_json(request).content))
    file.write_bytes(gzip.decompress(answers[0]))
    return cost | {"packed": len(answers[0]) / 1e6}


def bring(file: Path, days: int) -> Figures:
    """Imports into a new account as the pages do: preview, store, read again, import."""
    from exercises.models import Packing, Upload, User
    from exercises.record.archive.merge import apply, preview
    from exercises.record.archive.reader import entries

    user = User.objects.create_user("second@example.org")

    def act() -> None:
        now = timezone.now()
        with file.open("rb") as saved:
            packing = Packing(iter(lambda: saved.read(CHUNK), b""))
            found = preview(user, entries(packing), now)
        Upload.objects.put(user, packing.packed, found.as_json(), now)
        apply(user, entries(Upload.objects.get(user=user).chunks()), now)

    return _cost(act)


def _cost(act: Callable[[], None]) -> Figures:
    """(CPU seconds, growth of the peak memory in MB) of one call."""
    before, begun = _most_memory(), process_time()
    act()
    return {"cpu": process_time() - begun, "mb": _most_memory() - before}


def _most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    name, path, number = sys.argv[1:]
    import_module("footcare.wsgi")
    json.dump({"make": make, "save": save, "bring": bring}[name](Path(path), int(number)), sys.stdout)
