"""The worker sends what waits when no page is open: once, in its turn, and only for the user logged in."""

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet
from tests.support.pocket import READ, SENDERS, expect_round, expect_soon, until

pytestmark = pytest.mark.expects_in_console("net::ERR", "htmx:sendError", "htmx:afterRequest", "status of 503")


@pytest.fixture
def sync(request):
    """The browser has found a network, and says so to the worker."""
    page = (
        request.getfixturevalue("pocket").page if "pocket" in request.fixturenames else request.getfixturevalue("phone")
    )
    cdp, registrations = page.context.new_cdp_session(page), {}
    origin = page.evaluate("location.origin")

    def note(event):
        registrations.update({each["scopeURL"]: each["registrationId"] for each in event["registrations"]})

    cdp.on("ServiceWorker.workerRegistrationUpdated", note)
    cdp.send("ServiceWorker.enable")

    def sync():
        found = {"origin": origin, "registrationId": registrations[f"{origin}/"], "tag": "outbox", "lastChance": False}
        cdp.send("ServiceWorker.dispatchSyncEvent", found)

    return sync


def states(where):
    """Of the entries on the phone, as a page or the worker reads them."""
    return [each["state"] for each in where.evaluate(READ)]


def tick_offline(page):
    page.context.set_offline(True)
    page.get_by_role("button", name="Toe presses, Morning: not done").click()
    expect(page.locator("#waiting-notice")).to_contain_text("1 saved on this phone")


def test_the_browser_is_asked_to_send_only_after_a_try_that_failed(phone):
    phone.evaluate("SyncManager.prototype.register = async (tag) => (window.asked = tag)")
    phone.get_by_role("button", name="Ankle circles, Midday: not done").click()
    expect(phone.get_by_role("button", name="Ankle circles, Midday: done", exact=True)).to_be_visible()
    assert phone.evaluate("window.asked") is None
    tick_offline(phone)

    until(lambda: phone.evaluate("window.asked"), lambda asked: asked == "outbox")


@pytest.mark.parametrize("pocket", [True], ids=["worker"], indirect=True)
def test_a_set_sent_by_the_worker_shows_on_an_older_page(pocket, sync, alice):
    page = pocket.page
    page.goto("/")
    expect_round(page, alice)
    tick_offline(page)
    page.goto("about:blank")
    pocket.server(everything="is down", **{"GET /sync/": "is well", "POST /sync/": "is well"}).online()
    sync()
    until(CompletedSet.objects.count, lambda count: count == 1)
    (worker,) = page.context.service_workers
    until(lambda: states(worker), lambda states: states == ["acknowledged"])  # it has the answer

    pocket.offline().open()
    pocket.expect_mark("done$")
    pocket.expect_empty()
    page.reload()
    pocket.expect_mark("done$")


def test_the_worker_sends_what_is_left_when_no_page_is_there(phone, sync):
    tick_offline(phone)
    phone.goto("about:blank")
    phone.context.set_offline(False)
    sync()

    until(CompletedSet.objects.count, lambda count: count == 1)
    phone.goto("/help/")
    expect_soon(
        phone,
        """caches.match("/").then((page) => page.text())
        .then((text) => text.includes("Toe presses, Morning: done"))""",
    )
    until(lambda: states(phone), lambda states: states == [])
    phone.context.set_offline(True)
    phone.goto("/")
    expect(phone.get_by_role("button", name="Toe presses, Morning: done", exact=True)).to_be_visible()


@pytest.mark.parametrize("pocket", [True], ids=["worker"], indirect=True)
def test_a_page_left_open_shows_what_the_worker_has_sent(pocket, sync):
    pocket.page.add_init_script("addEventListener('online', (event) => event.stopImmediatePropagation())")
    pocket.page.clock.install()
    tick_offline(pocket.open().page)
    pocket.stop_time().online()  # from now on this page sends nothing of itself
    sync()

    pocket.expect_ring(1)
    pocket.expect_mark("done$")


def test_worker_and_page_send_one_after_the_other(phone, sync):
    tick_offline(phone)
    phone.evaluate("void navigator.locks.request('outbox', () => new Promise((end) => (window.endTurn = end)))")
    phone.context.set_offline(False)
    sync()
    until(lambda: phone.evaluate(SENDERS), lambda senders: senders >= 3)  # this one, the page, the worker
    assert CompletedSet.objects.count() == 0
    phone.evaluate("window.endTurn()")

    expect(phone.get_by_role("button", name="Toe presses, Morning: done", exact=True)).to_be_visible()
    until(lambda: states(phone), lambda states: states == [])
    assert CompletedSet.objects.count() == 1


def test_the_worker_sends_nothing_of_another_user(phone, sync, bob, log_in):
    tick_offline(phone)
    phone.goto("about:blank")
    log_in(phone, bob)
    phone.context.set_offline(False)
    sync()
    phone.goto("/")
    expect_round(phone, bob)

    assert states(phone) == ["waiting"]
    assert CompletedSet.objects.count() == 0
