"""One voice at a time: the clips in the track, without them the browser, and with the voice off a screen reader."""

import pytest
from playwright.sync_api import expect

from tests.support.session_page import WATCH_CLIPS, SessionPage, choose, wait_for_clips

WATCH_VOICE = """
window.said = [];
Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [], cancel() {}, speak: ({ text }) => window.said.push(text),
} });
"""
# Each WAV that the page makes, and the samples that it computes for it.
WATCH_TRACKS = """
window.rendered = 0;
const { fill } = Uint8ClampedArray.prototype;
Uint8ClampedArray.prototype.fill = function (value) { window.rendered += this.length; return fill.call(this, value) };
const { createObjectURL } = URL;
URL.createObjectURL = (blob) => { window.wav = blob.size; return createObjectURL.call(URL, blob) };
"""
CLIPS = "**/voice/*.mp3"
RATE = 11_025
ROOM = ("Loud", "Quiet room", "Hard of hearing")


@pytest.fixture
def presses(alice_page, alice):
    """Toe presses alone, two of them."""
    alice.prescriptions.update(reps=2, effort_seconds=30, pause_seconds=5)
    alice_page.add_init_script(WATCH_VOICE)
    alice_page.add_init_script(WATCH_TRACKS)
    alice_page.add_init_script(WATCH_CLIPS)
    return SessionPage(alice_page)


def begin(presses):
    presses.page.goto("/session/extra/?exercise=toe-presses")
    wait_for_clips(presses.page)
    return presses.start()


def said(presses):
    return [text for text in presses.page.evaluate("window.said") if text.strip()]


def live(presses):
    return presses.page.locator("[data-live]")


def test_where_the_track_speaks_nobody_else_does(presses):
    begin(presses)

    expect(presses.word).to_have_text("Get ready")
    assert said(presses) == []
    expect(live(presses)).to_be_empty()


def test_without_clips_the_browser_speaks_and_no_screen_reader(presses):
    presses.page.route(CLIPS, lambda route: route.fulfill(body=b""))
    begin(presses)

    expect(presses.word).to_have_text("Get ready")
    assert said(presses) == ["Toe presses. Stand tall. Knees soft."]
    expect(live(presses)).to_be_empty()


def test_a_sound_file_that_did_not_come_is_asked_for_again(presses):
    presses.page.route(CLIPS, lambda route: route.fulfill(body=b""))
    begin(presses)
    presses.page.unroute(CLIPS)
    presses.tap("Pause")
    presses.stage.locator(".session-pause").get_by_role("button", name="Sound and voice").click()

    with presses.page.expect_response(CLIPS):
        presses.page.get_by_label("Flash the screen").check()


def test_the_browser_says_each_phase_at_its_start_and_how_to_get_up(alice_page, alice):
    alice.prescriptions.update(reps=1, effort_seconds=20)
    choose(alice_page.context, alice, sound=False)  # without clips too, no track keeps the time
    alice_page.add_init_script(WATCH_VOICE)
    alice_page.route(CLIPS, lambda route: route.fulfill(body=b""))
    session = SessionPage(alice_page)
    heard = []
    for exercise in ("toe-walking", "ankle-circles"):
        session.open("extra", f"?exercise={exercise}").start()
        session.run(session.sheet()["seconds"] + 0.1)
        heard += said(session)

    assert heard == [
        *("Toe walking. Go to a wall. One hand on it.", "Up on your toes.", "All done. Well done."),
        *("Ankle circles. Raise your left leg.", "Draw slow circles.", "Raise your right leg.", "Draw slow circles."),
        "All done. Well done. Roll to your side. Sit. Wait. Then stand.",
    ]


