"""The coach's clock, and what is not the coach: a clock that is set, a sleep, a lock screen, a headset, a call.

Whatever moves the track, only what was really played counts.
"""

from datetime import datetime, timedelta

import pytest
from django.templatetags.static import static
from playwright.sync_api import expect

from exercises.models import CompletedSet, Session
from tests.support.pocket import FRIDAY
from tests.support.session_page import SessionPage
from tests.support.track import TrackedPage

# A playback on a clock of its own; `wall` is the phone's time of day. At last: seconds since its start.
PLAYBACK = """
async ([playback, run, runs, stops]) => {
    const [{ Playback }, { Run }] = await Promise.all([import(playback), import(run)]);
    const start = Date.parse("2026-11-20T07:00:00Z");
    let wall = start;
    Date.now = () => wall;
    const clock = { running: true, seconds: 0, now: () => clock.seconds };
    const phases = [{ step: 0, kind: "hold", at: 0, seconds: 30 }];
    const sheet = { seconds: 30, steps: [{ exercise: "toe-presses", start: 0, end: 30 }], phases };
    const played = new Playback({ clock, play() {}, pause() {}, finish() {} }, new Run(sheet));
    played.play(0);
    clock.seconds = 5;
    wall = start + 5000;
    played.account(() => {});
    clock.seconds = stops;
    clock.running = runs;
    wall = start + 3 * 3600_000; // three hours later somebody looks again
    played.account(() => {});
    return (Date.parse(played.timeOf(Math.min(stops, 30))) - start) / 1000;
}
"""


@pytest.mark.parametrize("stops", [31.5, 20], ids=["heard out", "stopped by a call"])
def test_a_phone_that_wakes_up_hours_later_knows_when_it_ended(alice_page, stops):
    alice_page.goto("/help/")
    modules = [static("js/coach/playback.js"), static("js/coach/run.js")]

    assert alice_page.evaluate(PLAYBACK, [*modules, False, stops]) == min(stops, 30)


@pytest.mark.parametrize(
    "off_by", [(timedelta(minutes=-10), timedelta(hours=2)), (timedelta(hours=-26), timedelta(hours=26))], ids=str
)
def test_the_clock_set_in_a_session_leaves_its_length(session, short_doses, off_by):
    """Put back in the first exercise, and put on in the second."""
    session.open("midday").start()
    session.run(6)
    right = session.page.evaluate("Date.now() - performance.now()") / 1000
    for number, by in enumerate(off_by):
        now = right + session.page.evaluate("performance.now()") / 1000
        session.page.clock.set_system_time(now + by.total_seconds())
        session.run_steps(first=number, last=number + 1)

    expect(session.page.get_by_role("heading", name="Nice work.")).to_be_visible()
    expect(session.page.get_by_role("region", name="Not accepted")).to_be_hidden()
    [kept], sets = session.export()["sessions"], session.export()["sets"]
    began, ended = (datetime.fromisoformat(kept[name]) for name in ("started_at", "finished_at"))
    assert abs((ended - began).total_seconds() - session.sheet()["seconds"]) < 1
    assert {each["day"] for each in sets} == {kept["day"]}
    assert len(sets) == 2


MIDNIGHT = FRIDAY.replace(hour=23, minute=59, second=45)
FETCH_AGAIN = "document.body.dispatchEvent(new Event('day:turned'))"


def test_a_session_over_midnight_is_summed_up_as_one(pocket, short_doses):
    """The day of a set is that of its own instant; the session is known by its id."""
    pocket.open("/session/midday/", at=MIDNIGHT)
    session = SessionPage(pocket.page).hold_time().start()
    session.run_steps(last=1)
    pocket.server(now=(MIDNIGHT + timedelta(seconds=40)).isoformat())
    session.run_steps(first=1)
    done = pocket.page.locator("#session-done")
    for _ in range(2):
        expect(done.get_by_text("2 of 2", exact=True)).to_be_visible()
        expect(done.get_by_text("Not this time")).to_be_hidden()
        with pocket.page.expect_response("**/session/midday/?session=*"):
            pocket.page.evaluate(FETCH_AGAIN)
        pocket.settle()

    pocket.expect_empty()
    expect(done.get_by_role("link", name="Do what is left")).to_be_hidden()
    assert sorted(str(each.day) for each in CompletedSet.objects.all()) == ["2026-11-20", "2026-11-21"]
    assert {each.session for each in CompletedSet.objects.all()} == {Session.objects.get().uuid}


