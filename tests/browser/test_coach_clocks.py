"""The coach and the phone's clock: it is set while a session runs, or a phone wakes up hours after the end of one."""

from datetime import datetime, timedelta

import pytest
from django.templatetags.static import static
from playwright.sync_api import expect

from exercises.models import CompletedSet, Session
from tests.support.pocket import FRIDAY
from tests.support.session_page import SessionPage

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


@pytest.mark.parametrize("by", [timedelta(minutes=-10), timedelta(hours=2), timedelta(hours=-26), timedelta(hours=26)])
def test_the_clock_set_in_a_session_leaves_its_length(session, short_doses, by):
    session.open("midday").start()
    session.run(6)
    set_to = session.page.evaluate("Date.now()") / 1000 + by.total_seconds()
    session.page.clock.set_system_time(set_to)
    session.run_steps()

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
