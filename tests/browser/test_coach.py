"""What the coach lets one do, on a fake clock: without sound, so that a test can hold the time."""

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet
from tests.browser.pocket import READ
from tests.browser.sitting import Sitting, choose

WATCH_KEYS = """
navigator.mediaSession.setActionHandler = (name, act) => ((window.keys ??= {})[name] = act);
"""
WATCH_VOICE = """
window.said = [];
Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [], cancel() {}, speak: ({ text }) => window.said.push(text),
} });
"""
BROKEN = {
    "a wake lock": "navigator.wakeLock.request = () => Promise.reject(new DOMException('', 'NotAllowedError'))",
    "speech": "delete window.speechSynthesis; Object.defineProperty(window, 'speechSynthesis', { value: undefined })",
    "vibration": "Object.defineProperty(Navigator.prototype, 'vibrate', { value: undefined })",
    "a lock screen": "Object.defineProperty(Navigator.prototype, 'mediaSession', { value: undefined })",
}


@pytest.fixture
def walk(sitting, alice):
    """The toe walk alone: five seconds to get ready, walks of 4 s, rests of 6 s."""
    alice.prescriptions.update(reps=3, effort_seconds=4, pause_seconds=6)
    return sitting.open("extra", "?exercise=toe-walking").start()


def test_a_rest_can_be_made_longer(walk):
    walk.run(5 + 4 + 1.1)
    expect(walk.count).to_contain_text("5")
    walk.tap("10 seconds more")
    expect(walk.count).to_contain_text("15")
    walk.run(15.1)

    expect(walk.word).to_have_text("Walk")
    expect(walk.rep).to_have_text("Walk 2 of 3")


def test_an_effort_cannot_be_made_longer(walk):
    walk.run(6)

    expect(walk.page.get_by_role("button", name="10 seconds more")).to_be_hidden()


def test_an_exercise_before_is_done_again_and_counted_once(sitting, short_doses):
    sitting.open().start()
    sitting.run_steps(last=1)
    sitting.run(4)
    sitting.tap("Pause")
    sitting.tap("Back to: Toe presses")
    expect(sitting.stage.get_by_role("heading", name="Toe presses")).to_be_visible()
    sitting.run(5 + 5 + 0.1)
    expect(sitting.stage.get_by_role("heading", name="Toe walking")).to_be_visible()
    sitting.run(3 + 5)

    sitting.expect_done(2)
    assert [each["exercise"] for each in sitting.export()["sets"]] == ["toe-presses", "toe-walking"]


def test_one_tap_counts_a_set_done_without_the_timer(sitting, short_doses):
    sitting.open().start()
    sitting.run(6)
    sitting.tap("Pause")
    sitting.tap("I did it without the timer")
    expect(sitting.stage.get_by_role("heading", name="Toe walking")).to_be_visible()

    sitting.expect_done(1)
    [ticked] = sitting.export()["sets"]
    assert (ticked["exercise"], ticked["source"]) == ("toe-presses", "ticked")


def test_what_was_done_with_the_timer_is_not_counted_by_hand_too(sitting, short_doses):
    sitting.open().start()
    sitting.run_steps(last=1)
    sitting.run(4)
    sitting.tap("Pause")
    sitting.tap("Back to: Toe presses")
    sitting.tap("Pause")
    sitting.tap("I did it without the timer")
    expect(sitting.stage.get_by_role("heading", name="Toe walking")).to_be_visible()
    sitting.run(3 + 5 + 0.1)

    sitting.expect_done(2)
    assert [each["source"] for each in sitting.export()["sets"]] == ["timed", "timed"]


def test_a_sitting_stopped_early_keeps_its_reps(sitting, short_doses):
    sitting.open().start()
    sitting.run(5 + 2 + 0.5)
    sitting.tap("Pause")
    with sitting.page.expect_response("**/sync/"):
        sitting.tap("Stop here and save")

    expect(sitting.page.get_by_role("heading", name="Nice work.")).to_be_focused()
    expect(sitting.page.get_by_text("0 of 4", exact=True)).to_be_visible()
    [stopped] = sitting.export()["sets"]
    assert (stopped["exercise"], stopped["reps"]) == ("toe-presses", 1)


