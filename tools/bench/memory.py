"""The memory of a worker that has served every page, and the bytes of a page."""

from http.client import HTTPConnection
from statistics import median

from tools.bench.pages import GZIP, PAGES, PEOPLE
from tools.bench.rounds import WARM_UP_CONNECTIONS, Target
from tools.bench.stages import Stage
from tools.bench.table import mark
from tools.bench.turns import Person

MOST_MB = 55
MOST_SENT = {"today": 5 * 1024, "progress": 8 * 1024}  # bytes


def memory(stage: Stage) -> str:
    """A line of Markdown."""
    stage.begin(0)
    for page in PAGES:
        Target(page, PEOPLE, stage).cpu_ms(WARM_UP_CONNECTIONS)
    held = stage.server.worker_mb()
    return f"A worker holds {held:.1f} MB (PSS); bar: <= {MOST_MB} MB{mark(held <= MOST_MB)}"


def sent(stage: Stage) -> str:
    """A line of Markdown for each page: its bytes for the 200 people."""
    stage.begin(0)
    lines = []
    for name in ("today", "progress", "session"):
        sizes, most = [_bytes(stage, person, name) for person in stage.people], MOST_SENT.get(name)
        bar = f"; bar: <= {most}{mark(max(sizes) <= most)}" if most else ""
        lines.append(f"{name.capitalize()} is {median(sizes):.0f} bytes, compressed, at most {max(sizes)}{bar}")
    return "\n\n".join(lines)


def _bytes(stage: Stage, person: Person, name: str) -> int:
    connection = HTTPConnection("127.0.0.1", stage.server.port, timeout=20)
    connection.request("GET", person.asks[name][0], headers={**GZIP, "Cookie": person.cookie})
    return len(connection.getresponse().read())
