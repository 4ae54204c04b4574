"""Faults half way: the phone's store, a server that fails on one event, a refresh that fails."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet
from tests.support.phone import a_set
from tests.support.pocket import FRIDAY
from tests.support.under_way import HOLD_READS

LOST = ["net::ERR", "htmx:sendError", "htmx:afterRequest"]
# What a page reads of its store comes late, as on a slow phone; until it has come, something is under way.
SLOW_READS = """
{
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (names, mode, ...options) {
        const made = transaction.call(this, names, mode, ...options);
        if (mode === "readonly") Object.defineProperty(made, "oncomplete", { set: (told) => {
            window.underWay += 1;
            made.addEventListener("complete", () => setTimeout(() => {
                told();
                setTimeout(() => (window.underWay -= 1));
            }, 300));
        } });
        return made;
    };
}
"""
REFUSED = ["status of 401", "status of 500", "status of 503", "Error Code 503"]
pytestmark = pytest.mark.expects_in_console(*LOST, *REFUSED)


def test_a_store_that_never_opens_holds_up_no_tap(pocket):
    pocket.page.add_init_script("IDBFactory.prototype.open = () => ({})")
    pocket.open(at=FRIDAY).tick()
    for _ in range(4):
        pocket.page.clock.fast_forward(4000)

    pocket.expect_ring(1)
    assert CompletedSet.objects.count() == 1


def test_a_store_that_never_opens_holds_up_no_step_ticked_off(pocket):
    pocket.page.add_init_script("IDBFactory.prototype.open = () => ({})")
    pocket.open("/session/morning/", at=FRIDAY)
    pocket.page.get_by_role("button", name="Tick off: Toe presses").click()
    for _ in range(5):
        pocket.page.clock.fast_forward(4000)

    expect(pocket.page.locator("#steps .session-done")).to_have_count(1)
    assert CompletedSet.objects.count() == 1


def test_what_was_read_before_the_answer_is_not_painted_over_it(pocket):
    pocket.page.add_init_script(SLOW_READS)
    pocket.open()
    pocket.settle().tick().expect_ring(1)
    pocket.settle()

    pocket.expect_mark("done$")


def test_an_entry_that_cannot_be_deleted_is_sent_once(pocket):
    sent = []
    pocket.page.on("request", lambda request: sent.append(request.method) if "/sync/" in request.url else None)
    pocket.page.add_init_script("IDBObjectStore.prototype.delete = function () { this.transaction.abort() }")
    pocket.open(at=FRIDAY).offline().tick()
    pocket.expect_waiting(1)
    pocket.stop_time()
    with pocket.page.expect_response(lambda answer: answer.request.method == "POST"):
        pocket.online()
    pocket.settle()

    expect(pocket.notice).to_contain_text("1")
    assert sent.count("POST") == 1
    assert CompletedSet.objects.count() == 1


def test_an_acknowledged_set_stays_on_its_mark_until_the_page_refreshes(pocket):
    posted = []
    pocket.page.on("request", lambda request: request.method == "POST" and posted.append(urlsplit(request.url).path))
    later = (FRIDAY + timedelta(minutes=1)).isoformat()  # the page is older than the answer
    pocket.open(at=FRIDAY).server(post_sets="is down", now=later, **{"GET /": "is down"}).stop_time().tick()
    pocket.expect_waiting(1)
    with pocket.page.expect_response(lambda answer: urlsplit(answer.url).path == "/"):
        pocket.pass_time(10)
    pocket.expect_waiting(0)
    pocket.expect_empty()
    pocket.expect_mark("done$")
    pocket.server(now=later).pass_time(10)

    pocket.expect_ring(1)
    assert posted == ["/sets/", "/sync/"]
    assert CompletedSet.objects.count() == 1


def test_a_tap_on_a_mark_not_painted_yet_is_no_second_set(pocket):
    pocket.page.add_init_script("addEventListener('outbox:read', (event) => event.stopPropagation(), true)")
    pocket.open(at=FRIDAY).offline()
    pocket.write(a_set(completed_at=FRIDAY.isoformat()))
    pocket.tick().tick("Ankle circles")

    exercises = [entry["event"]["exercise"] for entry in pocket.entries_when(2)]
    assert exercises == ["toe-presses", "ankle-circles"]


@pytest.mark.parametrize("pocket", [True], ids=["worker"], indirect=True)
def test_a_tap_on_a_stored_mark_not_drawn_yet_is_no_second_set(kept):
    kept.server(now=(FRIDAY + timedelta(minutes=1)).isoformat()).tick().expect_ring(1)
    kept.expect_empty()
    kept.page.add_init_script(HOLD_READS)
    kept.offline().page.reload()
    kept.expect_mark("not done")
    kept.tick().page.evaluate("releaseReads()")
    kept.settle().expect_mark("done$")

    assert kept.entries() == []


def test_an_event_that_breaks_the_server_holds_up_no_other(pocket):
    pocket.open(at=FRIDAY).stop_time().offline().tick("Toe walking").expect_waiting(1)
    pocket.tick("Ankle circles").expect_waiting(2)
    with pocket.expect_asked():
        pocket.server(post_sync="breaks over toe-walking", now=FRIDAY.isoformat()).online()
    for _ in range(4):
        pocket.pass_time(60)

    pocket.expect_waiting(1)
    assert [each.exercise.slug for each in CompletedSet.objects.select_related("exercise")] == ["ankle-circles"]


def test_how_long_to_wait_is_remembered_over_a_reload(pocket):
    sent = []
    pocket.open(at=FRIDAY).server(everything="asks to wait").tick()
    pocket.expect_waiting(1)
    pocket.server(now=FRIDAY.isoformat())
    pocket.page.on("request", lambda request: sent.append(request.method) if "/sync/" in request.url else None)
    pocket.page.reload()
    pocket.expect_mark("done, not sent yet")
    pocket.settle()
    assert sent == []
    pocket.pass_time(600)
    pocket.page.evaluate("window.dispatchEvent(new Event('online'))")

    pocket.expect_ring(1)
    assert CompletedSet.objects.count() == 1


def test_a_log_in_that_ends_just_before_the_sets_are_sent_loses_none(pocket):
    pocket.open(at=FRIDAY).stop_time().offline().tick().expect_waiting(1)
    pocket.settle().server(post_sync="has logged out", now=FRIDAY.isoformat())
    with pocket.page.expect_response(lambda answer: answer.status == 401):
        pocket.online()
    pocket.settle().expect_waiting(1)
    assert [entry["state"] for entry in pocket.entries()] == ["waiting"]
    pocket.server(now=FRIDAY.isoformat()).pass_time(60)

    pocket.expect_ring(1)
    assert CompletedSet.objects.count() == 1


@pytest.mark.expects_in_console("htmx:sendAbort")
def test_an_answer_after_the_time_limit_changes_nothing(pocket):
    held = []

    def hold(route):
        held.append(route)

    pocket.page.route("**/sets/", hold)
    pocket.open("/session/morning/", at=FRIDAY).stop_time()
    with pocket.page.expect_request("**/sets/"):
        pocket.page.get_by_role("button", name="Tick off: Toe presses").click()
    pocket.page.clock.fast_forward(13_000)
    expect(pocket.page.locator("#steps .session-done")).to_have_count(1)
    held[0].continue_()
    pocket.settle()

    pocket.expect_empty()
    assert CompletedSet.objects.count() == 1


def test_the_notice_says_when_the_phone_is_offline(pocket):
    pocket.open(at=FRIDAY).server(everything="is down").tick()
    expect(pocket.notice).to_have_text(
        "Footcare is not answering. You can keep going. 1 saved on this phone, not sent yet."
    )
    pocket.stop_time().offline()
    expect(pocket.notice).to_have_text("You are offline. You can keep going. 1 saved on this phone, not sent yet.")
    pocket.online()

    expect(pocket.notice).to_have_text(
        "Footcare is not answering. You can keep going. 1 saved on this phone, not sent yet."
    )


@pytest.mark.expects_in_console("net::ERR_CONNECTION_REFUSED")
def test_the_notice_says_when_the_server_cannot_be_reached(pocket):
    pocket.open(at=FRIDAY).page.route("**/sync/", lambda route: route.abort("connectionrefused"))
    pocket.page.get_by_text("Rest today?").click()
    pocket.page.get_by_role("button", name="Rest today").click()

    expect(pocket.notice).to_have_text(
        "Footcare is not answering. You can keep going. 1 saved on this phone, not sent yet."
    )
