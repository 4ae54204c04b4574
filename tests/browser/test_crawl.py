"""A crawler follows every link: each page loads, the console stays clean, no page is unreachable."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import expect

from exercises.record import demo
from tests.support.log_ins import fill_in_log_in
from tests.support.phone_day import phone_today
from tests.support.rules import RULES, USERS, VISITORS

LINKS = "links => links.map(link => link.href)"


@pytest.fixture
def busy_alice(alice):
    """A week of sets, today's too."""
    demo.write(alice, phone_today(), 7)
    return alice


def crawl(page, base_url):
    """The names of the URLs that links lead to from the first page: of each kind of address one is gone to."""
    waiting, known, visited = [f"{base_url}/"], set(), set()
    while waiting:
        address = waiting.pop(0).partition("#")[0]
        if not address.startswith(base_url) or kind_of(address) in known:
            continue
        known.add(kind_of(address))
        if not RULES[kind_of(address)[0]].page:
            continue
        answer = page.goto(address)
        assert answer.ok, address
        expect(page.get_by_role("main")).to_be_visible()
        visited.add(kind_of(page.url)[0])
        waiting += page.locator("a[href]").evaluate_all(LINKS)
    return visited


def kind_of(address):
    """The name of the URL, and the names of what is asked behind the "?"."""
    parts = urlsplit(address)
    return resolve(parts.path).url_name, frozenset(parse_qs(parts.query))


def pages(*users):
    return {name for name, rule in RULES.items() if rule.page and not rule.mail and rule.users in users}


def test_every_page_of_a_users_is_found_by_its_links(page, busy_alice, log_in, base_url):
    log_in(page, busy_alice)

    assert crawl(page, base_url) >= pages(USERS)


def test_every_public_page_is_found_by_its_links(page, catalogue, base_url):
    assert crawl(page, base_url) >= pages("anybody", VISITORS) - {"account_logout"}


def test_back_after_the_log_out_shows_nothing_of_hers(page, busy_alice):
    page.goto("/accounts/login/")
    fill_in_log_in(page)
    expect(page.locator("#marks")).to_be_visible()
    page.goto("/progress/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()

    for _page_before in ("log-out", "progress", "today"):
        page.go_back()
        expect(
            page.get_by_role("link", name="Log in").or_(page.get_by_role("button", name="Log in")).first
        ).to_be_visible()
        expect(page.locator("#marks, .week, .grid-week")).to_have_count(0)
