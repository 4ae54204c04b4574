"""The coach where things come together badly: a double tap, a sleep, a reload, another page, midnight."""

from datetime import timedelta

from django.templatetags.static import static
from playwright.sync_api import expect

from exercises.models import CompletedSet, Session
from tests.browser.pocket import FRIDAY, READ, until
from tests.browser.sitting import Sitting

LATE = FRIDAY.replace(hour=23, minute=58)
DOUBLE_TAP = "document.querySelector('[data-act=start]').click(), document.querySelector('[data-act=start]').click()"
# A browser may cut a track's length to its own precision: at its end it then shows a little less than was asked for.
AT_THE_END = """
async (clock) => {
    const { TrackClock } = await import(clock);
    const media = HTMLMediaElement.prototype;
    media.play = () => Promise.resolve();
    Object.defineProperty(media, "ended", { value: true });
    Object.defineProperty(media, "currentTime", { value: 4.999999 });
    const track = new TrackClock({ onStopped() {}, onRefused() {} });
    const phases = [{ kind: "move", at: 0, seconds: 5 }, { kind: "hold", at: 5, seconds: 5 }];
    track.play({ phases, steps: [{ end: 10 }], seconds: 10 }, { from: 0, lead: 0, until: 5, volume: 1 });
    return track.now();
}
"""


def test_a_double_tap_on_start_starts_one_sitting(sitting, short_doses):
    sitting.open().page.evaluate(DOUBLE_TAP)
    expect(sitting.stage).to_be_visible()
    sitting.run(5.1)

    expect(sitting.word).to_have_text("Hold")
    expect(sitting.page.get_by_text("A sitting is running in another tab")).to_be_hidden()


def test_nothing_is_made_up_behind_a_place_where_it_waits(sitting, alice, short_doses):
    alice.preferences.move_waits = True
    alice.preferences.save()
    sitting.open().start()
    sitting.leap(600)

    expect(sitting.stage.get_by_text("Take your time. Tap “Go now” when you are ready.")).to_be_visible()
    sitting.expect_done(2)
    assert [each["exercise"] for each in sitting.export()["sets"]] == ["toe-presses", "toe-walking"]


def test_a_track_that_is_over_stands_at_its_end(alice_page):
    alice_page.goto("/help/")

    assert alice_page.evaluate(AT_THE_END, static("js/track-clock.js")) == 5


def test_a_set_with_longer_rests_goes_on_where_it_was_left(sitting, alice):
    alice.prescriptions.update(reps=3, effort_seconds=4, pause_seconds=6)
    sitting.open("extra", "?exercise=toe-walking").start()
    for seconds in (5 + 4 + 1, 15 + 4 + 1):
        sitting.run(seconds)
        sitting.tap("10 seconds more")
    sitting.page.reload()
    sitting.hold_time().start("Carry on")
    sitting.run(3.1)

    expect(sitting.word).to_have_text("Rest")
    sitting.run(6)
    expect(sitting.rep).to_have_text("Walk 3 of 3")


def test_what_was_ticked_on_today_and_taken_back_can_be_done_with_the_coach(sitting, short_doses):
    sitting.open().start()
    sitting.run(5 + 2 + 0.5)
    sitting.page.goto("/")
    sitting.page.get_by_role("button", name="Toe presses, Morning: not done").click()
    ticked = sitting.page.get_by_role("button", name="Toe presses, Morning: done", exact=True)
    expect(ticked).to_be_visible()
    sitting.run(3)
    ticked.click()
    expect(sitting.page.get_by_role("button", name="Toe presses, Morning: not done")).to_be_visible()
    sitting.page.goto("/session/morning/")
    sitting.hold_time().start("Carry on")
    sitting.run(3 + 1 + 2)

    sitting.expect_done(1)
    assert [each["source"] for each in sitting.export()["sets"] if not each["undone"]] == ["timed"]


def test_a_sitting_stopped_before_its_first_rep_is_not_praised(sitting, short_doses):
    sitting.open().start()
    sitting.run(2)
    sitting.tap("Pause")
    sitting.tap("Stop here and save")

    expect(sitting.page.get_by_role("heading", name="Stopped for now.")).to_be_focused()
    expect(sitting.page.get_by_text("Nice work.")).to_be_hidden()
    assert sitting.export()["sets"] == []


def test_the_reps_of_a_set_that_was_left_are_written_down(sitting, short_doses):
    sitting.open().start()
    sitting.run(5 + 2 + 0.5)
    sitting.page.goto("/")

    [left] = until(lambda: sitting.page.evaluate(READ), len)
    assert (left["state"], left["event"]["exercise"], left["event"]["reps"]) == ("open", "toe-presses", 1)


def test_a_set_done_again_begins_at_no_rep(sitting, alice):
    alice.prescriptions.update(reps=3, effort_seconds=2, pause_seconds=1)
    sitting.open().start()
    sitting.run(5 + 2 + 1 + 2 + 0.5)
    sitting.tap("Pause")
    sitting.tap("Do this set again")
    sitting.run(5 + 2 + 0.5)
    sitting.tap("Pause")
    with sitting.page.expect_response("**/sync/"):
        sitting.tap("Stop here and save")
    expect(sitting.page.get_by_role("heading", name="Nice work.")).to_be_focused()

    assert [each["reps"] for each in sitting.export()["sets"]] == [1]


def test_once_more_begins_at_the_beginning(sitting, short_doses):
    sitting.open("midday").start()
    sitting.run(5 + 2 + 0.5)
    sitting.page.reload()
    for number, name in enumerate(["Toe presses", "Ankle circles"], 1):
        sitting.tap(f"Tick it off: {name}")
        sitting.expect_done(number)
    sitting.hold_time().start("Do it once more")

    expect(sitting.count).to_contain_text("5")
    sitting.run(5.1)
    expect(sitting.rep).to_have_text("Rep 1 of 2")


def test_a_set_done_by_hand_after_midnight_belongs_to_the_sitting_begun_before(pocket, short_doses):
    pocket.open("/session/evening/", at=LATE)
    sitting = Sitting(pocket.page).hold_time().start()
    sitting.run(6)
    sitting.tap("Pause")
    pocket.server(now=(LATE + timedelta(minutes=5)).isoformat())
    sitting.leap(300)
    sitting.tap("I did it without the timer")
    sitting.run(3 + 5 + 0.1)
    sitting.tap("Pause")
    sitting.tap("Stop here and save")
    pocket.expect_empty()

    expect(pocket.needs_you).to_be_hidden()
    assert {each.session for each in CompletedSet.objects.all()} == {Session.objects.get().uuid}


def test_the_sound_check_knows_that_sounds_are_off(sitting):
    sitting.open().tap("Sound and cues")
    sitting.tap("Try it: one second")

    expect(sitting.page.get_by_text("With the screen off the coach may stop.")).to_be_visible()
