"""Where things stand on a page, and how large they are."""

import pytest
from playwright.sync_api import expect


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
