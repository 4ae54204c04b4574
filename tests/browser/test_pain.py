"""The question about pain in a real browser: stored on the phone first, and not replaced while one answers."""

import re
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from playwright.sync_api import expect

from exercises.models import PainRating, Preferences
from exercises.models.range_queries import scores_between
from tests.support.pocket import Pocket, until

EVENING = datetime.fromisoformat("2026-11-20T20:00:00+01:00")
A_SECOND = timedelta(seconds=1)
A_DAY = timedelta(days=1)
# What the player does when the last set is over; its session takes nine minutes.
END = """for (const screen of document.querySelectorAll("[data-screen]")) {
    screen.hidden = screen.dataset.screen !== "done";
}"""


@pytest.fixture
def asked(pocket: Pocket):
    """Alice's phone, whose Today asks about her back and her knee whatever hour it is."""
    hours = {"morning_at": "00:00", "midday_at": "00:01", "evening_at": "00:02"}
    Preferences.objects.filter(user=pocket.user).update(pain_sites="low-back left-knee", **hours)
    return pocket


def question(page):
    return page.get_by_role("region", name="your pain")


def end_session(page):
    page.evaluate(END)


def open_scale(page):
    """By "Give a number", or by "Change"."""
    if question(page).locator("details:not([open])").count():
        question(page).locator("summary").click()


def choose(page, place, score):
    open_scale(page)
    question(page).get_by_role("group", name=place).get_by_role("radio", name=str(score), exact=True).check()


def save(page):
    question(page).get_by_role("button", name="Save").click()


def ratings(pocket):
    """(site, score) of each rating that the server has."""
    return sorted(PainRating.objects.of(pocket.user).values_list("site", "score"))


@pytest.mark.expects_in_console("ERR_INTERNET_DISCONNECTED")
def test_offline_an_answer_waits_is_shown_and_is_sent_later(asked):
    asked.open().offline()
    choose(asked.page, "Low back", 8)
    expect(question(asked.page).get_by_role("link", name="See when you need a doctor")).to_be_visible()
    save(asked.page)

    expect(question(asked.page)).to_contain_text("Low back 8 of 10")
    expect(question(asked.page).get_by_text("Saved on this phone")).to_be_visible()
    expect(question(asked.page).get_by_role("link", name="See when you need a doctor")).to_be_visible()
    expect(question(asked.page).get_by_role("radio").first).to_be_hidden()
    assert ratings(asked) == []

    asked.online().expect_empty()
    assert ratings(asked) == [("low-back", 8)]
    expect(question(asked.page)).to_contain_text("Low back 8 of 10")
    expect(question(asked.page).get_by_text("Saved on this phone")).to_be_hidden()


def test_no_pain_is_one_tap_and_can_be_changed_by_the_keyboard(asked):
    asked.open()
    question(asked.page).get_by_role("button", name="No pain").click()
    expect(question(asked.page)).to_contain_text(re.compile(r"Low back\s+0\s+of 10.*Left knee\s+0\s+of 10", re.DOTALL))
    asked.expect_empty()
    question(asked.page).locator("summary").press("Enter")
    question(asked.page).get_by_role("group", name="Left knee").get_by_role("radio", name="0", exact=True).focus()
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        asked.page.keyboard.press(key)

    expect(question(asked.page)).to_contain_text("Left knee 2 of 10")
    until(lambda: ratings(asked), lambda found: ("left-knee", 2) in found)
    assert ratings(asked) == [("left-knee", 0), ("left-knee", 2), ("low-back", 0), ("low-back", 0)]


def test_the_question_is_two_buttons_and_the_scale_opens_when_asked_for(asked):
    asked.open()
    expect(question(asked.page).get_by_role("button", name="No pain")).to_be_visible()
    expect(question(asked.page).get_by_role("radio").first).to_be_hidden()
    question(asked.page).get_by_text("Give a number").click()

    expect(question(asked.page).get_by_role("radio").first).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/session/evening/"])
def test_what_is_being_chosen_stays_when_the_page_brings_itself_up_to_date(asked, path):
    asked.open(path)
    end_session(asked.page)
    choose(asked.page, "Low back", 4)
    with asked.page.expect_response(lambda answer: answer.url.endswith(path) and answer.request.method == "GET"):
        asked.page.evaluate("document.body.dispatchEvent(new Event('outbox:synced'))")
    asked.settle()

    expect(question(asked.page).get_by_role("radio", name="4", exact=True).first).to_be_checked()


