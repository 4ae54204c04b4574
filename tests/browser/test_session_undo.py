"""A set of a session whose undo waits on the phone is to do again, before the server or the page knows."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet
from tests.support.phone import a_set, an_undo
from tests.support.pocket import FRIDAY, Pocket, until
from tests.support.session_page import SessionPage
from tests.support.usual_plan import ALL_EXERCISES

pytestmark = [
    pytest.mark.usefixtures("short_doses"),
    pytest.mark.expects_in_console(
        "status of 503", "Error Code 503", "net::ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest"
    ),
]
MORNING = "/session/morning/"
LATER, LAST = (
    FRIDAY + timedelta(minutes=1),
    FRIDAY + timedelta(minutes=2),
)  # the server's clock goes on only when told to
DONE_AT = {"completed_at": FRIDAY.isoformat(), "timezone": "Europe/Berlin"}


@pytest.fixture
def sets(pocket):
    """The ids of sets that the server has, of the morning; the page of its session is open, and the server gone."""

    def send(*exercises, **fields):
        events = [a_set(exercise=exercise, **DONE_AT, **fields) for exercise in exercises]
        pocket.open("/help/", at=FRIDAY)
        pocket.write(*events)
        pocket.open(MORNING).expect_empty()
        pocket.server(get_sync="is down", now=LATER.isoformat()).open(MORNING)
        return [event["id"] for event in events]

    return send


def undo_elsewhere(pocket, *targets):
    """As on another page, which was left before its request was answered."""
    pocket.write(*map(an_undo, targets))
    pocket.page.reload()
    pocket.settle()


def row(pocket, name="Toe presses"):
    return pocket.page.get_by_role("listitem").filter(has=pocket.page.get_by_role("heading", name=name, exact=True))


def expect_to_do(pocket, name="Toe presses"):
    expect(row(pocket, name).get_by_role("button", name=f"Tick off: {name}")).to_be_visible()
    expect(row(pocket, name).get_by_text("Done")).to_be_hidden()


def expect_done(pocket, name="Toe presses"):
    expect(row(pocket, name).get_by_text("Done")).to_be_visible()
    expect(row(pocket, name).get_by_role("button")).to_be_hidden()


def expect_first(pocket, start, name="Toe presses"):
    """Of what the coach offers."""
    session = SessionPage(pocket.page).start(start)
    expect(session.stage.get_by_role("heading", name=name)).to_be_visible()


def test_the_coach_offers_a_set_whose_undo_waits(pocket, sets):
    (first,) = sets("toe-presses")
    undo_elsewhere(pocket, first)
    expect_to_do(pocket)
    session = SessionPage(pocket.page).hold_time().start("Carry on")
    expect(session.stage.get_by_role("heading", name="Toe presses")).to_be_visible()
    session.run(session.sheet()["steps"][0]["end"])
    expect(session.stage.get_by_role("heading", name="Toe walking")).to_be_visible()
    pocket.server(now=LAST.isoformat()).page.evaluate("dispatchEvent(new Event('online'))")

    until(pocket.sets, lambda kept: [(each["exercise"], each["source"]) for each in kept] == [("toe-presses", "timed")])


def test_a_set_ticked_again_after_an_undo_is_another_set(pocket, sets):
    (first,) = sets("toe-presses")
    undo_elsewhere(pocket, first)
    row(pocket).get_by_role("button").click()
    expect(row(pocket).get_by_text("Saved on this phone")).to_be_visible()
    pocket.server(now=LAST.isoformat()).page.reload()
    pocket.expect_empty()

    expect_done(pocket)
    assert [each["id"] == first for each in pocket.sets()] == [False]


def test_after_an_undo_the_session_makes_another_set(pocket):
    pocket.open(MORNING, at=FRIDAY)
    row(pocket).get_by_role("button").click()
    expect_done(pocket)
    first = CompletedSet.objects.get()
    pocket.settle().server(get_sync="is down", now=LATER.isoformat())
    undo_elsewhere(pocket, str(first.uuid))
    expect_to_do(pocket)
    row(pocket).get_by_role("button").click()
    expect(row(pocket).get_by_text("Saved on this phone")).to_be_visible()
    pocket.server(now=LAST.isoformat()).page.reload()
    pocket.expect_empty()

    assert [each["id"] == str(first.uuid) for each in pocket.sets()] == [False]


def test_a_step_is_done_until_the_last_of_its_sets_is_undone(pocket, sets):
    first, second = sets("toe-presses", "toe-presses")
    undo_elsewhere(pocket, second)
    expect_done(pocket)
    undo_elsewhere(pocket, first)
    expect_to_do(pocket)


def test_a_waiting_set_that_is_undone_is_to_do(pocket, sets):
    sets("toe-walking")
    waiting = a_set(**DONE_AT)
    pocket.write(waiting)
    undo_elsewhere(pocket, waiting["id"])
    expect_done(pocket, "Toe walking")
    expect_to_do(pocket)
    expect_first(pocket, "Carry on")


def test_a_page_older_than_an_acknowledged_undo_shows_it(pocket, sets):
    (first,) = sets("toe-presses")
    undo_elsewhere(pocket, first)
    pocket.server(**{f"GET {MORNING}": "is down", "now": LAST.isoformat()})
    pocket.page.evaluate("dispatchEvent(new Event('online'))")
    pocket.expect_empty()
    expect_to_do(pocket)
    expect_first(pocket, "Carry on")


def test_a_session_is_not_called_done_after_an_undo(pocket, sets):
    _, second, *_ = sets(*ALL_EXERCISES)
    expect(pocket.page.get_by_text("Morning session done.")).to_be_visible()
    undo_elsewhere(pocket, second)
    expect(pocket.page.get_by_text("Morning session done.")).to_be_hidden()
    expect_first(pocket, "Do what is left", "Toe walking")


def test_what_was_done_yesterday_is_to_do_on_a_page_left_open(pocket, sets):
    sets("toe-presses")
    pocket.settle().offline().pass_time(24 * 3600)
    expect_to_do(pocket)
    row(pocket).get_by_role("button").click()
    expect(row(pocket).get_by_text("Saved on this phone")).to_be_visible()
    pocket.server(now=(FRIDAY + timedelta(days=1)).isoformat()).online().expect_empty()

    assert sorted(each["day"] for each in pocket.sets()) == ["2026-11-20", "2026-11-21"]


def test_a_set_undone_on_another_tab_is_offered_again(pocket):
    pocket.open(MORNING, at=FRIDAY)
    row(pocket).get_by_role("button").click()
    expect(row(pocket).get_by_text("Done")).to_be_visible()
    other = Pocket(pocket.page.context.new_page(), pocket.user, pocket.moods).open(at=LATER)
    other.expect_mark("done$")
    other.tick()
    other.expect_mark("not done")

    expect_to_do(pocket)
    expect_first(pocket, "Start")
