"""A real server, a phone-sized Chromium, and a watch on what the browser complains of."""

import os
import socket
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from functools import partial
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from tests.conftest import ROOT, logged_in
from tests.support.page_keeper import Keeper
from tests.support.phone_day import PHONE_ZONE
from tests.support.pocket import FRIDAY, PLAIN, Pocket, expect_round, in_control, stored_pages
from tests.support.session_page import SessionPage, silence
from tests.support.under_way import COUNT
from tests.support.usual_plan import plan_since

CHROMIUM_FLAGS = [
    f"--host-resolver-rules=MAP {PLAIN} 127.0.0.1",
    "--no-sandbox",  # root, in a container, has none; the pages are our own
    "--disable-gpu",
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # For every window Chromium makes pages of its own: of the address bar, and one to have in hand. They took more time
    # than ours. Only the last such flag counts, so what Playwright switches off is named here again.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,SpareRendererForSitePerProcess,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch",
]
GRANIAN = [
    "--interface=asgi",
    "--http=1",
    "--no-ws",
    "--host=127.0.0.1",
    "--workers=2",
    "--blocking-threads=1",
    "--workers-kill-timeout=3",
]
# A busy machine is no fault of the code. Only a failure takes this long.
expect.set_options(timeout=20_000)
# The browser gives a page that is being left its network back, so the page would still send its events.
STAYS_OFFLINE = """
addEventListener("beforeunload", () => {
    if (!navigator.onLine) window.fetch = () => Promise.reject(new TypeError("no network"));
});
"""
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
    console.error("CSP", event.effectiveDirective, event.blockedURI, event.sourceFile));
"""
# An animation within closed details stands still: it never ends.
ALL_HAS_APPEARED = """
Promise.allSettled(document.getAnimations()
    .filter((each) => each.playState === "running" && each.effect.getComputedTiming().endTime < Infinity)
    .filter((each) => each.effect.target.checkVisibility())
    .map((each) => each.finished)).then(() => true)
