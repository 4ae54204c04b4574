"""The report on paper is one page, A4 or Letter; and a phone stores nothing of an erased account."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from exercises.models import DayNote, PainRating, Preferences, Prescription, Reason, RestDay, Site
from exercises.record import demo
from tests.support.log_ins import ALICE
from tests.support.phone_day import phone_today
from tests.support.pocket import READ


@pytest.fixture
def talkative_alice(alice):
    """Twelve weeks with pain in every place, a long note a day, rest days apart and a plan that changes each week."""
    today = phone_today()
    demo.write(alice, today, 100)
    Preferences.objects.filter(user=alice).update(pain_sites=" ".join(Site))
    days = [today - timedelta(days=number) for number in range(100)]
    PainRating.objects.bulk_create(PainRating(**said(alice, day), site=site, score=10) for day in days for site in Site)
    notes = ["W" * 500, "足の指で床をつかむ。" * 50, "Knee stiff, better after the circles. " * 13]
    DayNote.objects.bulk_create(DayNote(**said(alice, day), text=notes[number % 3]) for number, day in enumerate(days))
    RestDay.objects.bulk_create(RestDay(**said(alice, day), reason=Reason.SICK, on=True) for day in days[::5])
    plan = list(Prescription.objects.of(alice))
    for since in days[2:90:7]:
        for each in plan:
            each.since = since
            each.reps = 40 if each.reps == 41 else 41
        Prescription.objects.bulk_create(plan)
    return alice


def said(user, day):
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return {"user": user, "uuid": uuid4(), "digest": "", "day": day, "said_at": at}


def test_it_is_one_page_of_a4_or_of_letter(page, talkative_alice, log_in):
    log_in(page, talkative_alice)
    pages = {}
    for weeks in (4, 12):
        page.goto(f"/report/?weeks={weeks}")
        expect(page.get_by_role("heading", name="Foot exercise report")).to_be_visible()
        for paper in ("A4", "Letter"):
            pages[weeks, paper] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))

    assert set(pages.values()) == {1}, pages


def test_a_phone_shows_all_of_it_without_moving_it_sideways(page, talkative_alice, log_in):
    """The newest week first, and charts high enough to tell one week from another. The sheet is for paper."""
    log_in(page, talkative_alice)
    page.goto("/report/?weeks=12")
    weeks = page.get_by_role("region", name="Week by week").get_by_role("listitem")

    expect(weeks).to_have_count(12)
    expect(weeks.first).to_contain_text("so far")
    expect(page.get_by_role("table")).to_have_count(0)
    charts = page.get_by_role("img", name="each week")
    expect(charts).to_have_count(1 + len(Site))
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert all(chart.bounding_box()["height"] > 90 for chart in charts.all()), width


def test_paper_gets_the_sheet_and_the_screen_the_cards(page, talkative_alice, log_in, axe):
    page.add_init_script("window.print = () => (window.printed = true)")
    log_in(page, talkative_alice)
    page.goto("/report/")
    axe(page)
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    expect(page.get_by_role("link", name="Share")).to_have_attribute("href", "/settings/links/")
    expect(page.get_by_role("article")).to_have_count(0)
    page.emulate_media(media="print")

    expect(page.get_by_role("article", name="Foot exercise report")).to_be_visible()
    expect(page.get_by_role("heading", name="Week by week")).to_have_count(0)


def test_a_link_shows_the_report_to_a_stranger_without_fault(page, new_context, talkative_alice, log_in, axe):
    log_in(page, talkative_alice)
    page.goto("/settings/links/")
    page.get_by_role("main").get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Link", exact=True).input_value()
    axe(page)
    strangers = new_context(color_scheme="dark").new_page()
    strangers.goto(link)

    expect(strangers.get_by_role("heading", name="Foot exercise report")).to_be_visible()
    expect(strangers.get_by_role("navigation")).to_have_count(0)
    axe(strangers)


def made_link(page):
    page.goto("/settings/links/")
    page.get_by_role("main").get_by_role("button", name="Make a link").click()
    return page.get_by_label("Link", exact=True)


HIDDEN = "(field) => [field.scrollWidth - field.clientWidth, field.scrollHeight - field.clientHeight]"


def test_a_new_link_is_seen_whole_and_copied_by_a_tap(alice_page, axe):
    page = alice_page
    page.context.grant_permissions(["clipboard-write"])  # a browser without windows denies it
    link = made_link(page)
    assert link.evaluate(HIDDEN) == [0, 0]
    link.evaluate(
        "(field) => (field.value = field.value.replace(/.{43}.$/, `${'W-'.repeat(21)}W/`))"
    )  # wide, and breaks
    assert link.evaluate(HIDDEN) == [0, 0]
    page.reload()
    link = made_link(page)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    axe(page)


def test_the_phone_may_decline_to_share_the_link(alice_page):
    page = alice_page
    page.add_init_script("navigator.share = async (what) => { window.shared = what; throw new Error('no'); }")
    address = made_link(page).input_value()
    page.get_by_role("button", name="Share").click()

    assert page.evaluate("window.shared") == {"url": address}


def test_what_the_browser_cannot_do_is_not_offered(alice_page):
    """Over plain http, that is."""
    page = alice_page
    page.add_init_script("delete Navigator.prototype.clipboard; delete Navigator.prototype.share")
    made_link(page)

    expect(page.get_by_text("Copy it now. We cannot show it again.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Copy|Share"))).to_have_count(0)


@pytest.mark.expects_in_console("503")
@pytest.mark.parametrize("pocket", [True], indirect=True, ids=["with the worker"])
def test_an_erased_account_leaves_nothing_on_the_phone(pocket):
    """A waiting set goes too, and the page says so beforehand."""
    page = pocket.open().page
    pocket.server(post_sync="is down", post_sets="is down").tick()
    pocket.expect_waiting(1)
    page.goto("/settings/erase/")
    expect(page.get_by_text("1 entry on this phone is not sent yet. It is erased too")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Password").fill(ALICE["password"])
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("I know that nobody can undo this.").check()
    page.get_by_role("button", name="Erase everything").click()

    expect(page.get_by_text("What was saved on this phone is erased too.")).to_be_visible()
    assert page.evaluate(READ) == []
    assert page.evaluate("caches.keys().then((names) => names.filter((name) => name.startsWith('pages-')))") == []
    assert page.evaluate("Object.keys(localStorage).filter((name) => /^(acknowledged|session):/.test(name))") == []