HOURS = 3 * 3600  # all in seconds
IN_A_HOLD = 6.2  # the first is from 5 to 7, and the second from 8 to 10
UNSEEN = 0.25  # most since the track told its time, as it does so often; where nobody can know, it is played again
LEAD = 3
CALL = 600


@pytest.fixture
def tracked(alice_page, short_doses):
    """Toe presses, then ankle circles."""
    return TrackedPage(alice_page)


def facts(tracked):
    """([(exercise, reps, end) of each set], end of the session), in seconds after its start, to a tenth."""
    *sets, kept = tracked.facts()
    start = datetime.fromisoformat(kept["started_at"])

    def after(moment):
        return round((datetime.fromisoformat(moment) - start).total_seconds(), 1)

    counted = {(each["exercise"], each["reps"]) for each in tracked.export()["sets"]}
    assert counted == {(each["exercise"], each["reps"]) for each in sets}
    return [(each["exercise"], each["reps"], after(each["completed_at"])) for each in sets], after(kept["finished_at"])


def undisturbed(tracked, late=0):
    """The same for a session in which nothing happens but a pause in its first exercise."""
    steps = tracked.sheet()["steps"]
    sets = [(step["exercise"], step["reps"], round(step["end"] + late, 1)) for step in steps]
    return sets, sets[-1][-1]


def expect_undisturbed(tracked, late=0, unseen=0):
    """The same reps, and each end `late`, or up to `unseen` later still."""
    (sets, end), (planned, last) = facts(tracked), undisturbed(tracked, late)
    assert [(exercise, reps) for exercise, reps, _ in sets] == [(exercise, reps) for exercise, reps, _ in planned]
    after = [one[-1] - other[-1] for one, other in zip(sets, planned, strict=True)] + [end - last]
    assert all(-0.05 <= each <= unseen + 0.05 for each in after), after


def run_to_the_end(tracked, start=IN_A_HOLD, again=0):
    """From second `start` of the sheet. `again`: seconds done twice, which the last screen counts as trained too."""
    tracked.run(tracked.sheet()["seconds"] - start + 0.1)
    expect(tracked.page.get_by_role("heading", name="Nice work.")).to_be_visible()
    minutes, seconds = divmod(round(tracked.sheet()["seconds"] + again), 60)
    expect(tracked.page.locator("[data-screen=done] [data-time]").first).to_have_text(f"{minutes}:{seconds:02}")


PLACE_AND_RATE = "[window.track.currentTime, window.track.playbackRate]"
JUMPS = {
    "forth": [("seek", 30)],
    "forth within the exercise": [("seek", 9)],
    "forth in small steps": [("seek", at) for at in (6.7, 7.2, 7.7, 8.2, 8.7, 9.2)],
    "to and fro": [("seek", 20), ("seek", 6), ("seek", 30)],
    "faster": [("rate", 4)],
    "slower": [("rate", 0.25)],
}


def test_a_track_moved_from_outside_goes_back_and_nothing_else_happens(tracked):
    """One move after another in the same hold."""
    tracked.open("midday").start()
    tracked.run(IN_A_HOLD)
    for number, (name, acts) in enumerate(JUMPS.items(), 1):
        tracked.outside(*acts)
        tracked.run(0.1)
        place = pytest.approx(IN_A_HOLD + number / 10, abs=0.01)
        assert tracked.page.evaluate(PLACE_AND_RATE) == [place, 1], name
    run_to_the_end(tracked, start=IN_A_HOLD + len(JUMPS) / 10)

    expect_undisturbed(tracked)


