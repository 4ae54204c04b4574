"""The user reads why the server rejected a set, and corrects or removes it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet
from tests.support.phone import a_set
from tests.support.pocket import FRIDAY
from tests.support.usual_plan import plan_since

pytestmark = pytest.mark.expects_in_console("status of 422", "status of 503", "Error Code 422", "Error Code 503")
AHEAD = FRIDAY + timedelta(hours=2)


@pytest.fixture
def refused(pocket):
    """A set with a time in the future, rejected."""
    pocket.open("/help/", at=FRIDAY).write(a_set(completed_at=AHEAD.isoformat()), name="Toe presses")
    pocket.open()
    expect(pocket.needs_you).to_contain_text("Toe presses · Morning")
    return pocket.settle()


def tap(pocket, name):
    pocket.needs_you.get_by_role("button", name=name).click()


def test_the_list_says_which_set_was_rejected_and_why(refused, axe):
    expect(refused.needs_you).to_contain_text("This time is in the future. Please check the clock on your phone.")
    expect(refused.needs_you.get_by_role("time")).to_have_text("Fri, 20 Nov, 10:00")
    refused.expect_mark("not accepted")
    refused.expect_waiting(0)
    axe(refused.page)
    refused.tick()

    expect(refused.page.get_by_role("heading", name="Not accepted")).to_be_focused()
    assert CompletedSet.objects.count() == 0


def test_done_just_now_is_another_set_in_its_place(refused):
    tap(refused, "Save as done just now")

    refused.expect_ring(1)
    expect(refused.needs_you).to_be_hidden()
    refused.expect_empty()
    assert abs(CompletedSet.objects.get().completed_at - FRIDAY) < timedelta(minutes=1)


def test_a_rejected_set_can_be_sent_again(refused):
    refused.server(now=AHEAD.isoformat())
    refused.page.clock.set_system_time(AHEAD)
    tap(refused, "Send again")

    refused.expect_ring(1)
    assert CompletedSet.objects.get().completed_at == AHEAD


def test_a_set_rejected_again_says_so(refused):
    news = refused.page.locator("#rejected-news")
    still = refused.needs_you.get_by_text("Sent again, and still not accepted.")
    expect(still).to_be_hidden()
    tap(refused, "Send again")

    expect(still).to_be_visible()
    expect(news).to_have_text("Sent again, and still not accepted.")


def test_each_button_tells_which_set_it_is_about(pocket, axe):
    later = AHEAD + timedelta(minutes=5)
    pocket.open("/help/", at=FRIDAY)
    pocket.write(a_set(completed_at=AHEAD.isoformat()), a_set(completed_at=later.isoformat()), name="Toe presses")
    pocket.open()

    for name in ("Send again", "Save as done just now", "Remove"):
        buttons = pocket.needs_you.get_by_role("button", name=name)
        for place, clock in enumerate(["10:00", "10:05"]):
            about = f"Toe presses · Morning Fri, 20 Nov, {clock}"
            expect(buttons.nth(place)).to_have_accessible_description(about)
    axe(pocket.settle().page)


def test_a_rejected_set_is_removed_after_a_second_tap(refused):
    tap(refused, "Remove")
    assert len(refused.entries()) == 1
    expect(refused.needs_you.get_by_role("button", name="Yes, remove it")).to_be_focused()
    tap(refused, "Yes, remove it")

    refused.expect_empty()
    expect(refused.needs_you).to_be_hidden()
    expect(refused.page.get_by_role("main")).to_be_focused()
    refused.expect_mark("not done")
    assert CompletedSet.objects.count() == 0


def test_a_rejected_set_stays_when_its_removal_is_not_confirmed(refused):
    tap(refused, "Remove")
    tap(refused, "Keep it")

    expect(refused.needs_you.get_by_role("button", name="Remove", exact=True)).to_be_focused()
    expect(refused.needs_you.get_by_role("button", name="Yes, remove it")).to_be_hidden()
    assert len(refused.entries()) == 1


def test_a_rejected_set_is_announced(refused):
    expect(refused.page.locator("#rejected-news[aria-live=polite]")).to_have_text("Not accepted: please check")
    tap(refused, "Remove")
    tap(refused, "Yes, remove it")

    expect(refused.page.locator("#rejected-news")).to_have_text("")


@pytest.mark.parametrize(("day", "shown"), [("2026-11-20", True), ("2026-11-13", False)], ids=["today", "last week"])
def test_the_stage_mentions_only_a_rejected_set_of_today(pocket, day, shown):
    pocket.open("/help/", at=FRIDAY)
    pocket.write(a_set(completed_at=AHEAD.isoformat()), name="Toe presses", day=day)
    pocket.open("/session/morning/")
    expect(pocket.needs_you).to_be_visible()
    pocket.page.get_by_role("button", name="Start", exact=True).click()

    expect(pocket.page.get_by_text("A set was not accepted.")).to_be_visible(visible=shown)


def test_a_rejected_tick_is_listed_at_once(pocket, alice):
    pocket.open(at=FRIDAY)
    plan_since(alice, "2026-11-22")
    pocket.tick()

    expect(pocket.needs_you).to_contain_text("This day is before the first day of your plan.")
    expect(pocket.needs_you).to_contain_text("Toe presses · Morning")
    assert CompletedSet.objects.count() == 0


def test_one_event_that_spoils_its_batch_does_not_hold_up_the_others(pocket):
    good = [a_set(exercise=slug, completed_at=FRIDAY.isoformat()) for slug in ("toe-presses", "toe-walking")]
    pocket.open("/help/", at=FRIDAY).write(good[0], a_set(id="x" * 65), good[1])
    pocket.open().expect_ring(2)

    expect(pocket.needs_you.get_by_role("listitem")).to_have_count(1)
    assert [each["state"] for each in pocket.entries()] == ["rejected"]
    assert {str(each.uuid) for each in CompletedSet.objects.all()} == {each["id"] for each in good}


def test_a_log_out_warns_and_keeps_what_waits(pocket, alice, log_in):
    one = pocket.page.get_by_text("1 entry on this phone is not sent yet.")
    warning = pocket.page.get_by_text("2 entries on this phone are not sent yet.")
    pocket.open("/accounts/logout/")
    expect(pocket.page.locator("[data-log-out-warning]:visible")).to_have_count(0)
    pocket.open().server(post_sets="is down", get_sync="is down").tick().expect_waiting(1)
    pocket.open("/accounts/logout/").expect_waiting(1)
    expect(one).to_be_visible()
    expect(warning).to_be_hidden()
    pocket.open().expect_waiting(1)
    pocket.tick("Ankle circles").expect_waiting(2)
    pocket.open("/accounts/logout/").expect_waiting(2)
    expect(warning).to_be_visible()
    expect(one).to_be_hidden()
    pocket.page.get_by_role("button", name="Log out").click()
    expect(pocket.page.get_by_role("link", name="Log in").first).to_be_visible()
    log_in(pocket.page, alice)
    pocket.server().open()

    pocket.expect_ring(2)
    assert CompletedSet.objects.count() == 2
