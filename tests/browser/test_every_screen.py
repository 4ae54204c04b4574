"""Every screen, in both themes: axe finds nothing, the browser complains of nothing, nothing sticks out sideways."""

import pytest
from playwright.sync_api import expect

from exercises.catalogue import CATALOGUE

EXERCISES = [f"/exercises/{entry.slug}/" for entry in CATALOGUE]
PUBLIC = [
    "/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/exercises/",
    *EXERCISES,
    "/help/",
    "/about/",
]
OWN = [
    "/",
    "/session/morning/",
    "/session/midday/",
    "/session/extra/?exercise=toe-walking",
    "/progress/",
    "/progress/year/",
    "/exercises/",
    "/settings/",
    "/help/",
    "/about/",
    "/accounts/password/change/",
    "/accounts/email/",
    "/accounts/logout/",
]
THEMES = ["light", "dark"]


@pytest.fixture(params=THEMES)
def themed_page(request, new_context):
    return new_context(color_scheme=request.param).new_page()


def look_at(page, axe, paths):
    for path in paths:
        page.goto(path)
        expect(page.get_by_role("main")).to_be_visible()
        axe(page)


def test_public_screens_have_no_fault_that_axe_finds(themed_page, catalogue, axe):
    look_at(themed_page, axe, PUBLIC)


def test_own_screens_have_no_fault_that_axe_finds(themed_page, alice, log_in, axe):
    log_in(themed_page, alice)
    look_at(themed_page, axe, OWN)


def test_marks_done_and_the_toast_have_no_fault_that_axe_finds(themed_page, alice, log_in, axe):
    log_in(themed_page, alice)
    themed_page.goto("/")
    themed_page.get_by_role("button", name="Toe presses, Morning").click()
    expect(themed_page.get_by_role("status")).to_contain_text("done")
    axe(themed_page)


@pytest.mark.expects_in_console("404")
def test_a_page_that_is_not_there_has_no_fault_that_axe_finds(themed_page, alice, axe):
    look_at(themed_page, axe, ["/exercises/head-stand/"])


@pytest.mark.parametrize("width", [195, 320, 1280])
def test_nothing_sticks_out_sideways(new_context, alice, log_in, width):
    page = new_context().new_page()
    page.set_viewport_size({"width": width, "height": 700})
    log_in(page, alice)
    for path in {*OWN, *EXERCISES}:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize("path", ["/", "/exercises/toe-walking/"])
@pytest.mark.parametrize("whose", ["a visitor's", "alice's"])
def test_the_first_visit_is_light(new_context, alice, log_in, path, whose):
    page = new_context().new_page()
    if whose == "alice's":
        log_in(page, alice)
    sent = {}
    page.on("requestfinished", lambda request: sent.update({request.url: request.sizes()["responseBodySize"]}))
    page.goto(path, wait_until="networkidle")

    assert len(sent) <= 12, sent
    assert sum(sent.values()) <= 45 * 1024, sent
