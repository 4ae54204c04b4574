"""Today in a real browser: a tick, an undo, a double tap, no JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet, Undo
from tests.support.phone_day import phone_offset
from tests.support.under_way import settle, stop_time

# A slow phone has not drawn the button yet.
AS_SERVED = "button => ['data-drawn', 'data-state', 'aria-disabled'].forEach((name) => button.removeAttribute(name))"
UNNAMED = """
const { resolvedOptions } = Intl.DateTimeFormat.prototype;
Intl.DateTimeFormat.prototype.resolvedOptions = function () {
    return { ...resolvedOptions.call(this), timeZone: "Etc/Unknown" };
};
"""


def mark(page, exercise, session):
    return page.get_by_role("button", name=re.compile(f"^{exercise}, {session}"))


def expect_ring(page, done):
    """The page moves at once; the server may hear of it a moment later."""
    expect(page.get_by_role("img", name=f"{done} of 10 sets done today")).to_be_visible()
    if page.evaluate("'user' in document.body.dataset"):
        settle(page)


@pytest.fixture
def still_page(alice_page):
    """Today, where time stands still: no toast goes, and no second tap comes too late to be a double one."""
    alice_page.clock.install()
    alice_page.goto("/")
    settle(alice_page)  # a tap must find the sender free: where it waits for its turn, time would have to run
    stop_time(alice_page)
    return alice_page


def test_a_tap_ticks_and_a_second_tap_later_undoes_it(still_page):
    mark(still_page, "Toe presses", "Morning").click()

    expect(mark(still_page, "Toe presses", "Morning")).to_have_attribute("aria-pressed", "true")
    expect_ring(still_page, 1)
    expect(mark(still_page, "Toe presses", "Morning")).to_be_focused()

    still_page.clock.run_for(2500)
    mark(still_page, "Toe presses", "Morning").click()

    expect(mark(still_page, "Toe presses", "Morning")).to_have_attribute("aria-pressed", "false")
    expect_ring(still_page, 0)


def test_a_double_tap_is_one_set(still_page):
    mark(still_page, "Toe presses", "Morning").dblclick()
    expect_ring(still_page, 1)
    mark(still_page, "Toe presses", "Morning").click()
    mark(still_page, "Ankle circles", "Morning").click()
    expect_ring(still_page, 2)

    assert CompletedSet.objects.count() == 2
    assert not Undo.objects.exists()


def test_a_click_is_not_lost_when_its_button_is_swapped_under_the_mouse(alice_page):
    alice_page.goto("/")
    old = mark(alice_page, "Toe presses", "Morning").element_handle()
    mark(alice_page, "Toe presses", "Morning").hover()
    alice_page.mouse.down()
    old.evaluate(AS_SERVED)
    alice_page.evaluate("document.body.dispatchEvent(new Event('outbox:synced'))")
    old.wait_for_element_state("hidden")
    alice_page.mouse.up()

    expect_ring(alice_page, 1)
    assert CompletedSet.objects.count() == 1


def test_the_toast_undoes_a_tick_and_goes_by_itself(still_page):
    mark(still_page, "Toe presses", "Morning").click()
    toast = still_page.get_by_role("status")
    expect(toast).to_contain_text("Toe presses, Morning: done.")
    toast.get_by_role("button", name="Undo").click()

    expect_ring(still_page, 0)
    expect(toast).to_contain_text("Undone.")
    expect(mark(still_page, "Toe presses", "Morning")).to_be_focused()
    still_page.mouse.move(0, 0)
    still_page.clock.run_for(9000)
    expect(toast).to_be_empty()


def test_the_tick_carries_the_time_and_zone_of_the_phone(alice_page):
    alice_page.goto("/")
    mark(alice_page, "Toe presses", "Morning").click()
    expect_ring(alice_page, 1)

    assert CompletedSet.objects.get().time_zone == "Europe/Berlin"


def test_a_browser_that_cannot_name_its_zone_records_by_its_offset(alice_page):
    """A system knows a newer zone than its browser, or has none."""
    alice_page.add_init_script(UNNAMED)
    for path in ("/help/", "/"):  # the first page tells the server where the phone is
        alice_page.goto(path)
    mark(alice_page, "Toe presses", "Morning").click()
    expect_ring(alice_page, 1)

    kept = CompletedSet.objects.get()
    assert kept.time_zone == kept.user.preferences.time_zone == f"UTC{phone_offset()}"


@pytest.mark.expects_in_console("404")
def test_an_undo_of_a_set_that_is_gone_is_no_fault(still_page):
    mark(still_page, "Toe presses", "Morning").click()
    expect_ring(still_page, 1)
    CompletedSet.objects.all().delete()
    still_page.get_by_role("status").get_by_role("button", name="Undo").click()

    expect_ring(still_page, 0)
    expect(still_page.get_by_role("alert")).to_be_hidden()


def test_it_all_works_without_javascript(new_context, alice, log_in):
    page = new_context(java_script_enabled=False).new_page()
    log_in(page, alice)
    page.goto("/")
    mark(page, "Toe presses", "Morning").click()
    expect_ring(page, 1)
    mark(page, "Toe presses", "Morning").click()
    expect_ring(page, 0)


def test_the_keyboard_ticks_too(alice_page):
    alice_page.goto("/")
    mark(alice_page, "Toe walking", "Evening").focus()
    alice_page.keyboard.press("Space")

    expect_ring(alice_page, 1)


# The first questions, which lead there


@pytest.fixture
def asked(page, alice, log_in):
    """At the first card."""
    log_in(page, alice)
    page.goto("/first/1/?again")
    return page


def card(page, number):
    expect(page.get_by_text(f"Question {number} of 4")).to_be_visible()
    return page


def way_on(page, name="Next"):
    return page.get_by_role("main").get_by_role("button", name=name)


def test_next_keeps_its_place_under_the_thumb(asked):
    for width, height in ((390, 844), (320, 568)):
        asked.set_viewport_size({"width": width, "height": height})
        asked.goto("/first/1/")
        places = []
        for number, name in enumerate(("Next", "Next", "Next", "Save"), 1):
            places.append(way_on(card(asked, number), name).bounding_box())
            if number < 4:
                way_on(asked, name).click()
        assert [each["y"] for each in places] == [places[0]["y"]] * 4
        assert height - 100 < places[0]["y"] + places[0]["height"] <= height - 16


def test_a_tick_of_safety_is_answered_at_once(asked):
    way_on(asked).click()
    card(asked, 2)
    then = asked.get_by_text("Your plan will start with heel raises at a counter, in place of toe walking.")
    for words, answer in (
        ("My feet are numb", "Until then, keep your shoes on when you exercise."),
        ("I have an open sore on a foot", "Do not start with an open sore"),
        ("I was told not to exercise", "Show this app to the person who told you."),
    ):
        expect(asked.get_by_text(answer)).to_be_hidden()
        expect(then).to_be_hidden()
        asked.get_by_label(words).click()
        expect(asked.get_by_role("status").get_by_text(answer)).to_be_visible()
        expect(then).to_be_visible()
        asked.get_by_label(words).click()

    expect(then).to_be_hidden()


def test_with_the_keyboard_alone_enter_leads_on_and_not_back(asked, alice):
    """From the first field; Back and Skip can be reached, too."""
    focused = "document.activeElement.innerText || document.activeElement.value"
    way_on(asked).focus()
    asked.keyboard.press("Enter")
    card(asked, 2).get_by_label("I was hurt, had surgery or fell").focus()
    asked.keyboard.press("Space")
    asked.keyboard.press("Enter")
    card(asked, 3).get_by_role("radio", name="Yes").first.focus()
    asked.keyboard.press("ArrowRight")
    asked.keyboard.press("Enter")
    card(asked, 4).get_by_role("radio").first.focus()
    asked.keyboard.press("Shift+Tab")
    assert asked.evaluate(focused).startswith("Skip")
    asked.keyboard.press("Shift+Tab")
    assert asked.evaluate(focused) == "Back"
    asked.keyboard.press("Enter")
    expect(card(asked, 3).get_by_role("radio", name="Rather not").first).to_be_checked()
    way_on(asked).press("Enter")
    way_on(card(asked, 4), "Save").press("Enter")
    expect(asked.get_by_role("heading", name="Settings", level=1)).to_be_visible()

    alice.refresh_from_db()
    assert [each.variant for each in alice.prescriptions.order_by("order")] == ["", "heel-raises", "", "seated"]


def test_without_javascript_the_questions_make_a_plan(new_context, catalogue):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill("carla@example.org")
    page.get_by_label("Password").fill("ten sets a day")
    page.get_by_role("button", name="Make an account").click()
    card(page, 1).get_by_label("Low back").check(force=True)
    way_on(page).click()
    card(page, 2).get_by_label("My feet are numb").check(force=True)
    expect(page.get_by_text("Until then, keep your shoes on when you exercise.")).to_be_visible()
    way_on(page).click()
    expect(card(page, 3).get_by_text("Then you do heel raises at a counter, in place of toe walking.")).to_be_visible()
    page.get_by_role("group", name="Can you lie on your back?").get_by_label("Rather not").check(force=True)
    way_on(page).click()
    expect(card(page, 4).get_by_role("radio", name="10 minutes a day Starter: a gentle start")).to_be_checked()
    way_on(page, "See my first day").click()

    expect(page.get_by_role("heading", name="Day 1")).to_be_visible()
    expect(page.get_by_role("link", name="Your plan: Starter")).to_contain_text("Ankle circles, seated")
