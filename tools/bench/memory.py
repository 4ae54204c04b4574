"""The memory of a worker that has served every page, and the bytes of a page."""

from http.client import HTTPConnection
from statistics import median

from tools.bench.pages import GZIP, PAGES, PEOPLE
from tools.bench.rounds import WARM_UP_CONNECTIONS, Target
from tools.bench.stages import Stage
from tools.bench.table import mark
from tools.bench.turns import Person

MOST_MB, MOST_MB_WITH_ALL = 55, 75
# A mail server, a provider and a name; nobody answers there.
ALL_WAYS_IN = {
    "EMAIL_URL": "smtp://localhost:9",
    "PUBLIC_URL": "http://localhost",
    "OIDC_URL": "http://localhost:9",
    "OIDC_CLIENT_ID": "bench",
}
ASKED_FOR = ("/accounts/passkeys/log-in/", "/accounts/oidc/sso/login/", "/accounts/code/")
MOST_SENT = {"today": 5 * 1024, "progress": 8 * 1024}  # bytes


def memory(stage: Stage) -> str:
    """A line of Markdown."""
    _serve_every_page(stage)
    return _line("A worker holds", stage, MOST_MB)


def memory_with_all(stage: Stage) -> str:
    """The same of a worker that has also asked for a passkey and for the provider. The stage has ALL_WAYS_IN."""
    _serve_every_page(stage)
    for path in ASKED_FOR * WARM_UP_CONNECTIONS:  # of each worker, whichever takes the connection
        connection = HTTPConnection("127.0.0.1", stage.server.port, timeout=20)
        connection.request("GET", path, headers={"Accept": "application/json"})
        connection.getresponse().read()
    return _line("With all ways in on and used, it holds", stage, MOST_MB_WITH_ALL)


def _serve_every_page(stage: Stage) -> None:
    stage.begin(0)
    for page in PAGES:
        Target(page, PEOPLE, stage).cpu_ms(WARM_UP_CONNECTIONS)


def _line(words: str, stage: Stage, most: int) -> str:
    held = stage.server.worker_mb()
    return f"{words} {held:.1f} MB (PSS); bar: <= {most} MB{mark(held <= most)}"


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
