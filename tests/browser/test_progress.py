"""Progress in a real browser: paging with real addresses, a tap on a day, both themes, other directions, paper."""

import re
from datetime import date, timedelta
from itertools import pairwise, product
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from exercises.models import PainRating, RestDay, Site
from exercises.record import demo
from exercises.rules import days
from tests.support.phone_day import phone_today
from tests.support.under_way import until
from tests.support.usual_plan import plan_since


@pytest.fixture
def monday():
    """The first day of the running week; the browser tests run on the real day."""
    return days.week_of(phone_today())[0]


@pytest.fixture
def seasoned(alice):
    """Alice with a hundred days behind her."""
    demo.write(alice, phone_today(), days=100)
    return alice


@pytest.fixture
def seasoned_page(page, seasoned, log_in):
    log_in(page, seasoned)
    return page


def week(first):
    return re.compile(rf"/progress/\?week={days.week_name(first)}$")


def shows(page, first):
    last = first + timedelta(days=6)
    expect(page.get_by_role("heading", name="Progress", exact=True)).to_be_visible()
    expect(page.locator("#progress header")).to_contain_text(f"to {last.day} {last:%B} {last.year}")


def test_paging_swaps_the_week_and_the_address_and_back_goes_back(seasoned_page, monday):
    page = seasoned_page
    page.goto("/progress/")
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="Previous week").click()
    expect(page).to_have_url(week(monday - timedelta(days=7)))
    shows(page, monday - timedelta(days=7))
    page.get_by_role("link", name="Previous week").click()
    expect(page).to_have_url(week(monday - timedelta(days=14)))
    expect(page.get_by_role("link", name="Previous week")).to_be_focused()
    assert page.evaluate("window.sameDocument")

    page.go_back()
    expect(page).to_have_url(week(monday - timedelta(days=7)))
    shows(page, monday - timedelta(days=7))
    page.reload()
    shows(page, monday - timedelta(days=7))
    page.get_by_role("link", name="Next week").click()
    shows(page, monday)


def test_weeks_are_paged_without_javascript_too(new_context, seasoned, log_in, monday):
    page = new_context(java_script_enabled=False).new_page()
    log_in(page, seasoned)
    page.goto("/progress/")
    expect(page.get_by_role("link", name="Year page")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    page.get_by_role("link", name="Previous week").click()

    expect(page).to_have_url(week(monday - timedelta(days=7)))
    shows(page, monday - timedelta(days=7))


def test_a_tap_anywhere_in_a_column_opens_its_day(seasoned_page, monday):
    page, tuesday = seasoned_page, monday - timedelta(days=6)
    page.goto(f"/progress/?week={days.week_name(monday - timedelta(days=7))}")
    page.get_by_role("row", name="Ankle circles").get_by_role("cell").nth(1).click(force=True)

    expect(page).to_have_url(re.compile(f"/progress/{tuesday}/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Tuesday, {tuesday.day} ")


def test_a_day_of_the_week_strip_opens_and_leads_back_to_its_week(seasoned_page, monday):
    page, today = seasoned_page, phone_today()
    page.goto("/")
    page.locator(".week a").last.click()
    expect(page).to_have_url(re.compile(f"/progress/{today}/$"))
    page.get_by_role("link", name="Back to the week").click()

    shows(page, monday)


def test_a_set_is_undone_on_the_page_of_its_day(seasoned_page, seasoned):
    page = seasoned_page
    busy = max(each.day for each in demo.CompletedSet.objects.of(seasoned))
    page.goto(f"/progress/{busy}/")
    buttons = page.get_by_role("button", name=re.compile(": done$"))
    before = buttons.count()
    buttons.first.click()

    expect(buttons).to_have_count(before - 1)
    expect(page).to_have_url(re.compile(f"/progress/{busy}/$"))


def test_a_full_record_fits_each_width_and_has_no_fault_that_axe_finds(seasoned_page, axe):
    page = seasoned_page
    yesterday = phone_today() - timedelta(days=1)
    for path in ("/progress/", "/progress/year/", f"/progress/{yesterday}/", "/"):
        page.goto(path)
        expect(page.get_by_role("main")).to_be_visible()
        for direction, width in product(("rtl", "ltr"), (1280, 320, 390)):
            page.set_viewport_size({"width": width, "height": 700})
            page.evaluate("direction => document.documentElement.dir = direction", direction)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, direction, width)
        for table in page.get_by_text("Show as a table").all():
            table.click()
        axe(page)


def test_coming_back_after_two_months_has_no_fault_that_axe_finds(alice_page, alice, axe):
    plan_since(alice, date(2026, 1, 5))
    alice_page.goto("/progress/")

    expect(alice_page.get_by_role("heading", name="Good to see you. Start with a short session?")).to_be_visible()
    axe(alice_page)


def test_the_year_comes_when_it_is_scrolled_to_and_stays_while_paging(seasoned_page, monday, axe):
    page, asked = seasoned_page, []
    ends = [monday + timedelta(days=6 - 7 * n) for n in range(4)]
    last = next(after for after, before in pairwise(ends) if after.year == before.year)
    page.on("request", lambda request: asked.append(request.url) if "/progress/year/" in request.url else None)
    page.set_viewport_size({"width": 390, "height": 600})
    page.goto(f"/progress/?week={days.week_name(last - timedelta(days=6))}")
    squares = page.get_by_role("region", name="The year as squares")
    expect(squares).to_have_count(0)
    page.get_by_role("heading", name="Your year").scroll_into_view_if_needed()
    expect(squares).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Previous week").click()
    shows(page, last - timedelta(days=13))

    expect(squares).to_be_visible()
    assert len(asked) == 1


@pytest.mark.expects_in_console("net::ERR_FAILED", "htmx:sendError", "htmx:afterRequest")
def test_a_year_that_does_not_come_raises_no_alarm_and_is_asked_for_again(seasoned_page):
    page = seasoned_page
    page.clock.install()
    page.route("**/progress/year/**", lambda route: route.abort())
    page.goto("/progress/")
    page.evaluate("document.addEventListener('htmx:afterRequest', () => (window.answered = true))")
    link = page.get_by_role("link", name="Year page")
    link.scroll_into_view_if_needed()
    until(lambda: page.evaluate("window.answered"), bool)

    expect(link).to_be_visible()
    expect(page.get_by_text("Footcare is not answering.")).to_be_hidden()

    page.unroute("**/progress/year/**")
    page.clock.run_for(5000)
    expect(page.get_by_role("region", name="The year as squares")).to_be_visible()


def test_the_whole_year_fits_a_phone(seasoned_page):
    page = seasoned_page
    page.goto("/progress/year/")
    names = page.locator(".heat span").all()

    assert len(names) == 12 + 2 * 4
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 700})
        for box in [each.bounding_box() for each in names]:
            assert box["x"] >= 0, width
            assert box["x"] + box["width"] <= width, width


