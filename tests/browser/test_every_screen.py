"""Every screen in both themes: axe finds no fault, the console is clean, nothing scrolls sideways."""

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from exercises.catalogue.care import CARE
from exercises.catalogue.exercises import CATALOGUE
from exercises.catalogue.variants import variants_of
from exercises.record import demo
from tests.conftest import logged_in
from tests.support.phone import Phone
from tests.support.phone_day import phone_today
from tests.support.steps import two_bad_days
from tests.support.under_way import stop_time, until

EXERCISES = [f"/exercises/{entry.slug}/" for entry in CATALOGUE]
CARE_PAGES = ["/care/", *(f"/care/{entry.slug}/" for entry in CARE)]
PUBLIC = [
    "/",
    "/try/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/exercises/",
    *EXERCISES,
    *CARE_PAGES[:2],  # the others are among her own
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
    "/exercises/toe-walking/",
    *CARE_PAGES,
    "/settings/",
    "/settings/links/",
    "/settings/security/",
    "/settings/reminders/",
    "/settings/erase/",
    "/report/?weeks=12",
    "/import/",
    "/settings/plan/",
    "/help/",
    "/about/",
    "/accounts/password/change/",
    "/accounts/logout/",
]
CHARTS = ["/progress/", "/progress/year/", "/report/?weeks=12"]
PLOTS = ".plot, .heat, .sheet-plot"
PHONE, SMALL_PHONE = {"width": 390, "height": 844}, {"width": 320, "height": 568}
# Links alone in their place and buttons that are less than a thumb; a link in a sentence is as high as its line.
SMALL = """
() => [...document.querySelectorAll("main li > a, main p > a:only-child, footer a, button, summary, .btn")]
    .filter((each) => each.checkVisibility() && !each.closest(".sr"))
    .filter((each) => each.closest("footer") || each.parentElement.innerText === each.innerText)
    .map((each) => [each.innerText, each.getBoundingClientRect()])
    .filter(([, { width, height }]) => width < 44 || height < 44)
    .map(([words]) => words)
"""

# The heights of all texts in these parts that are drawn, in pixels to a tenth.
SIZES = """
(parts) => [...document.querySelectorAll(parts)].flatMap((part) => {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), sizes = [];
    while (texts.nextNode()) {
        const { data, parentElement: each } = texts.currentNode;
        if (!data.trim() || !each.checkVisibility() || each.closest(".sr, noscript")) continue;
        const drawn = each.ownerSVGElement ? each.getScreenCTM() : { a: 1, b: 0 };
        sizes.push(Math.round(parseFloat(getComputedStyle(each).fontSize) * Math.hypot(drawn.a, drawn.b) * 10) / 10);
    }
    return sizes;
})
"""


def look_at(page, axe, paths):
    for path in paths:
        page.goto(path)
        expect(page.get_by_role("main")).to_be_visible()
        axe(page)


