"""The guided session, on a fake clock: the browser's time stands still until a test lets it run."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from exercises.rules.timeline import Kind
from tests.support.session_page import SessionPage


def test_a_session_of_four_ends_with_four_sets_and_is_reported_itself(session, short_doses):
    session.open().start()
    session.run_steps(last=3)
    with session.page.expect_response(lambda answer: answer.url.endswith("/sync/") and answer.request.method == "POST"):
        session.run_steps(first=3)

    expect(session.page.get_by_role("heading", name="Nice work.")).to_be_focused()
    expect(session.page.get_by_text("4 of 4", exact=True)).to_be_visible()
    export = session.export()
    [reported], sets = export["sessions"], export["sets"]
    assert {each["session"] for each in sets} == {reported["id"]}
    length = datetime.fromisoformat(reported["finished_at"]) - datetime.fromisoformat(reported["started_at"])
    assert abs(length.total_seconds() - session.sheet()["seconds"]) < 0.1
    assert [(each["slot"], each["source"]) for each in sets] == [("morning", "timed")] * 4
    assert {each["exercise"]: each["reps"] for each in sets} == {
        "toe-presses": 2,
        "toe-walking": 2,
        "resisted-plantar-flexion": 4,
        "ankle-circles": 4,
    }
    session.page.get_by_role("link", name="Go to Today").click()
    expect(session.page.get_by_role("button", name="Morning: done")).to_have_count(4)


def test_each_phase_of_a_morning_begins_within_50_ms_of_plan(session, alice):
    alice.prescriptions.update(reps=2)  # every kind of phase, each in its usual length
    session.open().start()
    session.watch_edges()
    sheet = session.sheet()
    session.run_steps()

    seen = session.edges()
    assert {kind for kind, _ in seen} == set(Kind)
    assert [kind for kind, _ in seen] == [phase["kind"] for phase in sheet["phases"]]
    late = [at - phase["at"] for (_, at), phase in zip(seen, sheet["phases"], strict=True)]
    assert min(late) >= 0
    assert max(late) < 0.05


def test_the_stage_shows_the_phase_the_seconds_left_and_the_rep(session):
    """A screen reader finds the time and the progress by name."""
    session.open().start()
    expect(session.word).to_have_text("Get ready")
    expect(session.count).to_contain_text("5")
    expect(session.page.get_by_role("timer", name="Seconds left")).to_have_text("5")
    expect(session.stage.get_by_role("img", name="0 of 4 sets done")).to_be_visible()

    session.run(5.1)
    expect(session.word).to_have_text("Hold")
    expect(session.count).to_contain_text("4")
    expect(session.rep).to_have_text("1 of 10")
    session.run(3.8)
    expect(session.count).to_contain_text("1")
    session.run(0.2)
    expect(session.word).to_have_text("Let go")


def test_a_change_of_position_is_shown_then_each_leg_and_way(session, alice, short_doses):
    """The figure takes the next position; the left leg is mirrored, and the second circle goes the other way."""
    alice.prescriptions.filter(exercise__slug="resisted-plantar-flexion").update(variant="towel")
    session.open().start()
    session.run_steps(last=2)
    expect(session.word).to_have_text("Sit down")
    seen = session.stage.locator("svg.illo").filter(visible=True)
    expect(seen).to_have_count(2)
    expect(seen.nth(0)).to_have_class("illo illo-position-chair-towel")
    expect(seen.nth(1)).to_have_class("illo illo-resisted-plantar-flexion-towel")

    session.run_steps(first=2, last=3)
    art = session.stage.locator(".session-art [data-step=ankle-circles]:not(.session-still)")
    session.run(10 + 3 + 2 + 1.5)
    expect(art).to_have_class("is-ccw")
    expect(art.locator("svg.is-mirror")).to_be_visible()
    session.run(2)
    expect(session.word).to_have_text("Switch legs")
    expect(art.locator("svg.is-mirror")).to_have_count(0)


def test_a_paused_session_stands_still_until_a_tap_or_a_key(session):
    session.open().start()
    session.run(7.5)
    expect(session.count).to_contain_text("2")
    session.tap("Pause")
    expect(session.page.get_by_role("heading", name="Paused")).to_be_visible()
    expect(session.page.get_by_role("button", name="Carry on")).to_be_focused()
    session.run(60)

    session.tap("Carry on")
    expect(session.word).to_have_text("Get ready")
    expect(session.count).to_contain_text("3")
    session.run(3.1)
    expect(session.word).to_have_text("Hold")
    expect(session.count).to_contain_text("2")
    assert session.export()["sets"] == []

    session.stage.locator(".session-art").click()
    expect(session.page.get_by_role("heading", name="Paused")).to_be_visible()
    session.page.keyboard.press("Space")
    expect(session.word).to_be_visible()
    session.page.evaluate("document.activeElement.blur()")
    session.page.keyboard.press("Space")
    expect(session.page.get_by_role("heading", name="Paused")).to_be_visible()


def test_after_a_reload_it_goes_on_at_the_first_set_not_done(session, short_doses):
    session.open().start()
    session.run_steps(last=1)
    session.run(4)
    session.page.reload()
    session.hold_time().start("Carry on")

    expect(session.stage.get_by_role("heading", name="Toe walking")).to_be_visible()
    session.run_steps(first=1)
    sets = session.export()["sets"]
    assert [each["exercise"] for each in sets] == [step["exercise"] for step in session.sheet()["steps"]]
    assert len({each["session"] for each in sets}) == 1


def test_sets_that_ended_while_the_page_slept_keep_their_own_time(session):
    session.open().start()
    steps = session.sheet()["steps"]
    session.leap(steps[1]["end"] + 30)

    session.expect_done(2)
    expect(session.stage.get_by_role("heading", name="Band press")).to_be_visible()
    presses, walking = [datetime.fromisoformat(each["completed_at"]) for each in session.export()["sets"]]
    assert abs(walking - presses - timedelta(seconds=steps[1]["end"] - steps[0]["end"])) < timedelta(seconds=0.1)


def test_back_repeats_a_rep_and_skip_leaves_it_out_of_the_count(session, short_doses):
    session.open().start()
    session.run(5 + 2.5)
    session.tap("Back")
    expect(session.word).to_have_text("Hold")
    expect(session.rep).to_have_text("1 of 2")
    session.run(2.5)
    session.tap("Skip")
    expect(session.rep).to_have_text("2 of 2")
    session.tap("Skip")

    expect(session.stage.get_by_role("heading", name="Toe walking")).to_be_visible()
    expect(session.stage.locator("[data-segment=toe-presses] rect")).to_have_attribute("width", "50")
    [toe_presses] = session.export()["sets"]
    assert toe_presses["reps"] == 1


def test_an_exercise_of_which_nothing_was_done_is_no_set(session, short_doses):
    session.open().start()
    session.run(6)
    session.tap("Pause")
    session.tap("Skip to: Toe walking")
    expect(session.stage.get_by_role("heading", name="Toe walking")).to_be_visible()
    session.run(8 + 5 + 0.1)

    expect(session.stage.get_by_text("Sit on a chair. Take your band.")).to_be_visible()
    session.expect_done(1)
    assert [each["exercise"] for each in session.export()["sets"]] == ["toe-walking"]


@pytest.mark.expects_in_console("net::ERR_FAILED", "htmx:sendError", "htmx:afterRequest")
def test_a_set_the_server_did_not_get_is_sent_again_with_the_same_id(session, alice, short_doses):
    alice.prescriptions.exclude(exercise__slug="toe-presses").update(effort_seconds=60)  # no second set helps along
    lost = []

    def lose(route):
        lost.append(route.request.post_data_json)
        route.abort()

    session.page.route("**/sets/", lose)
    session.open().start()
    session.run(10.1)
    notice = session.stage.get_by_text("Saved on this phone, not sent yet.")
    expect(notice).to_be_visible()
    session.run(2)
    session.expect_done(1)
    expect(notice).to_be_hidden()

    [kept] = session.export()["sets"]
    assert [(each["id"], int(each["reps"])) for each in lost] == [(kept["id"], kept["reps"])]


@pytest.mark.expects_in_console("net::ERR_FAILED", "htmx:sendError", "htmx:afterRequest")
def test_a_set_not_sent_when_the_page_was_closed_is_sent_at_the_next_visit(session, short_doses):
    for path in ("**/sets/", "**/sync/"):
        session.page.route(path, lambda route: route.abort())
    session.open().start()
    session.run(10.1)
    expect(session.stage.get_by_text("Saved on this phone, not sent yet.")).to_be_visible()
    session.page.unroute_all()
    session.page.reload()

    session.expect_done(1)
    assert [each["exercise"] for each in session.export()["sets"]] == ["toe-presses"]


def test_a_second_tab_does_not_run_the_session_too(session):
    session.open().start()
    other = SessionPage(session.page.context.new_page())
    other.page.goto("/session/morning/")
    other.tap("Start")

    expect(other.page.get_by_text("A session is running in another tab")).to_be_visible()
    expect(other.stage).to_be_hidden()


def test_two_quick_ticks_by_hand_are_two_sets(session):
    session.page.goto("/session/morning/")
    session.tap("Tick off: Toe presses")
    session.tap("Tick off: Toe walking")

    session.expect_done(2)
    assert {(each["exercise"], each["source"]) for each in session.export()["sets"]} == {
        ("toe-presses", "ticked"),
        ("toe-walking", "ticked"),
    }


def test_without_javascript_steps_are_ticked_off(new_context, alice, log_in, server):
    page = new_context(java_script_enabled=False).new_page()
    log_in(page, alice)
    page.goto("/session/midday/")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Tick off: Toe presses").click()

    expect(page).to_have_url(re.compile(f"{server}/session/midday/"))
    expect(page.locator("#steps .session-done")).to_have_count(1)


def test_axe_finds_nothing_on_any_screen_of_a_session(session, alice, axe):
    alice.prescriptions.update(reps=2, effort_seconds=60, pause_seconds=60)  # phases that wait for axe
    session.page.emulate_media(reduced_motion="reduce")
    session.open()
    axe(session.page)
    session.start()
    sheet, now = session.sheet(), 0
    for kind in ("ready", "hold", "release", "move", "switch"):
        phase = next(phase for phase in sheet["phases"] if phase["kind"] == kind)
        session.leap(phase["at"] + 0.1 - now)
        now = phase["at"] + 0.1
        expect(session.word).to_have_text(phase["word"])
        axe(session.page)
    session.tap("Pause")
    axe(session.page)
    session.tap("Carry on")
    session.leap(sheet["seconds"])
    session.run(3)  # two sets end in this leap: the second may wait for the timer of its next try
    expect(session.page.get_by_text("4 of 4", exact=True)).to_be_visible()
    axe(session.page)


@pytest.mark.parametrize(
    ("first", "place", "is_told"),
    [("", 3, True), ("", 1, False), ("ankle-circles", 0, True), ("ankle-circles", 3, False)],
    ids=["lying down", "standing", "lying down at first", "standing at last"],
)
def test_a_session_stopped_lying_down_says_how_to_get_up(session, alice, short_doses, first, place, is_told):
    """Also before the first rep of the exercise: one lies down for it then."""
    alice.prescriptions.filter(exercise__slug=first).update(order=0)
    session.open().start()
    session.leap(session.sheet()["steps"][place]["start"] + 2)
    session.tap("Pause")
    session.tap("Stop here and save")

    expect(session.page.get_by_role("link", name="Go to Today")).to_be_visible()
    expect(session.page.get_by_text("Roll to your side. Sit. Wait. Then stand.")).to_be_visible(visible=is_told)
