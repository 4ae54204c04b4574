"""A real server, a phone-sized Chromium, and a watch on what the browser complains of."""

import os
import socket
import subprocess
import sys
from contextlib import closing, suppress
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection

from tests.conftest import ROOT, logged_in

CHROMIUM_FLAGS = [
    "--no-sandbox",  # root, in a container, has none; the pages are our own
    "--disable-gpu",
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
GRANIAN = [
    "footcare.wsgi:application",
    "--interface=wsgi",
    "--http=1",
    "--no-ws",
    "--host=127.0.0.1",
    "--workers=2",
    "--blocking-threads=1",
    "--workers-kill-timeout=3",
]
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
    console.error("CSP", event.effectiveDirective, event.blockedURI, event.sourceFile));
"""


@pytest.fixture(scope="session")
def server(django_db_setup, static_files):
    """The address of granian as `make run` starts it, on the database of the tests."""
    port = free_port()
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}"}
    tied = os.environ.get("TIED", "").split()  # by make: the server ends with the tests, even when they are killed
    process = subprocess.Popen(
        [*tied, sys.executable, "-m", "granian", *GRANIAN, f"--port={port}"],
        cwd=ROOT,
        env=environment,
    )
    try:
        wait_until_it_answers(process, f"http://localhost:{port}/healthz")
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait()


def free_port():
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return probe.getsockname()[1]


def wait_until_it_answers(process, url):
    for _ in range(600):
        with suppress(OSError):
            return urlopen(url)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.05)
            pytest.fail("The server ended before it answered.")
    pytest.fail("The server did not answer within 30 seconds.")


@pytest.fixture(scope="session")
def base_url(server):
    return server


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = os.environ.get("CHROMIUM") or subprocess.check_output("bin/ensure-chromium", cwd=ROOT, text=True).strip()
    return browser_type_launch_args | {"executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A phone, in a zone that is not the server's."""
    return browser_context_args | {
        "viewport": {"width": 390, "height": 844},
        "locale": "en-GB",
        "timezone_id": "Europe/Berlin",
    }


@pytest.fixture
def console_clean(request):
    """Collects what the browser complains of; at the end nothing may be left but what the test said to expect."""
    complaints = []
    yield complaints
    expected = [text for mark in request.node.iter_markers("expects_in_console") for text in mark.args]
    unexpected = [line for line in complaints if not any(text in line for text in expected)]
    assert not unexpected, "\n".join(unexpected)


@pytest.fixture
def new_context(transactional_db, server, console_clean, new_context):
    """Each context, so each page, is watched; it is closed before the watch ends and the tables are emptied."""

    def watched_context(**options):
        context = new_context(**options)
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", lambda line: line.type == "error" and console_clean.append(describe(line)))
        context.on("weberror", lambda error: console_clean.append(str(error.error)))
        return context

    return watched_context


def describe(line):
    return f"{line.text} ({line.location['url']})"


@pytest.fixture
def log_in():
    """Log a user in by a session cookie: what a log-in leaves behind, without its form."""

    def log_in(page, user):
        page.context.add_cookies([session_cookie(user, page.context)])

    def session_cookie(user, context):
        name = settings.SESSION_COOKIE_NAME
        return {"name": name, "value": logged_in(user).cookies[name].value, "domain": "localhost", "path": "/"}

    return log_in


@pytest.fixture
def alice_page(page, alice, log_in):
    log_in(page, alice)
    return page


@pytest.fixture
def axe():
    """Assert that axe finds nothing wrong with a page as it stands."""

    def check(page):
        results = Axe().run(WorldOfItsOwn(page))
        assert results.violations_count == 0, results.generate_report()

    return check


class WorldOfItsOwn:
    """Evaluates beside a page's scripts, not among them: axe needs timers, and a test may have stopped the page's."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        frame = self.session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = self.session.send("Page.createIsolatedWorld", {"frameId": frame})
        self.options = {"contextId": world["executionContextId"], "awaitPromise": True, "returnByValue": True}

    def evaluate(self, expression):
        answer = self.session.send("Runtime.evaluate", self.options | {"expression": expression})
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")
