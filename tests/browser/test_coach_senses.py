"""What the coach does besides sound: the screen, vibration, the lock screen, the screen reader."""

import pytest
from playwright.sync_api import expect

from tests.support.session_page import WATCH_FLASH, SessionPage, silence

WATCH_SCREEN = """
window.screens = 0;
navigator.wakeLock.request = async () => {
    window.screens += 1;
    return (window.lock = { released: false, release() { this.released = true; window.screens -= 1; } });
};
"""
DROP_LOCK = "window.lock.release(), document.dispatchEvent(new Event('visibilitychange'))"
WATCH_VIBRATION = "Navigator.prototype.vibrate = (pattern) => (window.felt ??= []).push(pattern);"
WATCH_KEYS = "navigator.mediaSession.setActionHandler = (name, act) => ((window.keys ??= {})[name] = act);"
REFUSE_SCREEN = "navigator.wakeLock.request = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
LOCK_SCREEN = """() => {
    const { metadata, playbackState } = navigator.mediaSession;
    return [metadata?.title, metadata?.artist, playbackState];
}"""
ARTWORK = "fetch(navigator.mediaSession.metadata.artwork[0].src).then((answer) => answer.headers.get('content-type'))"
GO_DARK = """() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def session(alice_page, alice):
    silence(alice_page.context, alice)
    alice.prescriptions.update(reps=2, effort_seconds=2, pause_seconds=1)
    return SessionPage(alice_page)


def test_the_screen_stays_on_while_it_runs_and_a_phone_shakes(session):
    """The screen is asked for again when it was lost. It shakes otherwise in each look."""
    session.page.add_init_script(WATCH_SCREEN + WATCH_VIBRATION)
    session.open().start()
    assert session.page.evaluate("window.screens") == 1
    session.page.evaluate(DROP_LOCK)
    assert session.page.evaluate("window.screens") == 1
    session.run(5 + 2 + 0.5)
    assert session.page.evaluate("window.felt") == [[80, 60, 80], [200], [80]]
    session.tap("Pause")

    assert session.page.evaluate("window.screens") == 0


def test_a_screen_that_may_go_off_is_told_and_a_page_put_away_stands_still(session):
    session.page.add_init_script(REFUSE_SCREEN)
    session.open().start()
    expect(session.stage.get_by_role("status").filter(visible=True)).to_have_text(
        "The screen may go off. Touch it now and then."
    )
    session.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")

    expect(session.page.get_by_role("heading", name="Paused")).to_be_visible()


def test_the_lock_screen_tells_what_to_do_and_whether_it_runs(session):
    session.open("midday").start()
    assert session.page.evaluate(LOCK_SCREEN) == ["Get ready", "Toe presses", "playing"]
    session.run(5.1)
    assert session.page.evaluate(LOCK_SCREEN) == ["Hold, 1 of 2", "Toe presses", "playing"]
    assert session.page.evaluate(ARTWORK) == "image/png"
    session.tap("Pause")
    assert session.page.evaluate(LOCK_SCREEN) == ["Hold, 1 of 2", "Toe presses", "paused"]
    session.tap("Carry on")
    assert session.page.evaluate(LOCK_SCREEN) == ["Get ready", "Toe presses", "playing"]
    session.tap("Pause")
    session.tap("Skip to: Ankle circles")
    sheet = session.sheet()
    circle = next(phase for phase in sheet["phases"] if phase["kind"] == "circle")
    session.run(circle["at"] - sheet["steps"][1]["start"] + 0.1)
    assert session.page.evaluate(LOCK_SCREEN) == ["First way", "Ankle circles · Left leg", "playing"]
    session.tap("Pause")
    session.tap("Stop here and save")
    expect(session.page.get_by_role("heading", name="Stopped for now. That is fine.")).to_be_visible()

    assert session.page.evaluate(LOCK_SCREEN) == [None, None, "none"]


def test_a_screen_reader_hears_why_it_stands_still(session):
    session.open().start()
    session.page.evaluate(GO_DARK)

    expect(session.page.get_by_role("button", name="Carry on")).to_have_accessible_description(
        "The screen went off, so the timer waited. Carry on, or do this set again?"
    )


def test_a_choice_counts_at_once_where_a_headset_goes_on_meanwhile(session):
    session.page.add_init_script(WATCH_KEYS + WATCH_FLASH)
    session.open().start()
    session.run(1)
    session.stage.locator("header").get_by_role("button", name="Sound and voice").click()
    session.page.evaluate("window.keys.play()")
    session.page.get_by_label("Flash the screen").check()
    session.run(8)

    assert session.page.evaluate("window.flashed") == "session-flash"
