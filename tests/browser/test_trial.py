"""The trial in a real browser: a session without an account, stored on the phone until there is one."""

import json
import re
from types import SimpleNamespace
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet, User
from tests.support.log_ins import fill_in_log_in
from tests.support.pocket import until
from tests.support.session_page import SessionPage, silence

TRIED = "JSON.parse(localStorage.getItem('trial'))"


class Trial(SessionPage):
    """On the phone of a visitor."""

    def open(self):
        self.page.clock.install()
        self.page.goto("/try/")
        return self.hold_time()

    def do_it(self):
        """All of it, while the page sleeps."""
        self.start()
        self.leap(self.sheet()["seconds"] + 0.1)
        expect(self.page.get_by_role("heading", name="Nice work.")).to_be_focused()
        return self

    def stop_here(self):
        self.tap("Pause")
        self.tap("Stop here and save")
        expect(self.page.get_by_role("heading", name="Nice work.")).to_be_visible()

    def expect_told(self, name, done):
        """What the end says about one exercise."""
        expect(self.page.locator("[data-did]").filter(has_text=name)).to_contain_text(done, use_inner_text=True)

    def go_and_keep_it(self):
        self.page.clock.resume()
        self.page.get_by_role("link", name="Make an account to keep this").click()
        expect(self.page.get_by_role("heading", name="Make an account")).to_be_visible()

    def fill_in(self, email="carla@example.org", password="ten sets a day"):
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Make an account").click()

    def sign_up(self, email="carla@example.org"):
        self.fill_in(email)
        expect(self.page.get_by_role("heading", name="Where are you sore?")).to_be_visible()
        self.page.goto("/")
        return self

    def log_out(self):
        self.page.goto("/accounts/logout/")
        self.page.get_by_role("main").get_by_role("button", name="Log out").click()
        expect(self.page.get_by_role("link", name="Try it")).to_be_visible()

    def tried(self):
        return self.page.evaluate(TRIED)

    def leave(self, *sets):
        """Store them as the sets of the trial, and go to the welcome page."""
        tried = json.dumps(self.tried() | {"sets": sets})
        self.page.evaluate("(tried) => localStorage.setItem('trial', tried)", tried)
        self.page.goto("/")

    def expect_two_sets(self):
        expect(self.page.get_by_role("button", name="Midday: done")).to_have_count(2)
        sets = self.export()["sets"]
        assert [(each["exercise"], each["slot"], each["source"], each["reps"]) for each in sets] == [
            ("toe-presses", "midday", "timed", 10),
            ("ankle-circles", "midday", "timed", 4),
        ]

    def expect_no_sets(self):
        expect(self.page.get_by_role("img", name=re.compile(r"0 of \d+ sets done today"))).to_be_visible()
        assert self.export()["sets"] == []


@pytest.fixture
def phone(new_context, catalogue):
    context = new_context()
    silence(context, SimpleNamespace(pk="try"))
    return Trial(context.new_page())


def test_a_trial_and_a_sign_up_make_two_sets_once(phone):
    phone.page.clock.install()
    phone.page.goto("/")
    phone.page.get_by_role("link", name="Try it").click()
    phone.hold_time().start()
    phone.run(phone.sheet()["seconds"] + 0.1)
    phone.expect_told("Toe presses", "10 of 10 reps")
    phone.expect_told("Ankle circles", "Both ways, both legs")
    ids = [each["id"] for each in phone.tried()["sets"]]
    phone.go_and_keep_it()
    expect(phone.page.get_by_text("We will add your 2 sets to your account.")).to_be_visible()
    phone.sign_up()

    phone.expect_two_sets()
    assert [each["id"] for each in phone.export()["sets"]] == ids
    until(phone.tried, lambda tried: tried is None)


@pytest.mark.expects_in_console("422")
def test_a_sign_up_refused_at_first_still_brings_the_sets(phone):
    phone.open().do_it().go_and_keep_it()
    phone.fill_in(password="password1")
    expect(phone.page.locator(".field-error")).to_be_visible()
    expect(phone.page.get_by_text("We will add your 2 sets to your account.")).to_be_visible()

    phone.sign_up().expect_two_sets()


def test_no_network_is_needed_in_between(phone):
    phone.open()
    phone.page.context.set_offline(True)
    phone.do_it()
    phone.page.context.set_offline(False)
    phone.go_and_keep_it()

    phone.sign_up().expect_two_sets()


def test_another_user_who_logs_in_neither_sees_nor_sends_the_trial(phone, alice):
    phone.open().do_it()
    phone.page.clock.resume()
    phone.page.goto("/accounts/login/")
    fill_in_log_in(phone.page)
    phone.expect_no_sets()
    expect(phone.page.locator("#waiting-notice")).to_be_empty()
    phone.log_out()
    phone.go_and_keep_it()
    phone.sign_up().expect_two_sets()

    assert not CompletedSet.objects.of(alice).exists()


def test_a_sign_up_without_the_trial_gets_none_of_its_sets(phone):
    phone.open().do_it()
    phone.page.clock.resume()
    phone.page.goto("/accounts/signup/")
    expect(phone.page.get_by_text("to your account.")).to_have_count(0)
    phone.sign_up("dora@example.org").expect_no_sets()
    phone.log_out()
    expect(phone.page.get_by_text("2 sets are saved on this phone.")).to_be_visible()
    phone.go_and_keep_it()

    phone.sign_up().expect_two_sets()


