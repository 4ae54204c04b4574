"""The coach under a double tap, a sleep, a reload, another page and midnight."""

from datetime import timedelta

from django.templatetags.static import static
from playwright.sync_api import expect

from exercises.models import CompletedSet, Session
from tests.support.pocket import FRIDAY, READ, until
from tests.support.session_page import SessionPage

LATE = FRIDAY.replace(hour=23, minute=58)
DOUBLE_TAP = "document.querySelector('[data-act=start]').click(), document.querySelector('[data-act=start]').click()"
# A browser may cut a track's length to its own precision: at its end it then shows a little less than was asked for.
AT_THE_END = """
async (clock) => {
    const { AudioClock } = await import(clock);
    const media = HTMLMediaElement.prototype;
    media.play = () => Promise.resolve();
    Object.defineProperty(media, "ended", { value: true });
    Object.defineProperty(media, "currentTime", { value: 4.999999 });
    const track = new AudioClock({ onStopped() {}, onNoSound() {} });
    const phases = [{ kind: "move", at: 0, seconds: 5 }, { kind: "hold", at: 5, seconds: 5 }];
    track.play({ phases, steps: [{ end: 10 }], seconds: 10 }, { from: 0, lead: 0, until: 5, volume: 1 });
    const end = performance.now() + 5000;
    performance.now = () => end;
    return track.now();
}
"""


def test_a_double_tap_on_start_starts_one_session(session, short_doses):
    session.open().page.evaluate(DOUBLE_TAP)
    expect(session.stage).to_be_visible()
    session.run(5.1)

    expect(session.word).to_have_text("Hold")
    expect(session.page.get_by_text("A session is running in another tab")).to_be_hidden()


def test_no_set_is_counted_after_a_step_that_waits_for_a_tap(session, alice, short_doses):
    alice.preferences.move_waits = True
    alice.preferences.save()
    session.open().start()
    session.leap(600)

    expect(session.stage.get_by_text("Take your time. Tap “Go now” when you are ready.")).to_be_visible()
    session.expect_done(2)
    assert [each["exercise"] for each in session.export()["sets"]] == ["toe-presses", "toe-walking"]


def test_a_finished_track_stands_at_its_end(alice_page):
    alice_page.goto("/help/")

    assert alice_page.evaluate(AT_THE_END, static("js/coach/audio-clock.js")) == 5


def test_a_set_with_longer_rests_goes_on_where_it_was_left(session, alice):
    alice.prescriptions.update(reps=3, effort_seconds=4, pause_seconds=6)
    session.open("extra", "?exercise=toe-walking").start()
    for seconds in (8 + 4 + 1, 15 + 4 + 1):
        session.run(seconds)
        session.tap("Add 10 seconds")
    session.page.reload()
    session.hold_time().start("Carry on")
    session.run(3.1)

    expect(session.word).to_have_text("Rest")
    session.run(6)
    expect(session.rep).to_have_text("Walk 3 of 3")


def test_a_set_ticked_on_today_and_undone_can_be_done_with_the_coach(session, short_doses):
    session.open().start()
    session.run(5 + 2 + 0.5)
    session.page.goto("/")
    session.page.get_by_role("button", name="Toe presses, Morning: not done").click()
    ticked = session.page.get_by_role("button", name="Toe presses, Morning: done", exact=True)
    expect(ticked).to_be_visible()
    session.run(3)
    ticked.click()
    expect(session.page.get_by_role("button", name="Toe presses, Morning: not done")).to_be_visible()
    session.page.goto("/session/morning/")
    session.hold_time().start("Carry on")
    session.run(3 + 1 + 2)

    session.expect_done(1)
    assert [each["source"] for each in session.export()["sets"] if not each["undone"]] == ["timed"]


def test_a_session_stopped_before_its_first_rep_is_not_praised(session, short_doses):
    session.open().start()
    session.run(2)
    session.tap("Pause")
    session.tap("Stop here and save")

    expect(session.page.get_by_role("heading", name="Stopped for now. That is fine.")).to_be_focused()
    expect(session.page.get_by_text("Nice work.")).to_be_hidden()
    assert session.export()["sets"] == []


def test_the_reps_of_an_unfinished_set_are_saved(session, short_doses):
    session.open().start()
    session.run(5 + 2 + 0.5)
    session.page.goto("/")

    [left] = until(lambda: session.page.evaluate(READ), len)
    assert (left["state"], left["event"]["exercise"], left["event"]["reps"]) == ("open", "toe-presses", 1)


def test_a_set_done_again_begins_at_no_rep(session, alice):
    alice.prescriptions.update(reps=3, effort_seconds=2, pause_seconds=1)
    session.open().start()
    session.run(5 + 2 + 1 + 2 + 0.5)
    session.tap("Pause")
    session.tap("Do this set again")
    session.run(5 + 2 + 0.5)
    session.tap("Pause")
    with session.page.expect_response("**/sync/"):
        session.tap("Stop here and save")
    expect(session.page.get_by_role("heading", name="Nice work.")).to_be_focused()

    assert [each["reps"] for each in session.export()["sets"]] == [1]


def test_once_more_begins_at_the_beginning(session, short_doses):
    session.open("midday").start()
    session.run(5 + 2 + 0.5)
    session.page.reload()
    for number, name in enumerate(["Toe presses", "Ankle circles"], 1):
        session.tap(f"Tick off: {name}")
        session.expect_done(number)
    session.hold_time().start("Do it again")

    expect(session.count).to_contain_text("5")
    session.run(5.1)
    expect(session.rep).to_have_text("1 of 2")


def test_a_set_ticked_after_midnight_belongs_to_the_session_of_the_evening(pocket, short_doses):
    pocket.open("/session/evening/", at=LATE)
    session = SessionPage(pocket.page).hold_time().start()
    session.run(6)
    session.tap("Pause")
    pocket.server(now=(LATE + timedelta(minutes=5)).isoformat())
    session.leap(300)
    session.tap("I did it without the timer")
    session.run(3 + 5 + 0.1)
    session.tap("Pause")
    session.tap("Stop here and save")
    pocket.expect_empty()

    expect(pocket.needs_you).to_be_hidden()
    assert {each.session for each in CompletedSet.objects.all()} == {Session.objects.get().uuid}


def test_the_sound_check_knows_that_sounds_are_off(session):
    session.open().tap("Sound and voice")
    session.tap("Test the sound")

    expect(session.page.get_by_text("With the screen off, the coach may stop.")).to_be_visible()
