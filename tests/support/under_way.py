"""What a page does in real time, which no fake clock holds: its store, its lock as a sender, its requests."""

import time
from contextlib import contextmanager

from playwright.sync_api import Error

# Each counts until what comes of it has been told, so that the next step of the same work is counted before the last
# one is over. A session keeps its own lock as long as it runs: only the sender's is work.
COUNT = """
window.underWay = 0;
{
    const begun = (target, ...ends) => {
        window.underWay += 1;
        for (const end of ends) target.addEventListener(end, () => (window.underWay -= 1));
        return target;
    };
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...args) {
        return begun(open.apply(this, args), "success", "error");
    };
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
        return begun(transaction.apply(this, args), "complete", "abort");
    };
    const { send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.send = function (...args) {
        return send.apply(begun(this, "loadend"), args);
    };
    const { request } = globalThis.LockManager?.prototype ?? {};
    if (request) LockManager.prototype.request = function (name, ...args) {
        const work = request.call(this, name, ...args);
        if (name !== "outbox") return work;
        window.underWay += 1;
        return work.finally(() => (window.underWay -= 1));
    };
}
"""
# From the next page on, what a page reads of its store comes when the test says so.
HOLD_READS = """
{
    let release;
    const released = new Promise((told) => (release = told));
    window.releaseReads = release;
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (names, mode, ...options) {
        const made = transaction.call(this, names, mode, ...options);
        if (mode === "readonly") Object.defineProperty(made, "oncomplete", {
            set: (told) => made.addEventListener("complete", () => released.then(told)),
        });
        return made;
    };
}
"""
GENEROUS = 20  # seconds: only a failure takes so long


@contextmanager
def hold(page, addresses):
    """Within, no request of the page to any of these addresses is answered."""
    held, holding = [], True

    def take(route):
        if holding:
            held.append(route)
        else:
            route.continue_()

    page.route(addresses, take)
    yield
    holding = False
    for route in held:
        route.continue_()


def stop_time(page, ahead=2):
    """From now on no timer of the page fires by itself, and what a timer would take away stays.

    Time cannot be stopped in the past, so it jumps `ahead` seconds: less than the page waits for any answer. It is
    tried again where a busy machine took longer than that to say so.
    """
    try:
        page.clock.pause_at(page.evaluate("Date.now()") / 1000 + ahead)
    except Error as error:
        if "to the past" not in str(error):
            raise
        stop_time(page, ahead)


def settle(page):
    """Until all that the page has begun is over, as far as its answer and what the answer brought."""
    until(lambda: page.evaluate("window.underWay"), lambda count: count == 0)


def until(look, holds):
    """What `look` sees, as soon as it `holds`."""
    deadline = time.monotonic() + GENEROUS
    while not holds(seen := look()):
        assert time.monotonic() < deadline, seen
    return seen
