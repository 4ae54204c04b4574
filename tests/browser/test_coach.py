"""What a user can do with the coach. The clock is fake and the sound off, so a test can hold the time."""

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet
from tests.support.pocket import READ
from tests.support.session_page import WATCH_FLASH, SessionPage, choose
from tests.support.under_way import settle

WATCH_KEYS = """
navigator.mediaSession.setActionHandler = (name, act) => ((window.keys ??= {})[name] = act);
"""
BROKEN = {
    "a wake lock": "navigator.wakeLock.request = () => Promise.reject(new DOMException('', 'NotAllowedError'))",
    "speech": "delete window.speechSynthesis; Object.defineProperty(window, 'speechSynthesis', { value: undefined })",
    "vibration": "Object.defineProperty(Navigator.prototype, 'vibrate', { value: undefined })",
    "a lock screen": "Object.defineProperty(Navigator.prototype, 'mediaSession', { value: undefined })",
}


@pytest.fixture
def walk(session, alice):
    """The toe walk alone: five seconds to get ready, walks of 4 s, rests of 6 s."""
    alice.prescriptions.update(reps=3, effort_seconds=4, pause_seconds=6)
    return session.open("extra", "?exercise=toe-walking").start()


def test_a_rest_can_be_made_longer_and_an_effort_cannot(walk):
    longer = walk.page.get_by_role("button", name="Add 10 seconds")
    walk.run(9)
    expect(walk.word).to_have_text("Walk")
    expect(longer).to_be_hidden()
    walk.run(3 + 1.1)
    expect(walk.count).to_contain_text("5")
    longer.click()
    expect(walk.count).to_contain_text("15")
    walk.run(15.1)

    expect(walk.word).to_have_text("Walk")
    expect(walk.rep).to_have_text("Walk 2 of 3")


def test_an_earlier_exercise_done_again_counts_once(session, short_doses):
    session.open().start()
    session.run_steps(last=1)
    session.run(4)
    session.tap("Pause")
    session.tap("Back to: Toe presses")
    expect(session.stage.get_by_role("heading", name="Toe presses")).to_be_visible()
    session.run(5 + 5 + 0.1)
    expect(session.stage.get_by_role("heading", name="Toe walking")).to_be_visible()
    session.run(8 + 5)

    session.expect_done(2)
    assert [each["exercise"] for each in session.export()["sets"]] == ["toe-presses", "toe-walking"]


def test_one_tap_counts_a_set_done_without_the_timer(session, short_doses):
    session.open().start()
    session.run(6)
    session.tap("Pause")
    session.tap("I did it without the timer")
    expect(session.stage.get_by_role("heading", name="Toe walking")).to_be_visible()

    session.expect_done(1)
    [ticked] = session.export()["sets"]
    assert (ticked["exercise"], ticked["source"]) == ("toe-presses", "ticked")


def test_what_was_done_with_the_timer_is_not_counted_by_hand_too(session, short_doses):
    session.open().start()
    session.run_steps(last=1)
    session.run(4)
    session.tap("Pause")
    session.tap("Back to: Toe presses")
    session.tap("Pause")
    session.tap("I did it without the timer")
    expect(session.stage.get_by_role("heading", name="Toe walking")).to_be_visible()
    session.run(8 + 5 + 0.1)

    session.expect_done(2)
    assert [each["source"] for each in session.export()["sets"]] == ["timed", "timed"]


def test_a_session_stopped_early_keeps_its_reps(session, short_doses):
    session.open().start()
    session.run(5 + 2 + 0.5)
    session.tap("Pause")
    with session.page.expect_response("**/sync/"):
        session.tap("Stop here and save")

    expect(session.page.get_by_role("heading", name="Nice work.")).to_be_focused()
    expect(session.page.get_by_text("0 of 4", exact=True)).to_be_visible()
    expect(session.page.locator("[data-live]")).to_be_empty()  # a screen reader must not find the last cue there
    [stopped] = session.export()["sets"]
    assert (stopped["exercise"], stopped["reps"]) == ("toe-presses", 1)


def test_a_set_that_was_left_goes_on_where_it_was(session, short_doses):
    session.open().start()
    session.run(5 + 2 + 1 + 0.5)
    session.page.reload()
    session.hold_time().start("Carry on")
    expect(session.word).to_have_text("Get ready")
    session.run(3.1)
    expect(session.rep).to_have_text("2 of 2")
    session.run(2)

    session.expect_done(1)
    [whole] = session.export()["sets"]
    assert whole["reps"] == 2


def test_a_changed_dose_restarts_its_set(session, alice, short_doses):
    session.open().start()
    session.run(5 + 2 + 1 + 0.5)
    alice.prescriptions.update(reps=3)
    session.page.reload()
    session.hold_time().start("Carry on")
    session.run(5.1)

    expect(session.rep).to_have_text("1 of 3")


def test_a_set_begun_with_the_coach_and_ticked_on_today_is_one(session, short_doses):
    session.open().start()
    session.run(5 + 2 + 0.5)
    session.page.goto("/")
    session.page.get_by_role("button", name="Toe presses, Morning: not done").click()
    expect(session.page.get_by_role("button", name="Toe presses, Morning: done", exact=True)).to_be_visible()

    [ticked] = CompletedSet.objects.all()
    settle(session.page)
    assert session.page.evaluate(READ) == []
    session.page.goto("/session/morning/")
    session.hold_time().start("Carry on")
    expect(session.stage.get_by_role("heading", name="Toe walking")).to_be_visible()
    assert ticked.source == "ticked"


