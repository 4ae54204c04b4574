"""A session and the outbox: an old page, a page without htmx and a half loaded one report each set once."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet, Session
from tests.support.pocket import FRIDAY, Pocket
from tests.support.session_page import SessionPage
from tests.support.under_way import hold

LATE = FRIDAY.replace(hour=23, minute=58)
AFTER = LATE + timedelta(minutes=5)
TAP_WHAT_IS_NEW = """
() => {
    let taps = 0;
    document.addEventListener("htmx:afterSwap", ({ target }) => {
        if (target.id === "steps" && !taps++) target.querySelector("form button").click();
    });
    document.body.dispatchEvent(new Event("outbox:synced"));
}
"""


@pytest.fixture
def short(alice):
    """Steps of a few seconds."""
    alice.prescriptions.update(reps=2, effort_seconds=2, pause_seconds=1)


def tick_off(pocket, name="Toe presses"):
    pocket.page.get_by_role("button", name=f"Tick off: {name}", exact=True).click()


def test_a_set_that_ends_before_htmx_knows_its_form_counts(pocket):
    pocket.open("/session/morning/")
    pocket.page.evaluate(TAP_WHAT_IS_NEW)

    SessionPage(pocket.page).expect_done(1)
    assert CompletedSet.objects.get().exercise.slug == "toe-presses"


@pytest.mark.expects_in_console("net::ERR_FAILED")
@pytest.mark.parametrize("pocket", [False], ids=["page"], indirect=True)  # the worker has it, and would bring it
def test_a_set_is_sent_where_htmx_did_not_load(pocket):
    pocket.page.route("**/htmx*.js", lambda route: route.abort())
    pocket.open("/session/morning/")
    with hold(pocket.page, "**/sync/"):
        tick_off(pocket)
        expect(pocket.page.locator("[data-note=waiting]:visible")).to_have_count(1)

    pocket.expect_empty()
    assert CompletedSet.objects.count() == 1


@pytest.mark.expects_in_console("net::ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
def test_a_second_days_tick_on_a_page_of_yesterday_is_another_one(pocket):
    pocket.open("/session/midday/", at=LATE).offline()
    tick_off(pocket)
    expect(pocket.page.locator("[data-note=waiting]:visible")).to_have_count(1)
    pocket.expect_waiting(1)
    pocket.pass_time(5 * 60)
    tick_off(pocket)
    pocket.expect_waiting(2)
    pocket.server(now=AFTER.isoformat()).online().expect_empty()

    assert sorted(each["day"] for each in pocket.sets()) == ["2026-11-20", "2026-11-21"]


def test_a_tab_of_yesterday_leaves_todays_session_alone(pocket, short):
    old = pocket.open("/session/midday/", at=LATE)
    new = Pocket(pocket.page.context.new_page(), pocket.user, pocket.moods).open("/session/midday/", at=AFTER)
    session = SessionPage(new.page).hold_time().start()
    session.run_steps(last=1)
    SessionPage(old.page).expect_done(1)
    session.run_steps(first=1, last=2)

    assert CompletedSet.objects.count() == 2
    assert len({each.session for each in CompletedSet.objects.all()}) == 1


@pytest.mark.expects_in_console("status of 503", "Error Code 503")
def test_one_exercise_alone_is_not_offered_again_when_it_is_sent(pocket):
    fetched = []
    pocket.open("/session/extra/?exercise=toe-presses").server(post_sets="is down", get_sync="is down")
    pocket.page.on("request", lambda request: request.method == "GET" and fetched.append(request.url))
    tick_off(pocket)
    pocket.expect_waiting(1)
    pocket.server().page.evaluate("dispatchEvent(new Event('online'))")
    pocket.expect_empty()

    pocket.expect_waiting(0)
    expect(pocket.page.get_by_role("button", name="Tick off")).to_be_hidden()
    assert not [url for url in fetched if "/session/" in url]
    assert CompletedSet.objects.count() == 1


def test_carrying_on_after_the_end_opens_no_second_session(pocket, short):
    session = SessionPage(pocket.page).open().start()
    session.run_steps(last=1)
    for _ in range(3):
        session.tap("Pause")
        pocket.page.get_by_role("button", name=re.compile("^Skip to")).click()
    expect(session.page.get_by_role("heading", name="Nice work.")).to_be_visible()
    pocket.expect_empty()
    pocket.page.reload()
    session.hold_time().start("Carry on")
    _, second, *_ = session.sheet()["steps"]
    session.run(second["end"] - second["start"] + 0.02)
    session.expect_done(2)

    pocket.expect_empty()
    assert Session.objects.count() == 1