def test_a_set_that_was_left_goes_on_where_it_was(sitting, short_doses):
    sitting.open().start()
    sitting.run(5 + 2 + 1 + 0.5)
    sitting.page.reload()
    sitting.hold_time().start("Carry on")
    expect(sitting.word).to_have_text("Get ready")
    sitting.run(3.1)
    expect(sitting.rep).to_have_text("Rep 2 of 2")
    sitting.run(2)

    sitting.expect_done(1)
    [whole] = sitting.export()["sets"]
    assert whole["reps"] == 2


def test_another_dose_begins_its_set_anew(sitting, alice, short_doses):
    sitting.open().start()
    sitting.run(5 + 2 + 1 + 0.5)
    alice.prescriptions.update(reps=3)
    sitting.page.reload()
    sitting.hold_time().start("Carry on")
    sitting.run(5.1)

    expect(sitting.rep).to_have_text("Rep 1 of 3")


def test_a_set_begun_with_the_coach_and_ticked_on_today_is_one(sitting, short_doses):
    sitting.open().start()
    sitting.run(5 + 2 + 0.5)
    sitting.page.goto("/")
    sitting.page.get_by_role("button", name="Toe presses, Morning: not done").click()
    expect(sitting.page.get_by_role("button", name="Toe presses, Morning: done", exact=True)).to_be_visible()

    [ticked] = CompletedSet.objects.all()
    assert sitting.page.evaluate(READ) == []
    sitting.page.goto("/session/morning/")
    sitting.hold_time().start("Carry on")
    expect(sitting.stage.get_by_role("heading", name="Toe walking")).to_be_visible()
    assert ticked.source == "ticked"


def test_a_change_of_position_waits_for_a_tap(sitting, alice, short_doses):
    alice.preferences.move_waits = True
    alice.preferences.save()
    sitting.open().start()
    sitting.run(10 + 8 + 10 + 60)
    expect(sitting.stage.get_by_text("Take your time. Tap “Go now” when you are ready.")).to_be_visible()
    expect(sitting.stage.get_by_text("Sit down. Sit upright.")).to_be_visible()
    expect(sitting.page.get_by_role("button", name="Go now")).to_be_focused()
    sitting.tap("Go now")

    expect(sitting.word).to_have_text("Get ready")
    sitting.run(3.1)
    expect(sitting.word).to_have_text("Hold")


def test_the_lock_screen_and_a_headset_do_what_the_stage_does(sitting, short_doses):
    sitting.page.add_init_script(WATCH_KEYS)
    sitting.open().start()

    def press(key):
        sitting.page.evaluate("(key) => window.keys[key]()", key)

    press("nexttrack")
    expect(sitting.rep).to_have_text("Rep 1 of 2")
    press("nexttrack")
    expect(sitting.rep).to_have_text("Rep 2 of 2")
    press("previoustrack")
    expect(sitting.rep).to_have_text("Rep 1 of 2")
    press("pause")
    expect(sitting.page.get_by_role("heading", name="Paused")).to_be_visible()
    sitting.run(60)
    press("play")
    sitting.run(3.1)
    expect(sitting.rep).to_have_text("Rep 1 of 2")


