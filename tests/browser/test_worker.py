"""Without a network the phone brings its own pages, to their owner only."""

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet
from tests.support.pocket import KEPT_PAGES, READ, expect_round, expect_soon, until
from tests.support.session_page import SessionPage

ROUND = [
    *("/", "/session/morning/", "/session/midday/", "/session/evening/"),
    *("/progress/", "/exercises/", "/exercises/ankle-circles/", "/help/"),
]
TEXTS = """async () => {
    const texts = [];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) texts.push(await (await cache.match(request)).text());
    }
    return texts.join() + JSON.stringify(localStorage);
}"""
ACKNOWLEDGED_AS_IT_WAS_SERVED = """() => {
    const [name] = Object.keys(localStorage).filter((key) => key.startsWith("acknowledged:"));
    const at = Number(document.getElementById("steps").dataset.served);
    const entries = JSON.parse(localStorage.getItem(name)).map((entry) => ({ ...entry, at }));
    localStorage.setItem(name, JSON.stringify(entries));
}"""
DRAWINGS = """() => Promise.all([...document.querySelectorAll("use")]
    .map((each) => each.getAttribute("href") ?? each.parentElement.dataset.art)
    .filter((address) => !address.startsWith("#"))
    .map((address) => fetch(address).then(() => null, () => address))).then((missing) => missing.filter(Boolean))"""
pytestmark = pytest.mark.expects_in_console("net::ERR", "htmx:sendError", "htmx:afterRequest")


@pytest.mark.parametrize("path", ROUND)
def test_the_pages_of_the_round_are_there_without_a_network(phone, path):
    phone.context.set_offline(True)
    phone.goto(path)

    expect(phone.locator("main h1").first).to_be_visible()
    expect(phone.get_by_text("This page is not saved on this phone.")).to_be_hidden()
    assert phone.evaluate(DRAWINGS) == []


def test_progress_from_the_phone_says_that_it_may_be_old(phone):
    old = phone.get_by_text("This page may be out of date.")
    phone.goto("/progress/")
    expect(old).to_be_hidden()
    phone.context.set_offline(True)
    expect(old).to_be_visible()
    phone.reload()
    expect(old).to_be_visible()
    phone.context.set_offline(False)

    expect(old).to_be_hidden()


def test_the_worker_answers_for_pages_only_not_for_fragments_or_facts(phone):
    phone.context.set_offline(True)
    for path in ("/", "/sync/", "/export.json"):
        asking = f"fetch('{path}', {{ headers: {{ 'HX-Request': 'true' }} }}).then(() => 'answered', () => 'lost')"
        assert phone.evaluate(asking) == "lost"


def test_another_page_says_that_it_is_not_there(phone):
    phone.context.set_offline(True)
    phone.goto("/settings/")

    expect(phone.get_by_text("This page is not saved on this phone.")).to_be_visible()
    phone.get_by_role("link", name="Go to Today").click()
    expect(phone.get_by_role("heading", name="Today")).to_be_visible()


def test_a_whole_session_from_a_cold_start_without_a_network(phone, alice):
    alice.prescriptions.update(reps=1, effort_seconds=2, pause_seconds=1)
    phone.goto("/session/midday/")
    phone.context.set_offline(True)
    phone.close()
    session = SessionPage(phone.context.new_page())
    session.open("midday").start()
    session.run(session.sheet()["seconds"] + 0.1)
    expect(session.page.get_by_role("heading", name="Nice work.")).to_be_visible()
    until(lambda: [each["state"] for each in session.page.evaluate(READ)], lambda states: states == ["waiting"] * 3)
    session.page.reload()
    session.page.context.set_offline(False)
    session.page.clock.resume()

    until(CompletedSet.objects.count, lambda count: count == 2)
    session.page.reload()
    session.expect_done(2)


def test_after_the_log_out_nothing_of_hers_is_left(phone, alice):
    assert phone.evaluate(KEPT_PAGES) != []
    phone.goto("/accounts/logout/")
    phone.get_by_role("button", name="Log out").click()
    expect(phone.get_by_role("link", name="Log in").first).to_be_visible()

    until(lambda: phone.evaluate(KEPT_PAGES), lambda kept: kept == [])
    assert alice.email not in phone.evaluate(TEXTS)
    phone.context.set_offline(True)
    phone.goto("/progress/")
    expect(phone.get_by_text("This page is not saved on this phone.")).to_be_visible()


@pytest.mark.parametrize("pocket", [True], ids=["worker"], indirect=True)
@pytest.mark.expects_in_console("status of 503")
def test_a_log_out_removes_her_pages_though_the_next_page_fails(pocket, alice):
    page = pocket.page
    page.goto("/accounts/logout/")
    expect_round(page, alice)
    pocket.server(**{"GET /": "is down"})
    with page.expect_response(lambda answer: answer.status == 503):
        page.get_by_role("button", name="Log out").click()
    other = page.context.new_page()
    other.goto("/offline/")

    until(lambda: other.evaluate(KEPT_PAGES), lambda kept: kept == [])
    expect(page.locator("#today")).to_have_count(0)


