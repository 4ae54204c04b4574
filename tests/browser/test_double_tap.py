"""A double tap on a form that leads to another page sends the form once."""

import json
import re

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet, ShareLink
from tests.support.archive import a_file, a_kept_set
from tests.support.log_ins import ALICE
from tests.support.under_way import hold, stop_time

TWICE = """async (button) => {
    const { port1, port2 } = new MessageChannel();
    button.click();
    for (let turn = 0; turn < 50; turn += 1) {
        await new Promise((over) => ((port1.onmessage = over), port2.postMessage("")));
    }
    button.click();
}"""


@pytest.fixture
def posted(alice_page):
    """The paths that were asked to do something. The page's clock stands still when a test says so."""
    paths = []
    alice_page.clock.install()
    alice_page.on("request", lambda request: is_post(request) and paths.append(request.url.split("/", 3)[3]))
    return paths


def is_post(request):
    return request.method == "POST"


def tap_twice(page, button):
    """The second time while the answer to the first is on its way: of two at once the browser itself drops one."""
    stop_time(page)
    with hold(page, "**"):
        button.evaluate(TWICE)


def test_a_link_is_made_once_and_ended_once(alice_page, posted):
    alice_page.goto("/settings/links/")
    tap_twice(alice_page, alice_page.get_by_role("main").get_by_role("button", name="Make a link"))
    expect(alice_page.get_by_label("Link", exact=True)).to_be_visible()
    assert ShareLink.objects.count() == 1
    tap_twice(alice_page, alice_page.get_by_role("button", name="Turn off this link"))
    expect(alice_page.get_by_text("The link no longer works.")).to_be_visible()

    assert [path.split("/")[1] for path in posted] == ["links", "links"]


def test_a_file_is_brought_in_once_and_its_entries_are_told(alice, alice_page, posted):
    content = json.dumps(a_file(sets=[a_kept_set() for _ in range(3)]))
    alice_page.goto("/import/")
    file = {"name": "footcare.json", "mimeType": "application/json", "buffer": content.encode()}
    alice_page.get_by_label("The file").set_input_files(file)
    alice_page.get_by_role("button", name="Check the file").click()
    tap_twice(alice_page, alice_page.get_by_role("button", name="Add it to my account"))

    expect(alice_page.get_by_text("entries added.")).to_be_visible()
    assert CompletedSet.objects.of(alice).count() == 3
    assert posted.count("import/preview/") == 1


@pytest.mark.parametrize(
    ("path", "fields", "button"),
    [
        ("/accounts/signup/", {"Email": "carla@example.org", "Password": "ten sets a day"}, "Make an account"),
        ("/accounts/login/", {"Email": ALICE["login"], "Password": ALICE["password"]}, "Log in"),
    ],
)
def test_a_visitor_sends_a_form_once(page, alice, path, fields, button):
    paths = []
    page.clock.install()
    page.on("request", lambda request: is_post(request) and paths.append(request.url.split("/", 3)[3]))
    page.goto(path)
    for label, value in fields.items():
        page.get_by_label(label).fill(value)
    tap_twice(page, page.get_by_role("main").get_by_role("button", name=button, exact=True))
    expect(page.get_by_role("heading", name=re.compile("This week|Where are you sore"))).to_be_visible()

    assert paths == [path[1:]]


def test_after_no_answer_one_can_ask_again(alice_page, posted):
    page = alice_page
    page.route("**/settings/links/", lambda route: route.fulfill(status=204) if posted else route.continue_())
    page.goto("/settings/links/")
    make = page.get_by_role("main").get_by_role("button", name="Make a link")
    with page.expect_request(is_post):
        make.click()
    page.clock.fast_forward(1000)
    with page.expect_request(is_post):
        make.click()

    assert posted == ["settings/links/"] * 2


def test_a_step_ticked_off_by_a_double_tap_is_one_set(alice, alice_page):
    alice_page.clock.install()
    alice_page.goto("/session/morning/")
    stop_time(alice_page)
    alice_page.get_by_role("button", name="Tick off: Toe presses").dblclick()
    expect(alice_page.locator("#steps .session-done")).to_have_count(1)
    alice_page.get_by_role("button", name="Tick off: Toe walking").click()
    expect(alice_page.locator("#steps .session-done")).to_have_count(2)

    kept = CompletedSet.objects.of(alice).values_list("exercise__slug", flat=True)
    assert sorted(kept) == ["toe-presses", "toe-walking"]