def test_without_a_track_it_waits_while_the_screen_is_off(sitting):
    sitting.open().start()
    sitting.run(6)
    sitting.page.evaluate("""() => {
        Object.defineProperty(document, "visibilityState", { value: "hidden" });
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    sitting.run(600)

    expect(sitting.page.get_by_text("The screen went off, so the timer waited.")).to_be_visible()
    assert sitting.export()["sets"] == []


@pytest.mark.parametrize("what", BROKEN)
def test_it_runs_without(what, sitting, short_doses):
    sitting.page.add_init_script(BROKEN[what])
    sitting.open("midday").start()
    sitting.run_steps()

    expect(sitting.page.get_by_role("heading", name="Nice work.")).to_be_focused()
    assert [each["reps"] for each in sitting.export()["sets"]] == [2, 4]


def test_the_voice_says_each_phase_in_a_few_words(sitting, alice):
    alice.prescriptions.update(reps=4, effort_seconds=2, pause_seconds=1)
    sitting.page.add_init_script(WATCH_VOICE)
    sitting.open("extra", "?exercise=toe-presses").start()
    sitting.run(5 + 11)

    said = sitting.page.evaluate("window.said")
    assert said[0] == " "  # within the tap, so that the phone lets it speak
    assert said[1:4] == ["Stand tall. Knees soft.", "Grip the floor.", "Let go."]
    assert said[-3:] == ["Halfway.", "Let go.", "Last one."]


def test_a_screen_reader_hears_boundaries_only(sitting, short_doses):
    sitting.open("midday").start()
    sitting.page.evaluate("""() => {
        window.heard = 1;
        new MutationObserver((all) => (window.heard += all.length))
            .observe(document.querySelector("[data-live]"), { childList: true });
    }""")
    phases = sitting.sheet()["phases"]
    sitting.run(phases[-1]["at"] + 0.1)

    assert sitting.page.evaluate("window.heard") == len(phases)


def test_the_keyboard_alone_runs_a_sitting(sitting, short_doses):
    sitting.open("midday")
    keyboard = sitting.page.keyboard
    start = sitting.page.get_by_role("button", name="Start", exact=True)
    start.focus()
    keyboard.press("Enter")
    sitting.run(6)
    expect(sitting.page.get_by_role("button", name="Pause", exact=True)).to_be_focused()
    keyboard.press("Enter")
    expect(sitting.page.get_by_role("button", name="Carry on")).to_be_focused()
    keyboard.press("Tab")
    expect(sitting.page.get_by_role("button", name="Do this set again")).to_be_focused()
    keyboard.press("Enter")
    expect(sitting.page.get_by_role("button", name="Pause", exact=True)).to_be_focused()
    sitting.run(5 + 5 + 0.1)
    sitting.run_steps(first=1)

    expect(sitting.page.get_by_role("heading", name="Nice work.")).to_be_focused()
    assert len(sitting.export()["sets"]) == 2


def test_cues_are_chosen_before_a_sitting_and_in_it_and_remembered(alice_page, alice):
    choose(alice_page.context, alice, sound=False, voice=False)
    alice_page.add_init_script("Element.prototype.animate = function () { window.flashed = this.className }")
    sitting = Sitting(alice_page).open()
    sitting.tap("Sound and cues")
    expect(sitting.page.get_by_label("Sounds", exact=True)).not_to_be_checked()
    sitting.page.get_by_label("Flash the screen").check()
    sitting.page.get_by_role("slider").fill("30")
    sitting.tap("Done")
    sitting.start()
    assert sitting.page.evaluate("window.flashed") == "session-flash"
    sitting.tap("Pause")
    sitting.stage.locator(".session-pause").get_by_role("button", name="Sound and cues").click()

    expect(sitting.page.get_by_label("Flash the screen")).to_be_checked()
    expect(sitting.page.get_by_label("Voice, while the screen is on")).not_to_be_checked()
    expect(sitting.page.get_by_role("slider")).to_have_value("30")


def test_axe_finds_nothing_in_the_choice_of_cues(sitting, axe):
    sitting.page.emulate_media(reduced_motion="reduce")
    sitting.page.goto("/session/morning/")
    sitting.tap("Sound and cues")
    sitting.tap("Try it: one second")

    expect(sitting.page.get_by_text("Sounds: yes.")).to_be_visible()
    axe(sitting.page)
