"""The coach by ear: a real <audio> keeps the time, and no test can hold it.

The doses are short, and it plays faster while a test only waits: where it is looked at, it has its own pace.
"""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.support.phone import a_set
from tests.support.pocket import WRITE
from tests.support.session_page import SessionPage
from tests.support.under_way import HOLD_READS, hold, until

# The track is not in the page, and no page may fetch its blob: keep a reference to both, and count those not freed. The
# page does not learn of its pace, which it would undo.
HOLD_TRACK = """
const { set } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "playbackRate");
window.setPace = (pace) => set.call(window.track, pace);
const { play } = HTMLMediaElement.prototype;
const { createObjectURL, revokeObjectURL } = URL;
HTMLMediaElement.prototype.play = function () {
    window.track = this;
    this.onended = () => (window.heardOut = true);
    Object.defineProperty(this, "playbackRate", { configurable: true, value: 1 });
    const playing = play.call(this);
    window.setPace(window.pace ?? 1);
    return playing;
};
window.blobs = new Set();
URL.createObjectURL = (blob) => {
    const url = createObjectURL.call(URL, (window.blob = blob));
    window.blobs.add(url);
    return url;
};
URL.revokeObjectURL = (url) => revokeObjectURL.call(URL, url, window.blobs.delete(url));
"""
UNTIL = """
(what) => new Promise((over) => {
    const isSo = () => (what === "freed" ? !window.track.src : window.track.currentTime >= what);
    const look = () => {
        window.setPace(what - window.track.currentTime > 1 ? 4 : 1);
        if (!isSo()) return setTimeout(look);
        window.setPace(window.pace);
        over();
    };
    look();
})
"""
# No track may be faster than time is. For one that plays four times as fast, the page's clock is so too.
HURRY = """
const { now } = performance;
performance.now = () => now.call(performance) * 4;
"""
STOP_AT = f"(second) => ({UNTIL})(second).then(() => window.track.pause())"
COMES_BACK = "() => { window.track.play().catch(() => {}) }"  # as some phones do when a call is over
SLOWEST = 0.0625  # of its pace: the least that a browser plays at, where a test looks about in a phase
REFUSED = """
HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException("", "NotAllowedError"));
"""
STUCK = "HTMLMediaElement.prototype.play = () => Promise.resolve();"
SOON = timedelta(seconds=1)


@pytest.fixture
def session(alice_page, alice):
    """Presses of four seconds in all, then circles of eight."""
    alice.prescriptions.update(reps=1, effort_seconds=4, pause_seconds=0)
    alice_page.add_init_script(HOLD_TRACK)
    return SessionPage(alice_page)


def begin(session, path="midday/", pace=1):
    session.page.add_init_script(HURRY + f"window.pace = {pace}")
    session.page.goto(f"/session/{path}")
    return session.start()


def hear_out(session):
    """Four times as fast as it is heard: even then no phase is over before the page has looked."""
    session.page.evaluate("window.setPace(4)")
    expect_over(session)


def expect_over(session):
    """One exercise alone is done, and the server knows."""
    expect(session.page.get_by_role("definition").get_by_text("1 of 1", exact=True)).to_be_visible(timeout=60_000)


def clock_of(page):
    return datetime.fromisoformat(page.evaluate("new Date().toISOString()"))


def track_time(page):
    return page.evaluate("window.track.currentTime")


def track_of(session):
    return session.page.evaluate("window.track.src")


def wait_until(session, what):
    """The track has come so many seconds far, or is "freed"; it takes the time it takes."""
    session.page.evaluate(UNTIL, what)


def test_a_session_runs_by_its_track_and_leaves_no_track_behind(session):
    """Something moves it once, as far as into another phase: it goes back, and no phase is passed by."""
    begin(session, "extra/?exercise=ankle-circles").watch_edges()
    kinds = [phase["kind"] for phase in session.sheet()["phases"]]
    wait_until(session, 0.5)
    session.page.evaluate("window.track.currentTime = window.track.duration - 2")
    hear_out(session)

    assert [kind for kind, _ in session.edges()] == kinds
    wait_until(session, "freed")
    assert session.page.evaluate("window.heardOut")
    [circles] = session.export()["sets"]
    assert (circles["exercise"], circles["source"], circles["reps"]) == ("ankle-circles", "timed", 2)


def test_a_set_that_ended_while_the_page_was_frozen_keeps_its_own_time(session, alice):
    alice.prescriptions.filter(exercise__slug="toe-presses").update(effort_seconds=1)
    alice.prescriptions.filter(exercise__slug="ankle-circles").update(effort_seconds=60)  # not over before it is seen
    page = session.page
    page.goto("/session/midday/")
    before = clock_of(page)
    session.start()
    after = clock_of(page)
    end = session.sheet()["steps"][0]["end"]
    other = page.context.new_page()
    other.goto("/help/")
    cdp = page.context.new_cdp_session(page)
    cdp.send("Debugger.enable")
    cdp.send("Debugger.pause")  # a page without a head is always in view, and the browser freezes no such page
    other.evaluate("(seconds) => new Promise((over) => setTimeout(over, seconds * 1000))", end + 2)
    cdp.send("Debugger.disable")

    session.expect_done(1)
    expect(session.stage.get_by_role("heading", name="Ankle circles")).to_be_visible()
    assert track_time(page) > end + 1
    [presses] = session.export()["sets"]
    started = datetime.fromisoformat(presses["completed_at"]) - timedelta(seconds=end)
    assert before - SOON < started < after + SOON