def test_an_abandoned_trial_sends_nothing(phone):
    asked = []
    phone.page.on("request", lambda request: asked.append((request.method, urlsplit(request.url).path)))
    phone.open().do_it()
    phone.page.clock.resume()
    phone.page.get_by_role("link", name="When to see a doctor").last.click()
    expect(phone.page.get_by_role("heading", name="When to see a doctor")).to_be_visible()

    pages = [(method, path) for method, path in asked if not path.startswith("/static/")]
    assert pages == [("GET", "/try/"), ("GET", "/help/")]
    assert {each["name"] for each in phone.page.context.cookies()} == {"tz"}
    assert not User.objects.exists()


def test_done_once_more_it_makes_other_sets(phone):
    phone.open().do_it()
    phone.tap("Do it again")
    expect(phone.page.get_by_role("heading", name="Nice work.")).to_be_hidden()
    phone.leap(phone.sheet()["seconds"] + 0.1)
    expect(phone.page.get_by_role("heading", name="Nice work.")).to_be_visible()

    tried = phone.tried()
    assert len({each["id"] for each in tried["sets"]}) == 4
    assert len({each["session"] for each in tried["sets"]}) == 2
    phone.go_and_keep_it()
    assert len(phone.sign_up().export()["sets"]) == 4


def test_the_end_shows_the_reps_of_this_trial_not_of_the_last_one(phone):
    phone.open().do_it()
    phone.tap("Do it again")
    phone.run(5 + 3 * 6 + 0.1)
    phone.stop_here()

    phone.expect_told("Toe presses", "3 of 10 reps")
    phone.expect_told("Ankle circles", "Not this time")


def test_stopped_early_it_keeps_the_reps_done_and_offers_what_is_left(phone):
    phone.open().start()
    phone.run(5 + 3 * 6 + 0.1)
    phone.stop_here()
    phone.expect_told("Toe presses", "3 of 10 reps")
    phone.expect_told("Ankle circles", "Not this time")
    expect(phone.page.get_by_role("button", name="Do it again")).to_be_hidden()
    phone.tap("Do what is left")
    expect(phone.stage.get_by_role("heading", name="Ankle circles")).to_be_visible()
    phone.leap(phone.sheet()["seconds"])
    expect(phone.page.get_by_role("button", name="Do it again")).to_be_visible()
    phone.go_and_keep_it()

    assert [(each["exercise"], each["reps"]) for each in phone.sign_up().export()["sets"]] == [
        ("toe-presses", 3),
        ("ankle-circles", 4),
    ]


def test_a_set_left_in_the_middle_goes_on_under_the_same_id(phone):
    phone.open().start()
    phone.run(5 + 2 * 6 + 0.1)
    [under_way] = phone.tried()["sets"]
    phone.page.reload()
    phone.hold_time().start()
    phone.leap(3 + phone.sheet()["seconds"])
    expect(phone.page.get_by_role("heading", name="Nice work.")).to_be_visible()

    presses, circles = phone.tried()["sets"]
    assert (under_way["reps"], presses["reps"], circles["reps"]) == (2, 10, 4)
    assert under_way["id"] == presses["id"]


def test_an_old_trial_is_no_longer_offered(phone):
    phone.open().do_it()
    phone.page.clock.resume()
    phone.page.goto("/")
    expect(phone.page.locator("[data-trial-sets]")).to_be_visible()
    first, second = phone.tried()["sets"]
    first["completed_at"] = "2026-01-01T08:00:00+01:00"
    phone.leave(first, second)
    expect(phone.page.get_by_text("1 set is saved on this phone.")).to_be_visible()
    second["completed_at"] = "2026-01-01T08:00:00+01:00"
    phone.leave(first, second)

    expect(phone.page.locator("[data-trial-sets]")).to_be_hidden()


@pytest.mark.expects_in_console("status of 503")
def test_of_many_sets_none_is_lost_even_if_the_server_is_down_in_between(phone):
    phone.open().do_it()
    phone.page.clock.resume()
    of_a_week = [set_ | {"id": str(uuid4())} for set_ in phone.tried()["sets"] * 7]
    phone.leave(*of_a_week)
    phone.page.get_by_role("link", name="Make an account to keep this").click()
    expect(phone.page.get_by_text("We will add your 14 sets to your account.")).to_be_visible()
    phone.page.route("**/sync/", lambda route: route.fulfill(status=503))
    with phone.page.expect_response("**/sync/"):
        phone.sign_up()
    assert len(phone.tried()["sets"]) == 14
    phone.page.unroute("**/sync/")
    phone.page.reload()

    until(phone.tried, lambda tried: tried is None)
    assert {each["id"] for each in phone.export()["sets"]} == {each["id"] for each in of_a_week}


def test_without_javascript_the_page_says_what_can_be_done(new_context, catalogue):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/try/")

    expect(page.get_by_role("button").locator("visible=true")).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="Make an account").click()
    expect(page.get_by_role("button", name="Make an account")).to_be_visible()


def test_no_screen_of_the_trial_scrolls_sideways_or_has_a_fault_for_axe(phone, axe):
    phone.page.emulate_media(reduced_motion="reduce")
    phone.open()
    expect_no_fault(phone.page, axe)
    phone.start()
    axe(phone.page)
    phone.leap(phone.sheet()["seconds"] + 1)
    expect(phone.page.get_by_role("heading", name="Nice work.")).to_be_visible()
    expect_no_fault(phone.page, axe)
    phone.page.clock.resume()
    for path in ("/", "/accounts/signup/?tried=1"):
        phone.page.goto(path)
        expect(phone.page.locator("[data-trial-sets]")).to_be_visible()
        expect_no_fault(phone.page, axe)


def expect_no_fault(page, axe):
    for width in (195, 320, 1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, width)
    axe(page)
