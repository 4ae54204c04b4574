"""The memory of a worker that has served every page, and the bytes of a page."""

from http.client import HTTPConnection

from tools.bench.pages import GZIP, PAGES, WEEKS, Page
from tools.bench.rounds import WARM_UP_CONNECTIONS, WARM_UP_SECONDS, Target
from tools.bench.stages import Stage
from tools.bench.table import mark

MOST_MB = 55
MOST_SENT = {"today": 5 * 1024, "progress": 8 * 1024}  # bytes


def memory(stage: Stage) -> str:
    """A line of Markdown."""
    for page in PAGES:
        Target(page, WEEKS, stage).cpu_ms(WARM_UP_SECONDS, WARM_UP_CONNECTIONS)
    held = stage.server.worker_mb()
    return f"A worker holds {held:.1f} MB (PSS); bar: <= {MOST_MB} MB{mark(held <= MOST_MB)}"


def sent(stage: Stage) -> str:
    """A line of Markdown for each page."""
    lines = []
    for page in PAGES:
        if page.fields is None and not page.headers:
            size, most = _bytes(stage, page), MOST_SENT.get(page.name)
            bar = f"; bar: <= {most}{mark(size <= most)}" if most else ""
            lines.append(f"{page.name.capitalize()} is {size} bytes, compressed{bar}")
    return "\n\n".join(lines)


def _bytes(stage: Stage, page: Page) -> int:
    connection = HTTPConnection("127.0.0.1", stage.server.port, timeout=20)
    connection.request("GET", page.path, headers={**GZIP, "Cookie": stage.cookie})
    return len(connection.getresponse().read())
