"""A tap that comes before the page has read its store, which says what else was done on this phone."""

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet
from tests.support.phone import a_set
from tests.support.pocket import FRIDAY, until
from tests.support.session_page import SessionPage
from tests.support.under_way import HOLD_READS, settle
from tests.support.usual_plan import ALL_EXERCISES

LOST = ["net::ERR", "htmx:sendError", "htmx:afterRequest", "status of 503", "Error Code 503"]
MORNING = "/session/morning/"
DONE_AT = {"completed_at": FRIDAY.isoformat(), "timezone": "Europe/Berlin"}
pytestmark = [pytest.mark.usefixtures("short_doses"), pytest.mark.expects_in_console(*LOST)]


@pytest.fixture
def early(pocket):
    """The session of a phone with these events, before the page has read them; the server does not answer."""

    def early(*events):
        pocket.page.clock.install(time=FRIDAY)
        pocket.server(get_sync="is down", now=FRIDAY.isoformat()).open("/help/")
        pocket.write(*events)
        pocket.page.add_init_script(HOLD_READS)
        pocket.open(MORNING)
        return SessionPage(pocket.page).hold_time()

    return early


def read(session):
    session.page.evaluate("releaseReads()")
    settle(session.page)


def a_done_set(exercise="toe-presses", **fields):
    return a_set(exercise=exercise, **DONE_AT, **fields)


def expect_exercise(session, name):
    expect(session.stage.locator(".session-main").get_by_role("heading", name=name)).to_be_visible()


def test_a_session_started_early_turns_to_what_is_left(early):
    session = early(a_done_set()).start()
    expect_exercise(session, "Toe presses")
    read(session)

    expect_exercise(session, "Toe walking")


def test_a_paused_session_turns_too(early):
    session = early(a_done_set()).start()
    session.tap("Pause")
    read(session)
    expect(session.stage.locator(".session-pause .lead")).to_contain_text("Toe walking")
    session.tap("Carry on")

    expect_exercise(session, "Toe walking")


def test_a_session_started_early_leaves_out_later_sets_too(early):
    session = early(a_done_set("toe-walking")).start()
    read(session)

    expect_exercise(session, "Toe presses")
    expect(session.stage.locator("[data-show=next]").first).not_to_have_text("Toe walking")


def test_a_set_under_way_is_not_taken_away(early):
    session = early(a_done_set()).start()
    session.page.clock.run_for((session.sheet()["phases"][1]["at"] + 2.1) * 1000)
    expect(session.word).to_have_text("Let go")
    read(session)

    expect_exercise(session, "Toe presses")


def test_an_early_start_of_a_session_that_is_done_repeats_it(early, pocket):
    """All its sets are another time's, that of a step ticked off on its own page too."""
    pocket.open(MORNING, at=FRIDAY).server(everything="is down").stop_time()
    pocket.page.get_by_role("button", name="Tick off: Toe presses").click()
    pocket.entries_when(1)
    pocket.settle()  # its request has failed: sent later, it would reach a server that is up again
    session = early(*map(a_done_set, ALL_EXERCISES[1:])).start()
    expect_exercise(session, "Toe walking")
    read(session)
    expect_exercise(session, "Toe presses")
    session.run(session.sheet()["steps"][0]["end"] + 0.1)

    until(lambda: [each["event"].get("source") for each in pocket.entries()].count("timed"), lambda count: count == 1)


def test_a_step_ticked_off_early_that_is_done_is_one_set(early, pocket):
    session = early(a_done_set())
    session.tap("Tick off: Toe presses")
    read(session)
    expect(session.page.locator("#steps").get_by_text("Saved on this phone").first).to_be_visible()

    assert len(pocket.entries()) == 1


def test_a_step_ticked_off_early_is_a_set(early):
    session = early()
    session.tap("Tick off: Toe presses")
    read(session)
    session.expect_done(1)

    assert CompletedSet.objects.count() == 1
