"""Where things stand on a page, and how large they are."""

import pytest
from playwright.sync_api import expect

from exercises.models import Preferences
from tests.conftest import logged_in
from tests.support.phone import HTMX, a_tick
from tests.support.phone_day import phone_today


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


def test_at_the_end_of_a_day_the_way_to_today_is_in_view(session, alice, short_doses):
    """Also on a small phone, below the way to get up and above all else."""
    Preferences.objects.filter(user=alice).update(pain_sites="low-back", goal_days=1)
    for slot in ("morning", "midday"):
        for exercise in alice.plan.session(phone_today(), slot):
            logged_in(alice).post("/sets/", a_tick(exercise=exercise.exercise.slug, slot=slot), headers=HTMX)
    session.open("evening").start()
    session.run_steps()

    expect(session.page.get_by_role("heading", name="That is your day.")).to_be_focused()
    expect(session.page.get_by_text("Your first full day.")).to_be_visible()
    expect(session.page.get_by_role("heading", name="Get up slowly")).to_be_in_viewport(ratio=1)
    for width, height in ((390, 844), (320, 568)):
        session.page.set_viewport_size({"width": width, "height": height})
        way, bar = session.page.get_by_role("link", name="Go to Today"), session.page.get_by_role("navigation")
        assert way.bounding_box()["y"] + way.bounding_box()["height"] <= bar.bounding_box()["y"]