def test_with_the_voice_off_a_screen_reader_speaks_and_no_clip_is_fetched(presses, alice):
    choose(presses.page.context, alice, voice=False)
    asked = []
    presses.page.on("request", lambda request: asked.append(request.url))
    presses.page.goto("/session/extra/?exercise=toe-presses")
    presses.start()

    expect(live(presses)).to_have_text("Toe presses. Stand tall. Knees soft.")
    assert said(presses) == []
    assert not [url for url in asked if url.endswith(".mp3")]
    presses.tap("Pause")
    presses.stage.locator(".session-pause").get_by_role("button", name="Sound and voice").click()
    with presses.page.expect_response(CLIPS):
        presses.page.get_by_label("Voice", exact=True).check()


def test_the_voice_speaks_behind_a_locked_screen_when_the_sounds_are_off(presses, alice):
    choose(presses.page.context, alice, sound=False)
    begin(presses)

    assert presses.page.evaluate("window.wav") > 60 * RATE
    assert said(presses) == []


def test_clips_that_come_late_are_heard_from_the_next_tap_on(presses):
    waiting = []

    def hold(route):
        waiting.append(route)

    presses.page.route(CLIPS, hold)
    presses.page.goto("/session/extra/?exercise=toe-presses")
    presses.start()
    silent = presses.page.evaluate("window.wav")
    assert said(presses) == ["Toe presses. Stand tall. Knees soft."]
    waiting[0].continue_()
    wait_for_clips(presses.page)
    presses.tap("Skip")  # on in the same track, which has no words
    expect(presses.word).to_have_text("Hold")
    assert said(presses)[1:] == ["Grip the floor."]
    presses.tap("Pause")
    presses.tap("Do this set again")

    assert presses.page.evaluate("window.wav") > silent + RATE  # the last words are a second longer than the last tone
    assert said(presses)[2:] == []


def test_where_no_track_plays_the_tap_lets_the_browser_speak(presses):
    """Phones let it speak from a tap on only. Its first words are then none."""
    presses.page.add_init_script("HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException())")
    begin(presses)
    expect(presses.page.get_by_text("No sound here.")).to_be_visible()
    presses.tap("Pause")
    presses.page.evaluate("window.said = []")
    presses.tap("Carry on")
    expect(presses.word).to_have_text("Get ready")

    assert presses.page.evaluate("window.said[0]") == " "


def test_later_taps_render_only_the_phase_under_way(presses):
    begin(presses)
    whole = presses.page.evaluate("window.rendered")
    for tap in ("Add 10 seconds", "Pause", "Carry on"):
        presses.page.evaluate("window.rendered = 0")
        presses.tap(tap)
        assert presses.page.evaluate("window.rendered") <= 2 * 15 * RATE  # 5 seconds to get ready, and 10 more
    assert whole > 70 * RATE


def test_a_session_that_fills_its_track_cannot_be_made_longer(presses, alice):
    alice.prescriptions.update(reps=15, effort_seconds=115, pause_seconds=5)
    begin(presses)
    more = presses.page.get_by_role("button", name="Add 10 seconds")
    presses.page.evaluate("""() => {
        const button = document.querySelector("[data-act=longer]");
        for (let i = 0; i < 200 && !button.hidden; i++) button.click();
    }""")

    expect(more).to_be_hidden()
    assert 29_000_000 < presses.page.evaluate("window.wav") <= 30_000_000


def test_the_choice_of_sounds_is_heard_at_once_and_remembered(presses):
    begin(presses)
    presses.tap("Pause")
    presses.stage.locator(".session-pause").get_by_role("button", name="Sound and voice").click()
    for room in ROOM:
        presses.page.get_by_label(room, exact=True).check()
    presses.page.evaluate("window.rendered = 0")
    presses.tap("Done")
    presses.tap("Carry on")
    assert presses.page.evaluate("window.rendered") > 60 * RATE
    presses.page.reload()
    presses.tap("Sound and voice")

    expect(presses.page.get_by_label("Hard of hearing", exact=True)).to_be_checked()


def test_the_sound_check_speaks_in_clips(presses):
    begin(presses)
    presses.tap("Pause")
    presses.stage.locator(".session-pause").get_by_role("button", name="Sound and voice").click()
    presses.tap("Test the sound")

    expect(presses.page.get_by_text("The voice works.")).to_be_visible()
    assert said(presses) == []