def expect_room(page, path):
    """A thumb hits each link that stands alone, nothing scrolls sideways, and no text is too small."""
    assert page.evaluate(SMALL) == [], f"too small for a thumb on {path}"
    for width in (195, 320, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
    page.set_viewport_size(SMALL_PHONE)
    assert smallest(page) >= 12, f"too small to read on {path}"
    page.set_viewport_size(PHONE)


def smallest(page):
    """The height of the smallest text, also of one that is drawn, in pixels."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    return min(page.evaluate(SIZES, "body"))


def test_public_screens_have_no_fault(page, catalogue, axe):
    for path in PUBLIC:
        look_at(page, axe, [path])
        expect_room(page, path)


def test_own_screens_have_no_fault(page, alice, log_in, axe):
    log_in(page, alice)
    for path in OWN:
        look_at(page, axe, [path])
        expect_room(page, path)
    for path in [*EXERCISES, f"/progress/{phone_today()}/"]:
        page.goto(path)
        expect_room(page, path)


def test_the_first_questions_have_no_fault(page, alice, log_in, axe):
    """As they come, and with everything chosen that something is said about."""
    log_in(page, alice)
    page.goto("/first/1/")
    for card in range(1, 5):
        page.goto(f"/first/{card}/")
        axe(page)
        for each in page.locator("[type=checkbox], [value=no], summary").all():
            each.click()
        axe(page)
        expect_room(page, f"card {card}")


def test_a_plan_laid_open_has_no_fault_that_axe_finds(page, alice, log_in, axe):
    log_in(page, alice)
    two_bad_days(alice, phone_today())
    for path in ("/", "/progress/", "/settings/plan/", "/settings/plan/?proposal=step-2", "/exercises/toe-walking/"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        axe(page)


def test_marks_done_and_the_toast_have_no_fault_that_axe_finds(page, alice, log_in, axe):
    log_in(page, alice)
    page.clock.install()
    page.goto("/")
    stop_time(page)  # the toast stays
    page.get_by_role("button", name="Toe presses, Morning").click()
    expect(page.get_by_role("status")).to_contain_text("done")
    axe(page)


def test_days_and_rest_days_have_no_fault_that_axe_finds(page, alice, log_in, axe):
    today = phone_today()
    demo.write(alice, today, 3)
    phone = Phone(logged_in(alice))
    said = {"kind": "rest_day", "reason": "away", "timezone": "UTC"}
    phone.send(*({**said, "id": str(uuid4()), "day": str(today + timedelta(days=n))} for n in (-2, 0, 1)))
    log_in(page, alice)
    days = [f"/progress/{today - timedelta(days=n)}/" for n in (0, 1, 2)]
    look_at(page, axe, [days[0], days[2], "/", "/progress/"])
    page.goto(days[1])
    for summary in page.locator("summary").all():
        summary.click()
    axe(page)


@pytest.mark.expects_in_console("404")
def test_a_page_that_is_not_there_has_no_fault_that_axe_finds(page, alice, axe):
    look_at(page, axe, ["/exercises/head-stand/"])


def test_no_text_of_a_full_record_is_too_small_and_charts_grow_with_it(page, alice, log_in):
    """On a small phone. Text inside of a drawing is measured as it is drawn."""
    today = phone_today()
    demo.write(alice, today, 120)
    log_in(page, alice)
    page.set_viewport_size(SMALL_PHONE)
    for path in ("/", f"/progress/{today}/", *CHARTS):
        page.goto(path)
        assert smallest(page) >= 12, path
        drawn = page.evaluate(SIZES, PLOTS)
        assert drawn or path not in CHARTS
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(SIZES, PLOTS) == [2 * size for size in drawn], path


@pytest.mark.parametrize(("path", "most"), [("/", 46.5), ("/exercises/toe-walking/", 49)])  # KB
@pytest.mark.parametrize("whose", ["a visitor's", "alice's"])
def test_the_first_visit_is_light(new_context, alice, log_in, path, most, whose):
    page = new_context().new_page()
    if whose == "alice's":
        log_in(page, alice)
    sent = {}
    # A browser with windows keeps the icon to itself: its size is then told as less than nothing.
    page.on("requestfinished", lambda each: sent.update({each.url: max(each.sizes()["responseBodySize"], 0)}))
    page.goto(path, wait_until="networkidle")

    assert len(sent) <= 12, sent
    assert sum(sent.values()) <= most * 1024, sent


def test_a_tap_chooses_a_way_and_another_one_undoes_it(page, alice, log_in, axe):
    log_in(page, alice)
    page.goto("/exercises/toe-walking/")
    page.get_by_role("button", name="Heel raises at the counter If you feel unsteady on tiptoe").click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("Heel raises at the counter")
    axe(page)

    page.get_by_role("button", name="Undo").click()
    expect(title).to_have_text("Toe walking")
    expect(page.get_by_text("From today you do: Toe walking.")).to_be_visible()


def test_the_ways_are_drawn_when_they_come_into_sight(alice_page):
    alice_page.goto("/exercises/toe-walking/")
    drawn = alice_page.locator(".way use[href]")
    expect(drawn).to_have_count(0)

    alice_page.get_by_text("On a chair. The lightest way").scroll_into_view_if_needed()
    expect(drawn).to_have_count(4)


def test_without_a_script_the_ways_are_drawn_and_chosen_too(new_context, alice, log_in):
    page = new_context(java_script_enabled=False).new_page()
    log_in(page, alice)
    page.goto("/exercises/toe-walking/")
    expect(page.locator(".way use[href]")).to_have_count(4)

    page.get_by_role("button", name="Marching on your toes On the spot").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Marching on your toes")


# The stills of a page whose pose draws nothing, or too little to be one.
BLANK = """() => [...document.querySelectorAll(".still use")].filter((each) => each.getBBox().width < 40)
    .map((each) => each.getAttribute("href"))"""


@pytest.mark.parametrize("exercise", [entry.slug for entry in CATALOGUE])
def test_every_still_is_drawn_and_in_the_tone_of_the_user(alice, alice_page, exercise):
    for way in variants_of(exercise):
        alice.prescriptions.filter(exercise__slug=exercise).update(variant=way.slug)
        alice_page.goto(f"/exercises/{exercise}/")
        until(lambda: alice_page.evaluate(BLANK) == [], bool)
        still = alice_page.locator(".still .illo").nth(2)
        drawn = still.screenshot()
        alice_page.evaluate("document.documentElement.dataset.skin = 4")

        assert alice_page.locator(".steps .still").count() == 5, way.slug
        assert still.screenshot() != drawn, way.slug


def test_a_still_stands_beside_its_step_and_above_where_it_is_narrow(alice_page):
    alice_page.goto("/exercises/toe-walking/")
    step = alice_page.locator(".steps li").first
    for width, is_above in ((390, False), (320, False), (200, True)):  # 200: as 400 at twice the text
        alice_page.set_viewport_size({"width": width, "height": 800})
        still, words = step.locator(".still").bounding_box(), step.locator("p").bounding_box()

        assert (words["y"] >= still["y"] + still["height"]) == is_above, width
        assert (words["x"] >= still["x"] + still["width"]) != is_above, width