def test_the_table_of_a_year_fits_a_phone_from_its_first_week_to_its_last(page, alice, log_in):
    """With days done in part, and days of rest."""
    today, year = phone_today(), phone_today().year - 1
    demo.write(alice, today, days=800)
    days_off = [date(year, month, 15) for month in range(1, 13)]
    RestDay.objects.bulk_create(
        RestDay(user=alice, uuid=uuid4(), day=day, said_at=timezone.now(), reason=reason, on=True)
        for day, reason in zip(days_off, ["sick", "away", "rest"] * 4, strict=True)
    )
    log_in(page, alice)
    page.goto(f"/progress/year/?year={year}")
    page.get_by_text("Show as a table").click()
    region = page.get_by_role("region", name="Year as a table")

    expect(region.get_by_role("row")).to_have_count(1 + 53)
    expect(region.get_by_role("cell", name="Not well").first).to_be_visible()
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 700})
        assert region.evaluate("region => region.scrollWidth - region.clientWidth") == 0, width
        assert region.locator("th, td").evaluate_all(CUT_OFF) == [], width
        assert region.locator("td").evaluate_all(BROKEN) == [], width


CUT_OFF = "all => all.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent)"
# A number is never broken in two: a part of a cell's text that lies on more than one line, but for words.
BROKEN = """cells => cells.flatMap((cell) => [...cell.childNodes]).filter((node) => {
    const range = document.createRange();
    if (node.nodeType === Node.TEXT_NODE) range.selectNodeContents(node);
    return range.getClientRects().length > 1 && !/ /.test(node.textContent);
}).map((node) => node.textContent)"""


def test_a_day_of_rest_is_drawn_as_such_though_it_is_today(seasoned_page, seasoned):
    page, today = seasoned_page, phone_today()
    page.goto("/progress/")
    cells = page.locator("td.is-now > .cell")
    before = cells.evaluate_all(OUTLINES)
    RestDay.objects.create(user=seasoned, uuid=uuid4(), day=today, said_at=timezone.now(), reason="rest", on=True)
    page.reload()

    assert before == ["solid"] * 5
    assert cells.evaluate_all(OUTLINES) == ["none"] * 5


OUTLINES = "cells => cells.map(cell => getComputedStyle(cell).outlineStyle)"


def test_it_is_printed_on_one_page_and_with_many_places_of_pain_on_two(seasoned_page, seasoned):
    page = seasoned_page
    page.goto("/progress/")
    few = pages_by_paper(page)
    seasoned.preferences.pain_sites = " ".join(Site.values)
    seasoned.preferences.save()
    said = {"user": seasoned, "said_at": timezone.now(), "score": 5}
    days_ago = [phone_today() - timedelta(days=7 * n) for n in range(12)]
    PainRating.objects.bulk_create(
        PainRating(**said, uuid=uuid4(), day=day, site=site) for day in days_ago for site in Site.values
    )
    page.reload()
    expect(page.locator(".pain-panel")).to_have_count(len(Site) + 1)

    assert few == {"A4": 1, "Letter": 1}
    assert pages_by_paper(page) == {"A4": 2, "Letter": 2}


def pages_by_paper(page):
    return {paper: len(PAGES.findall(page.pdf(format=paper))) for paper in ("A4", "Letter")}


PAGES = re.compile(rb"/Type\s*/Page\b")


def test_print_opens_the_dialogue_and_paper_has_nothing_to_press(seasoned_page):
    """All that was done is on it."""
    page = seasoned_page
    page.add_init_script("window.print = () => (window.printed = location.pathname)")
    page.goto("/progress/")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == "/progress/"
    page.emulate_media(media="print")

    expect(page.locator(".grid-week")).to_be_visible()
    expect(page.locator(".plot").first).to_be_visible()
    for pressed in (page.get_by_role("navigation"), page.get_by_text("Show as a table")):
        assert not [each for each in pressed.all() if each.is_visible()]
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(255, 255, 255)"