def test_what_a_track_played_before_it_was_moved_back_counts_once(tracked):
    tracked.open("midday").start()
    tracked.run(IN_A_HOLD)
    tracked.outside(("seek", 1))
    run_to_the_end(tracked, start=IN_A_HOLD - UNSEEN)

    expect_undisturbed(tracked, unseen=UNSEEN)


def test_what_was_played_before_a_jump_in_a_frozen_page_counts(tracked):
    tracked.open("midday").start()
    tracked.run(IN_A_HOLD)
    tracked.outside("freeze", ("jumpAfter", 3, 30))
    tracked.leap(10)
    tracked.outside("thaw")
    run_to_the_end(tracked, start=IN_A_HOLD + 3)

    assert facts(tracked) == undisturbed(tracked, late=10 - 3)


def test_a_jump_to_where_it_was_before_counts_nothing(tracked):
    """The browser's list of what it played has no gap then."""
    tracked.open("midday").start()
    tracked.run(9.7)
    tracked.tap("Back")
    tracked.tap("Back")
    tracked.run(0.5)
    tracked.outside("freeze", ("seek", 9.6))
    tracked.run(0.2)
    tracked.outside("thaw")
    run_to_the_end(tracked, start=5.7, again=9.7 - 5)

    assert facts(tracked) == undisturbed(tracked, late=9.7 - 5)


STOPS = {
    "paused": ["pause"],
    "moved to its end": ["seekToEnd"],
    "moved to its end while frozen": ["freeze", "seekToEnd"],
    "broken": ["fail"],
    "standing, as without a sound device": ["stand"],
    "emptied": ["empty"],
}


def test_a_track_stopped_from_outside_stops_the_timer_until_a_tap(tracked):
    """One stop after another in the same hold; by the last it may lose what it has not seen."""
    tracked.open("midday").start()
    tracked.run(IN_A_HOLD)
    for name, acts in STOPS.items():
        tracked.outside(*acts)
        tracked.run(6)  # seconds in which it learns of a track that only stands
        tracked.outside("thaw")
        tracked.expect_stopped(name)
        tracked.outside("play", ("seek", 30))
        tracked.run(60)
        tracked.expect_stopped(name)
        assert tracked.export()["sets"] == [], name
        tracked.tap("Carry on")
        tracked.run(LEAD)
    run_to_the_end(tracked, start=IN_A_HOLD - UNSEEN)

    expect_undisturbed(tracked, late=(6 + 60 + LEAD) * len(STOPS), unseen=UNSEEN)


def test_a_call_in_a_frozen_page_is_no_training_and_moves_no_start(tracked):
    tracked.open("midday").start()
    tracked.run(IN_A_HOLD)
    tracked.outside("freeze", ("call", CALL))
    tracked.leap(CALL)
    tracked.outside("thaw")
    run_to_the_end(tracked)

    assert facts(tracked) == undisturbed(tracked, late=CALL)


def test_a_phone_that_wakes_hours_later_knows_when_each_thing_ended(tracked):
    tracked.open("midday").start()
    tracked.run(IN_A_HOLD)
    tracked.leap(HOURS)
    run_to_the_end(tracked)

    assert facts(tracked) == undisturbed(tracked)


@pytest.mark.parametrize("by", [HOURS, -HOURS], ids=["put on", "put back"])
def test_a_clock_set_by_the_user_opens_no_way_for_a_jump(tracked, by):
    tracked.open("midday").start()
    tracked.run(IN_A_HOLD)
    tracked.page.clock.set_system_time(tracked.page.evaluate("Date.now()") / 1000 + by)
    tracked.run(1)  # it looks once a second
    tracked.outside("freeze", ("seek", 30))
    tracked.run(0.2)
    tracked.outside("thaw")
    run_to_the_end(tracked, start=IN_A_HOLD + 1)

    assert facts(tracked) == undisturbed(tracked, late=0.2)
