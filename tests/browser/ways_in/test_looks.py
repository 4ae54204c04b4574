"""The ways in for people who need larger text, other colours or another direction."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from playwright.sync_api import expect

from exercises.models import AccountEvent
from tests.support.log_ins import fill_in_log_in
from tests.support.ways_in.codes import turn_on

TWICE = "document.documentElement.style.fontSize = '200%'"
RIGHT_TO_LEFT = "document.documentElement.dir = 'rtl'"
# The words that stand out of their own box, or out of the page.
SPILLED = """[...document.querySelectorAll("main :is(.btn, h2, p, input, .security-state > span)")]
    .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth
        || each.getBoundingClientRect().right > innerWidth)
    .map((each) => each.textContent.trim() || each.id)"""
# Whether what is written first stands further to the left.
IN_ORDER = """(code) => {
    const at = (from) => {
        const range = document.createRange();
        range.setStart(code.firstChild, from);
        range.setEnd(code.firstChild, from + 1);
        return range.getBoundingClientRect().x;
    };
    return at(0) < at(code.textContent.length - 1);
}"""


@pytest.fixture
def here(page, alice):
    """Alice has just logged in, on a small phone."""
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto("/accounts/login/")
    fill_in_log_in(page)
    page.wait_for_url("/")
    return page


@pytest.mark.parametrize("path", ["/settings/security/", "/accounts/codes/on/"])
def test_large_text_stays_within_its_buttons_and_cards(here, path):
    here.goto(path)
    here.evaluate(TWICE)

    assert here.evaluate(SPILLED) == []


def test_all_of_a_mailed_code_is_in_sight_in_large_text(page, mailing):
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(f"{mailing.url}/accounts/code/")
    page.get_by_label("Email").fill("nobody@example.org")
    page.keyboard.press("Enter")
    code = page.get_by_label("Code", exact=True)
    code.fill("0000 0000")
    page.evaluate(TWICE)

    assert code.evaluate("(code) => code.scrollWidth <= code.clientWidth")
    page.evaluate(RIGHT_TO_LEFT)
    assert code.evaluate("(code) => getComputedStyle(code).direction") == "ltr"


def test_codes_are_read_from_left_to_right_in_every_language(here, alice):
    here.goto("/accounts/codes/on/")
    here.evaluate(RIGHT_TO_LEFT)
    assert here.locator("#key").evaluate("(key) => getComputedStyle(key).direction") == "ltr"
    turn_on(alice)
    here.goto("/accounts/recovery-codes/")
    here.evaluate(RIGHT_TO_LEFT)

    codes = here.locator(".recovery-codes bdi")
    expect(codes).to_have_count(10)
    assert codes.first.evaluate(IN_ORDER)


def test_forced_colours_do_not_show_the_label_again_inside_of_its_field(page, alice):
    page.emulate_media(forced_colors="active")
    page.goto("/accounts/login/")

    for field in ("#id_login", "#id_password"):
        assert page.locator(field).evaluate("(field) => getComputedStyle(field, '::placeholder').opacity") == "0"


def test_earlier_events_open_with_a_thumb(here, alice):
    for _ in range(6):
        AccountEvent.objects.keep(alice, AccountEvent.Kind.LOGGED_IN, "Chrome on Android", timezone.now())
    here.goto("/settings/security/")

    assert here.get_by_text("Show earlier events").bounding_box()["height"] >= 44
