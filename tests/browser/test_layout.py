"""Where things stand on a page, and how large they are."""

import pytest
from playwright.sync_api import expect


def test_a_step_without_a_drawing_takes_the_whole_card(alice_page):
    alice_page.goto("/session/midday/?seated=1")

    assert room_left(alice_page.get_by_role("listitem").filter(has_text="Ankle circles, seated")) < 40


@pytest.mark.usefixtures("short_doses")
def test_so_does_the_exercise_that_comes_next(session):
    session.open("midday", "?seated=1").start()
    session.run_steps(0, 1)
    following = session.stage.locator(".session-next").filter(has_text="Ankle circles, seated")

    expect(following).to_be_visible()
    assert room_left(following) < 40


def room_left(card):
    """Pixels of its width that its words do not have."""
    return card.evaluate("(each) => each.clientWidth - each.lastElementChild.clientWidth")


@pytest.mark.parametrize("path", ["/", "/session/midday/", "/settings/erase/", "/progress/"])
def test_the_last_line_begins_where_the_page_does(alice_page, path):
    alice_page.set_viewport_size({"width": 1280, "height": 800})
    alice_page.goto(path)

    assert begins(alice_page.locator(".foot a").first) == begins(alice_page.locator("main h1").first)


def begins(locator):
    return locator.evaluate("(each) => Math.round(each.getBoundingClientRect().x)")


def test_the_day_and_its_ring_stand_side_by_side_on_a_small_phone(alice_page):
    alice_page.set_viewport_size({"width": 320, "height": 568})
    alice_page.goto("/")
    title, ring = alice_page.get_by_role("heading", level=1), alice_page.locator(".ring")

    assert ring.bounding_box()["y"] < title.bounding_box()["y"] + title.bounding_box()["height"]


@pytest.mark.parametrize("path", ["/exercises/toe-walking/", "/progress/", "/report/"])
def test_paper_has_no_buttons(alice_page, path):
    alice_page.goto(path)
    alice_page.emulate_media(media="print")

    expect(alice_page.get_by_role("main")).to_be_visible()
    assert [each.inner_text() for each in alice_page.locator("main .btn").all() if each.is_visible()] == []
