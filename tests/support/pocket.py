"""A phone in a pocket: a page of Today, its outbox as the browser keeps it, and the server it may or may not reach."""

import json
import os
import re
from contextlib import contextmanager
from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.support.session_page import silence
from tests.support.under_way import settle, stop_time, until

# The pocket, with pages from the network and with pages that the service worker brings; `--worker` asks all tests so.
either_way = pytest.mark.parametrize("pocket", [False, True], ids=["page", "worker"], indirect=True)
PLAIN = "home.test"  # this machine by a name that no browser knows for it, so that plain http is no secure address
FRIDAY = datetime.fromisoformat("2026-11-20T08:00:00+01:00")
OPEN = """
const opened = () => new Promise((resolve) => {
    const request = indexedDB.open("outbox", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("entries", { keyPath: "seq", autoIncrement: true })
        .createIndex("id", "id", { unique: true });
    request.onsuccess = () => resolve(request.result);
});
"""
READ = f"""async () => {{ {OPEN}
    const database = await opened();
    const reading = database.transaction("entries").objectStore("entries").getAll();
    const entries = await new Promise((resolve) => (reading.onsuccess = () => resolve(reading.result)));
    database.close();
    return entries;
}}"""
WRITE = f"""async (entries) => {{ {OPEN}
    const database = await opened();
    await new Promise((resolve) => {{
        const writing = database.transaction("entries", "readwrite");
        for (const entry of entries) writing.objectStore("entries").add(entry);
        writing.oncomplete = resolve;
    }});
    database.close();
}}"""
KEPT_PAGES = """async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return names.map((name, i) => [name, requests[i].map(({ url }) => new URL(url).pathname)]);
}"""

SENDERS = """async () => {
    const { held, pending } = await navigator.locks.query();
    return [...held, ...pending].filter(({ name }) => name === "outbox").length;
}"""


class Pocket:
    """`moods` is the file that the server obeys."""

    def __init__(self, page, user, moods):
        self.page, self.user, self.moods = page, user, moods
        self.notice = page.locator("#waiting-notice")
        self.needs_you = page.get_by_role("region", name="Not accepted")

    def server(self, **moods):
        """From now on: `post_sync="is down"`, `everything=...`, `now=...`; what is not named goes well."""
        names = {"post_sync": "POST /sync/", "get_sync": "GET /sync/", "post_sets": "POST /sets/", "everything": "*"}
        draft = self.moods.with_suffix(".draft")
        draft.write_text(json.dumps({names.get(name, name): mood for name, mood in moods.items()}))
        os.replace(draft, self.moods)  # the server reads it at any time, and must never see the half of it
        return self

    def open(self, path="/", at=None):
        """`at`: the time of day that the phone has, and the server too."""
        if at:
            self.page.clock.install(time=at)
            self.server(now=at.isoformat())
        self.page.goto(path)
        return self

    def pass_time(self, seconds):
        """On the phone, as if it had slept: each timer that is due fires once. `server(now=...)` tells the server.

        Only between two tries of the outbox: time that leaps while an answer is under way is one that never came.
        So time is stopped before, and from then on it passes here only.
        """
        self.stop_time()
        self.page.clock.fast_forward(seconds * 1000)
        return self.settle()

    def stop_time(self):
        """On the phone: from now on no timer fires by itself."""
        stop_time(self.page)
        return self.settle()

    def settle(self):
        """Until all that the page has begun is over: what it writes, what it sends, what it fetches."""
        settle(self.page)
        return self

    def offline(self, offline=True):
        self.page.context.set_offline(offline)
        return self

    def online(self):
        return self.offline(False)

    def mark(self, exercise="Toe presses", session="Morning"):
        return self.page.get_by_role("button", name=re.compile(f"^{exercise}, {session}"))

    def tick(self, exercise="Toe presses", session="Morning"):
        self.mark(exercise, session).click()
        return self

    def expect_mark(self, words, exercise="Toe presses", session="Morning"):
        expect(self.mark(exercise, session)).to_have_accessible_name(re.compile(f": {words}"))

    def expect_waiting(self, count):
        text = re.compile(rf"\b{count} saved on this phone, not sent yet") if count else ""
        expect(self.notice).to_have_text(text)

    def expect_ring(self, done):
        """The page moves at once; the server may hear of it a moment later."""
        expect(self.page.get_by_role("img", name=f"{done} of 10 sets done today")).to_be_visible()
        self.settle()

    def entries(self):
        return self.page.evaluate(READ)

    def entries_when(self, count):
        """The entries as soon as there are so many."""
        return until(self.entries, lambda entries: len(entries) >= count)

    def expect_empty(self):
        """All is sent, and the sender has come to rest."""
        self.settle()  # what was just tapped may not be written yet
        until(self.entries, lambda entries: not entries)
        self.settle()

    @contextmanager
    def expect_asked(self):
        """Within, the sender asks who is logged in, and acts on the answer."""
        with self.page.expect_response(lambda answer: answer.url.endswith("/sync/")):
            yield
        self.settle()

    def write(self, *events, **fields):
        """Entries as if this phone had made them, on any page of ours. No page knows of them yet."""
        self.settle()
        kept = {"user": str(self.user.pk), "state": "waiting", "day": "2026-11-20", "name": "", **fields}
        self.page.evaluate(WRITE, [{"id": event["id"], "event": event, **kept} for event in events])

    def sets(self):
        """The sets of its user that were not undone, from the export."""
        return [each for each in self.page.request.get("/export.json").json()["sets"] if not each["undone"]]


def in_control(page):
    """The worker is there, and this page is its own."""
    page.evaluate("""async () => {
        await navigator.serviceWorker.ready;
        while (!navigator.serviceWorker.controller) await new Promise((soon) => setTimeout(soon));
    }""")


def expect_round(page, user):
    expect_soon(page, f"""caches.match("/round-kept", {{ cacheName: "pages-{user.pk}" }})""")


def expect_soon(page, promise):
    """It comes true; Playwright's own wait needs an eval, which the page's policy forbids."""
    until(lambda: page.evaluate(f"async () => Boolean(await {promise})"), bool)


def stored_pages(context, user, log_in):
    """A page of the user; the worker came with it, is in control, and has stored the pages."""
    silence(context, user)
    page = context.new_page()
    log_in(page, user)
    page.goto("/")
    expect_round(page, user)
    in_control(page)
    return page