def test_a_log_out_without_a_network_fails_and_says_so(phone):
    phone.goto("/accounts/logout/")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Log out").click()

    expect(phone.get_by_text("You are offline, so you are still logged in here.")).to_be_visible()
    assert phone.evaluate(KEPT_PAGES) != []


def test_a_log_in_that_has_ended_drops_her_pages_too(phone):
    phone.context.clear_cookies(name="sessionid")
    phone.goto("/")
    expect(phone.get_by_role("link", name="Try it")).to_be_visible()

    expect_soon(phone, "caches.keys().then((names) => !names.some((name) => name.startsWith('pages-')))")
    phone.context.set_offline(True)
    phone.goto("/")
    expect(phone.get_by_text("This page is not saved on this phone.")).to_be_visible()


def test_stored_pages_show_what_a_form_has_changed(phone):
    phone.goto("/settings/")
    phone.get_by_role("radio", name="Dark").check(force=True)
    expect_soon(
        phone, """caches.match("/help/").then((page) => page.text()).then((text) => text.includes('="dark"'))"""
    )

    phone.context.set_offline(True)
    phone.goto("/session/evening/")
    expect(phone.locator("html[data-theme=dark]")).to_be_attached()


def test_pages_of_another_user_take_the_place_of_hers(phone, bob, log_in):
    log_in(phone, bob)
    phone.goto("/")
    expect_round(phone, bob)

    assert [name for name, _ in phone.evaluate(KEPT_PAGES)] == [f"pages-{bob.pk}"]


def test_a_set_sent_since_the_page_was_stored_is_shown_on_it(phone):
    phone.get_by_role("button", name="Toe presses, Morning: not done").click()
    expect(phone.get_by_role("button", name="Toe presses, Morning: done", exact=True)).to_be_visible()
    phone.context.set_offline(True)
    phone.reload()
    mark = phone.get_by_role("button", name="Toe presses, Morning: done", exact=True)
    expect(mark).to_be_visible()
    phone.goto("/session/morning/")
    phone.get_by_role("button", name="Start", exact=True).click()
    expect(phone.locator(".session").get_by_role("heading", name="Toe walking")).to_be_visible()

    phone.context.set_offline(False)
    assert len(phone.request.get("/export.json").json()["sets"]) == 1


@pytest.mark.parametrize("pocket", [True], ids=["worker"], indirect=True)
def test_a_set_of_the_same_millisecond_as_the_page_is_shown_on_it(kept):
    kept.tick().expect_ring(1)
    kept.expect_empty()
    kept.offline().open("/session/morning/").page.evaluate(ACKNOWLEDGED_AS_IT_WAS_SERVED)
    kept.page.reload()

    expect(kept.page.locator("#steps li").filter(has_text="Toe presses").get_by_text("Done")).to_be_visible()


def test_an_undo_since_the_page_was_stored_is_shown_on_it(phone):
    phone.get_by_role("button", name="Toe presses, Morning: not done").click()
    done = phone.get_by_role("button", name="Toe presses, Morning: done", exact=True)
    expect(done).to_be_visible()
    phone.reload()
    done.click()
    expect(phone.get_by_role("button", name="Toe presses, Morning: not done")).to_be_visible()
    phone.context.set_offline(True)
    phone.reload()

    expect(phone.get_by_role("button", name="Toe presses, Morning: not done")).to_be_visible()


@pytest.mark.parametrize("pocket", [True], ids=["worker"], indirect=True)
def test_a_new_version_waits_until_the_session_is_over(pocket):
    page = pocket.page
    session = SessionPage(page).open("midday").start()
    page.evaluate("window.before = navigator.serviceWorker.controller")
    pocket.server(**{"GET /sw.js": "is newer"})
    for _ in range(2):  # the second answer comes when the first new one could long have taken over
        page.evaluate("navigator.serviceWorker.getRegistration().then((registration) => registration.update())")
        expect_soon(page, "navigator.serviceWorker.getRegistration().then(({ waiting }) => waiting)")
    session.run(6)
    assert page.evaluate("navigator.serviceWorker.controller === window.before")

    session.tap("Pause")
    expect(page.get_by_text("There is a new version of Footcare. You will get it after this session.")).to_be_visible()
    session.tap("Stop here and save")
    expect_soon(page, "(navigator.serviceWorker.controller !== window.before)")


@pytest.mark.parametrize("pocket", [True], ids=["worker"], indirect=True)
def test_pages_stored_by_the_last_version_still_work_offline(pocket, alice):
    pocket.page.goto("/")
    expect_round(pocket.page, alice)
    pocket.server(**{"GET /sw.js": "is newer"})
    pocket.page.evaluate("navigator.serviceWorker.getRegistration().then((registration) => registration.update())")
    pocket.offline().page.goto("/session/evening/")

    expect(pocket.page.get_by_role("button", name="Start", exact=True)).to_be_visible()