"""
# To load every stylesheet again is of use to rules about media that play by themselves, of which no page has any.
# What passes is left out of the answer, which is large enough to take time.
VIOLATIONS = {"resultTypes": ["violations"], "reporter": "no-passes", "preload": False}
COLOURS = VIOLATIONS | {"runOnly": ["color-contrast", "link-in-text-block"]}


@pytest.fixture(scope="session")
def moods(tmp_path_factory):
    """The file that the server obeys. Only a test with a pocket writes there, and leaves it as it was."""
    moods = tmp_path_factory.mktemp("moody") / "moods.json"
    moods.write_text("{}")
    return moods


@pytest.fixture(scope="session")
def server(django_db_setup, static_files, moods):
    """The address of granian as `make run` starts it, on the database of the tests; it obeys a file (see moody.py)."""
    with serving(moods) as address:
        yield address


@contextmanager
def serving(moods, **settings):
    port = free_port()
    database = {"DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}"}
    hosts = {"MOODS": str(moods), "ALLOWED_HOSTS": f"localhost,127.0.0.1,{PLAIN}"}
    environment = os.environ | database | hosts | settings
    tied = os.environ.get("TIED", "").split()  # by make: the server ends with the tests, even when they are killed
    process = subprocess.Popen(
        [*tied, sys.executable, "-m", "granian", "tests.support.moody:application", *GRANIAN, f"--port={port}"],
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
    for _ in range(2400):
        with suppress(OSError):
            return urlopen(url)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.05)
            pytest.fail("The server ended before it answered.")
    pytest.fail("The server did not answer within two minutes.")


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
        "timezone_id": PHONE_ZONE,
    }


@pytest.fixture
def console_clean(request):
    """Collects the errors of the console; the test fails on any that it did not mark as expected."""
    complaints = []
    yield complaints
    expected = [text for mark in request.node.iter_markers("expects_in_console") for text in mark.args]
    unexpected = [line for line in complaints if not any(text in line for text in expected)]
    assert not unexpected, "\n".join(unexpected)


@pytest.fixture
def new_context(transactional_db, server, console_clean, new_context):
    """Each context, so each page, is watched; it is closed before the watch ends and the tables are emptied."""

    def watched_context(**options):
        return watched(new_context(**options), console_clean)

    return watched_context


def watched(context, complaints, worker=False):
    """`worker`: whether the browser has service workers; they ask for pages of their own, in the way of other tests."""
    context.add_init_script(REPORT_VIOLATIONS)
    context.add_init_script(COUNT)
    context.add_init_script(STAYS_OFFLINE)
    if not worker:
        context.add_init_script("delete Navigator.prototype.serviceWorker")
    context.on("console", lambda line: line.type == "error" and complaints.append(describe(line)))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    return context


def describe(line):
    return f"{line.text} ({line.location['url']})"


@pytest.fixture
def log_in(browser_context_args):
    """Log a user in by the cookies that a log-in leaves behind, without its form: of the session, and of the zone.

    The zone belongs to it: a first page in the server's zone has another hour, and for some hours another day, than the
    pages after it, so that what a test sees would depend on when it runs.
    """
    zone = browser_context_args["timezone_id"]

    def log_in(page, user, domain="localhost"):
        session = logged_in(user).cookies[settings.SESSION_COOKIE_NAME]
        cookies = {session.key: session.value, "tz": quote(zone, safe="")}
        where = {"domain": domain, "path": "/"}
        page.context.add_cookies([{"name": name, "value": value, **where} for name, value in cookies.items()])

    return log_in


@pytest.fixture
def alice_page(page, alice, log_in):
    log_in(page, alice)
    return page


@pytest.fixture
def short_doses(alice):
    """Two reps of two seconds, a second between them."""
    alice.prescriptions.update(reps=2, effort_seconds=2, pause_seconds=1)


@pytest.fixture
def session(alice_page, alice):
    silence(alice_page.context, alice)
    return SessionPage(alice_page)


@pytest.fixture
def axe():
    """Assert that axe finds nothing wrong with a page in light, and then in dark, which is other colours only."""

    def check(page):
        world = WorldOfItsOwn(page)
        expect_no_fault(world, partial(Axe().run, options=VIOLATIONS))
        page.emulate_media(color_scheme="dark")
        expect_no_fault(world, partial(Axe(axe_script="").run, options=COLOURS))  # it is there already
        page.emulate_media(color_scheme="light")

    def expect_no_fault(world, look):
        """When all that appears has appeared."""
        world.evaluate(ALL_HAS_APPEARED)
        results = look(world)
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


@pytest.fixture
def pocket(request, transactional_db, server, console_clean, browser, browser_context_args, alice, log_in, moods):
    """Alice's phone, and a server that takes on a mood when told to; its parameter: whether the worker is in control.

    Her plan is an old one: any day may come.
    """
    worker = getattr(request, "param", request.config.getoption("--worker"))
    plan_since(alice, "2025-01-01")
    context = browser.new_context(**browser_context_args)
    silence(context, alice)
    # The worker's clock is not the test's, so here it sends nothing: test_worker.py is about that.
    context.add_init_script("delete globalThis.ServiceWorkerRegistration?.prototype.sync")
    page = watched(context, console_clean, worker=worker).new_page()
    if worker:  # it comes to a visitor, so that it stores no page before the test has said what time it is
        page.goto("/offline/")
        page.evaluate("navigator.serviceWorker.register('/sw.js', { type: 'module', updateViaCache: 'none' })")
        in_control(page)
    log_in(page, alice)
    yield Pocket(page, alice, moods)
    context.close()
    moods.write_text("{}")


@pytest.fixture
def kept(pocket):
    """With the worker: Today on Friday, also without a network."""
    pocket.open(at=FRIDAY)
    expect_round(pocket.page, pocket.user)
    return pocket.settle()


@pytest.fixture
def phone(transactional_db, server, console_clean, browser, browser_context_args, alice, log_in):
    """Alice's, with the worker in control and her pages stored on it."""
    context = watched(browser.new_context(**browser_context_args), console_clean, worker=True)
    yield stored_pages(context, alice, log_in)
    context.close()


@pytest.fixture
def keeper(page, static_files):
    (module,) = (static_files / "js" / "worker").glob("page-cache.????????????.js")
    keeper = Keeper(page, f"/static/js/worker/{module.name}")
    for path in ("/", "/help/"):
        keeper.answer(path)
    return keeper
