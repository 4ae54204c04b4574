"""Short sounds, one by one, beside the user's own music: no track plays, so the screen has to stay on."""

import pytest
from playwright.sync_api import expect

from tests.support.session_page import WATCH_CLIPS, SessionPage, choose, wait_for_clips


@pytest.fixture
def mixed(alice_page, alice):
    """Beside the user's own music."""
    choose(alice_page.context, alice, mix=True)
    alice_page.add_init_script(WATCH_CLIPS)
    alice_page.add_init_script("""
    HTMLMediaElement.prototype.play = async function () { window.track = this };
    const start = AudioBufferSourceNode.prototype.start;
    window.played = [];
    AudioBufferSourceNode.prototype.start = function () {
        window.played.push(this.buffer.duration);
        return start.call(this);
    };
    """)
    return SessionPage(alice_page)


def played(session):
    """Seconds of each short sound."""
    return [round(seconds, 2) for seconds in session.page.evaluate("window.played")]


def test_short_sounds_go_back_to_before_a_pause(mixed, alice):
    alice.prescriptions.update(reps=3, effort_seconds=5, pause_seconds=2)
    session = mixed.open("extra", "?exercise=toe-presses")
    wait_for_clips(session.page)
    session.start()
    session.run(12.5)
    expect(session.rep).to_have_text("2 of 3")
    session.tap("Pause")
    session.tap("Carry on")
    session.run(3.1)
    session.page.evaluate("window.played = []")
    session.tap("Back")
    session.run(0.2)

    expect(session.rep).to_have_text("1 of 3")
    assert 0.25 in played(session)


def test_music_plays_on_beside_short_sounds(mixed, alice):
    alice.prescriptions.update(reps=1, effort_seconds=2, pause_seconds=0)
    session = mixed.open("extra", "?exercise=toe-presses")
    wait_for_clips(session.page)
    session.start()
    session.run(session.sheet()["seconds"])
    expect(session.page.get_by_role("heading", name="Nice work.")).to_be_visible()

    assert not session.page.evaluate("window.track")
    heard = played(session)
    tones = {"ready": 0.16, "tick": 0.1, "hold": 0.25, "session-done": 0.95}
    assert [seconds for seconds in heard if seconds in tones.values()] == list(tones.values())
    assert len(heard) == len(tones) + 4  # name and cue to get ready, cue of the press, "All done."