def test_a_change_of_position_waits_for_a_tap(session, alice, short_doses):
    alice.preferences.move_waits = True
    alice.preferences.save()
    session.open().start()
    session.run(10 + 13 + 10 + 60)
    expect(session.stage.get_by_text("Take your time. Tap “Go now” when you are ready.")).to_be_visible()
    expect(session.stage.get_by_text("Sit on a chair. Take your band.")).to_be_visible()
    expect(session.page.get_by_role("button", name="Go now")).to_be_focused()
    session.tap("Go now")

    expect(session.word).to_have_text("Get ready")
    session.run(8.1)
    expect(session.word).to_have_text("Hold")


def test_the_lock_screen_and_a_headset_do_what_the_stage_does(session, short_doses):
    session.page.add_init_script(WATCH_KEYS)
    session.open().start()

    def press(key, **details):
        session.page.evaluate("([key, details]) => window.keys[key](details)", [key, details])

    press("seekforward")
    expect(session.rep).to_have_text("1 of 2")
    press("seekto", seekTime=1000)
    expect(session.rep).to_have_text("2 of 2")
    press("seekbackward")
    expect(session.rep).to_have_text("1 of 2")
    for key in ("pause", "stop"):
        press(key)
        expect(session.page.get_by_role("heading", name="Paused")).to_be_visible()
        session.run(60)
        press("play")
        session.run(3.1)
        expect(session.rep).to_have_text("1 of 2")
    press("nexttrack")
    expect(session.name).to_have_text("Toe walking")
    press("previoustrack")
    expect(session.name).to_have_text("Toe presses")
    assert session.export()["sets"] == []


def test_without_a_track_it_waits_while_the_screen_is_off(session):
    session.open().start()
    session.run(6)
    session.page.evaluate("""() => {
        Object.defineProperty(document, "visibilityState", { value: "hidden" });
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    session.run(60)

    expect(session.page.get_by_text("The screen went off, so the timer waited.")).to_be_visible()
    assert session.export()["sets"] == []


@pytest.mark.parametrize("what", BROKEN)
def test_it_runs_without(what, session, short_doses):
    session.page.add_init_script(BROKEN[what])
    session.open("midday").start()
    session.run_steps()

    expect(session.page.get_by_role("heading", name="Nice work.")).to_be_focused()
    assert [each["reps"] for each in session.export()["sets"]] == [2, 4]


def test_a_screen_reader_hears_boundaries_only(session, short_doses):
    session.open("midday").start()
    session.page.evaluate("""() => {
        window.heard = 1;
        new MutationObserver((all) => (window.heard += all.length))
            .observe(document.querySelector("[data-live]"), { childList: true });
    }""")
    phases = session.sheet()["phases"]
    second = session.sheet()["steps"][1]["start"]
    session.run(second + 0.1)
    expect(session.page.locator("[data-live]")).to_have_text("Set done. Lie down. Lie on your back.")
    session.run(phases[-1]["at"] - second)
    assert session.page.evaluate("window.heard") == len(phases)
    session.run(phases[-1]["seconds"])

    words = "All done. Well done. Roll to your side. Sit. Wait. Then stand."
    expect(session.page.locator("[data-live]")).to_have_text(words)


def test_a_screen_reader_hears_of_no_set_that_was_skipped(session, alice):
    alice.prescriptions.update(reps=1, effort_seconds=5)
    session.open("midday").start()
    session.run(5.1)
    session.tap("Skip")

    expect(session.page.locator("[data-live]")).to_have_text("Lie down. Lie on your back.")


def test_the_keyboard_alone_runs_a_session(session, short_doses):
    session.open("midday")
    keyboard = session.page.keyboard
    start = session.page.get_by_role("button", name="Start", exact=True)
    start.focus()
    keyboard.press("Enter")
    session.run(6)
    expect(session.page.get_by_role("button", name="Pause", exact=True)).to_be_focused()
    keyboard.press("Enter")
    expect(session.page.get_by_role("button", name="Carry on")).to_be_focused()
    keyboard.press("Tab")
    expect(session.page.get_by_role("button", name="Do this set again")).to_be_focused()
    keyboard.press("Enter")
    expect(session.page.get_by_role("button", name="Pause", exact=True)).to_be_focused()
    session.run(5 + 5 + 0.1)
    session.run_steps(first=1)

    expect(session.page.get_by_role("heading", name="Nice work.")).to_be_focused()
    assert len(session.export()["sets"]) == 2


def test_cues_are_chosen_before_a_session_and_in_it_and_remembered(alice_page, alice):
    choose(alice_page.context, alice, sound=False, voice=False)
    alice_page.add_init_script(WATCH_FLASH)
    session = SessionPage(alice_page).open()
    session.tap("Sound and voice")
    expect(session.page.get_by_label("Sounds", exact=True)).not_to_be_checked()
    session.page.get_by_label("Flash the screen").check()
    session.page.get_by_label("Quiet room").check()
    session.tap("Done")
    session.start()
    assert session.page.evaluate("window.flashed") == "session-flash"
    session.tap("Pause")
    session.stage.locator(".session-pause").get_by_role("button", name="Sound and voice").click()

    expect(session.page.get_by_label("Flash the screen")).to_be_checked()
    expect(session.page.get_by_label("Voice", exact=True)).not_to_be_checked()
    expect(session.page.get_by_label("Quiet room")).to_be_checked()


def test_axe_finds_nothing_in_the_choice_of_cues(session, axe):
    session.page.emulate_media(reduced_motion="reduce")
    session.page.goto("/session/morning/")
    session.tap("Sound and voice")
    session.tap("Test the sound")

    expect(session.page.get_by_text("Sounds work.")).to_be_visible()
    axe(session.page)