def undo_answer(page):
    question(page).get_by_role("button", name="Undo").click()
    expect(question(page).get_by_text("Give a number")).to_be_visible()
    expect(question(page).get_by_text("You said:")).to_be_hidden()
    expect(question(page).get_by_role("button", name="Undo")).to_be_hidden()
    assert question(page).locator("input:checked").count() == 0


def counting(pocket):
    return sorted(PainRating.objects.of(pocket.user).not_undone().values_list("site", "score"))


@pytest.mark.expects_in_console("ERR_INTERNET_DISCONNECTED")
def test_offline_an_undone_answer_goes_with_its_changes_and_is_asked_again(asked):
    asked.open().offline()
    choose(asked.page, "Low back", 8)
    save(asked.page)
    question(asked.page).get_by_text("Change", exact=True).click()
    expect(question(asked.page).get_by_role("button", name="Undo")).to_be_hidden()
    choose(asked.page, "Low back", 3)
    save(asked.page)
    expect(question(asked.page)).to_contain_text("Low back 3 of 10")
    undo_answer(asked.page)
    choose(asked.page, "Left knee", 5)
    save(asked.page)
    expect(question(asked.page)).to_contain_text("Left knee 5 of 10")
    expect(question(asked.page).get_by_text("Low back 3")).to_be_hidden()
    asked.online().expect_empty()

    assert counting(asked) == [("left-knee", 5)]


@pytest.mark.expects_in_console("status of 503")
def test_an_acknowledged_answer_stays_undone_while_its_undo_waits(asked):
    asked.open(at=EVENING)
    choose(asked.page, "Low back", 8)
    save(asked.page)
    asked.expect_empty()
    asked.server(get_sync="is down", now=(EVENING + A_SECOND).isoformat()).page.reload()
    expect(question(asked.page)).to_contain_text("Low back 8 of 10")
    undo_answer(asked.page)
    asked.settle().page.reload()
    expect(question(asked.page).get_by_text("You said:")).to_be_hidden()
    asked.server(now=(EVENING + 2 * A_SECOND).isoformat())
    asked.page.evaluate("dispatchEvent(new Event('online'))")
    asked.expect_empty()

    expect(question(asked.page).get_by_text("You said:")).to_be_hidden()
    assert counting(asked) == []


def test_a_page_open_since_yesterday_asks_about_today(asked):
    asked.open("/session/evening/", at=EVENING)
    end_session(asked.page)
    asked.server(now=(EVENING + A_SECOND).isoformat())  # what is sent now is younger than the page
    choose(asked.page, "Low back", 3)
    save(asked.page)
    expect(question(asked.page)).to_contain_text("Low back 3 of 10")
    asked.expect_empty()
    asked.server(now=(EVENING + A_DAY).isoformat()).pass_time(A_DAY.total_seconds())
    choose(asked.page, "Low back", 5)
    save(asked.page)

    scores = partial(scores_between, asked.user, date.min, date.max)
    until(lambda: list(scores().values()), lambda found: found == [3, 5])
    assert [f"{day}" for day, _ in scores()] == ["2026-11-20", "2026-11-21"]


def test_the_end_of_a_session_counts_its_last_set_beside_the_question(session, alice, short_doses):
    """The focus is on its title then, in the same region as the question."""
    Preferences.objects.filter(user=alice).update(pain_sites="low-back")
    session.open().start()
    session.run_steps()

    expect(session.page.get_by_role("heading", name="Nice work.")).to_be_focused()
    expect(session.page.locator("#session-done")).to_contain_text("Morning session done")
    expect(session.page.locator("#session-done")).not_to_contain_text("Not this time")
    expect(question(session.page)).to_be_visible()


def test_asking_said_and_panels_have_no_fault_that_axe_finds(asked, axe):
    asked.open()
    axe(asked.page)
    open_scale(asked.page)
    axe(asked.page)
    choose(asked.page, "Left knee", 9)
    save(asked.page)
    expect(question(asked.page)).to_contain_text("Left knee 9 of 10")
    axe(asked.page)