def test_when_something_else_stops_the_sound_the_timer_stops(session):
    """The sound waits for a tap then: played on by something else, it would count out sets that nobody records."""
    page = begin(session, "extra/?exercise=toe-presses").page
    page.evaluate(STOP_AT, 5.5)
    expect(page.get_by_text("The sound stopped, so the timer stopped too.")).to_be_visible()
    stopped = track_time(page)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    assert track_time(page) == stopped
    page.evaluate(COMES_BACK)
    until(lambda: page.evaluate("window.track.paused"), bool)
    assert session.export()["sets"] == []
    session.watch_edges()
    session.tap("Carry on")
    hear_out(session)
    assert [kind for kind, _ in session.edges()] == ["hold", "lead", "hold"]
    assert len(session.export()["sets"]) == 1


@pytest.mark.parametrize("play", [REFUSED, STUCK], ids=["refused", "stuck"])
def test_where_sound_is_denied_the_stopwatch_takes_over(session, play):
    session.page.add_init_script(play)
    session.open("extra", "?exercise=toe-presses").start()
    session.run(3)

    expect(session.stage.get_by_text("No sound here.")).to_be_visible()
    session.run(session.sheet()["seconds"])
    expect_over(session)
    assert [each["exercise"] for each in session.export()["sets"]] == ["toe-presses"]


def test_back_goes_to_before_the_start_of_a_track_begun_in_the_middle(session, alice):
    alice.prescriptions.update(reps=2)
    begin(session, "extra/?exercise=toe-presses", pace=SLOWEST)
    wait_until(session, 9.5)
    session.tap("Pause")
    session.tap("Carry on")
    expect(session.word).to_have_text("Get ready")
    from_the_middle = track_of(session)
    session.tap("Back")
    expect(session.rep).to_have_text("1 of 2")
    assert track_of(session) != from_the_middle
    hear_out(session)

    assert [each["reps"] for each in session.export()["sets"]] == [2]


def test_a_tab_that_may_not_run_the_session_is_silent(session):
    begin(session, pace=SLOWEST)
    other = session.page.context.new_page()
    other.add_init_script(HOLD_TRACK)
    other.goto("/session/midday/")
    other.get_by_role("button", name="Start", exact=True).click()
    expect(other.get_by_text("A session is running in another tab")).to_be_visible()

    assert not other.evaluate("window.track.src")


def test_skipping_to_the_end_ends_the_track_too(session, alice):
    alice.prescriptions.update(effort_seconds=60)
    page = begin(session, "extra/?exercise=toe-presses").page
    session.tap("Skip")
    session.tap("Skip")
    expect(page.get_by_role("heading", name="Stopped for now. That is fine.")).to_be_visible()

    assert not page.evaluate("window.track.src")


def test_a_pause_after_the_end_ends_the_session(session):
    page = begin(session, "extra/?exercise=toe-presses").page
    wait_until(session, session.sheet()["seconds"] - 0.2)
    page.evaluate("""() => {
        const end = performance.now() + 4 * 600;
        while (performance.now() < end);
        document.querySelector(".ctl-main").click();
    }""")

    expect(page.get_by_role("heading", name="Nice work.")).to_be_visible()
    expect_over(session)


def test_sound_denied_behind_a_locked_screen_stops_the_timer(session):
    session.page.add_init_script("""
    HTMLMediaElement.prototype.play = () => new Promise((_, refuse) => (window.refuse = refuse));
    """)
    page = begin(session).page
    page.evaluate("""() => {
        Object.defineProperty(document, "visibilityState", { value: "hidden" });
        document.dispatchEvent(new Event("visibilitychange"));
        window.refuse(new DOMException("", "NotAllowedError"));
    }""")

    expect(page.get_by_text("The screen went off, so the timer waited.")).to_be_visible()


def test_each_track_is_freed_when_another_takes_its_place_and_at_the_end(session):
    page = begin(session, pace=SLOWEST).page
    wait_until(session, 0.1)
    session.tap("Pause")
    session.tap("Carry on")
    assert page.evaluate("window.blobs.size") == 1
    session.tap("Pause")
    session.tap("Stop here and save")
    expect(page.get_by_role("heading", name="Stopped for now. That is fine.")).to_be_visible()

    assert page.evaluate("window.blobs.size") == 0


def test_a_session_that_turns_to_what_is_left_is_heard_from_its_start(session, alice):
    """Its page learns late that the first set is done on this phone."""
    page = session.page
    page.goto("/session/midday/")
    presses = a_set(slot="midday")
    waiting = {"user": str(alice.pk), "state": "waiting", "day": page.locator("#steps").get_attribute("data-day")}
    page.evaluate(WRITE, [{"id": presses["id"], "event": presses, "name": "", **waiting}])
    page.add_init_script(HOLD_READS)
    with hold(page, "**/sync/"):
        begin(session, pace=SLOWEST)
        wait_until(session, 0.1)
        page.evaluate("releaseReads()")
        expect(session.stage.get_by_role("heading", name="Ankle circles")).to_be_visible()

        wait_until(session, 0.5)
        assert page.evaluate("window.track.duration") < session.sheet()["seconds"]
        assert page.evaluate("window.blobs.size") == 1
        expect(session.stage.get_by_text("No sound here.")).to_be_hidden()
