"""Which pages the service worker stores, and when: its own code, with a network that answers on command."""

import pytest

from tests.support.page_keeper import of
from tests.support.under_way import until

WRITES_WHEN_TOLD = """
    const put = Cache.prototype.put;
    Cache.prototype.put = async function (...page) {
        await new Promise((told) => (window.write = told));
        Cache.prototype.put = put;
        await put.apply(this, page);
    };
"""


def test_a_network_that_takes_too_long_is_not_waited_for(keeper):
    keeper.answer("/", text="kept")
    keeper.show("/")
    keeper.hold("/")
    keeper.page.clock.install()
    keeper.open("/")
    keeper.page.evaluate("keeper.storedPage(new URL('/', location).href)")  # so it has been looked for before
    keeper.page.clock.run_for(3000)

    assert keeper.shown() == of(1, "kept")
    keeper.answer("/", text="late")
    keeper.settle()
    keeper.answer("/", status=0)
    assert keeper.show("/") == of(1, "late")


@pytest.mark.parametrize("status", [0, 500, 503])
def test_a_stored_page_stands_in_for_no_answer_and_for_a_broken_server(keeper, status):
    keeper.answer("/help/", text="kept")
    keeper.show("/")
    keeper.answer("/help/", status=status)

    assert keeper.show("/help/") == of(1, "kept")


def test_the_whole_round_is_stored_with_the_first_page(keeper):
    keeper.show("/")

    assert keeper.stored_pages() == [["pages-1", ["/", "/help/", "/round-kept"]]]


@pytest.mark.parametrize(
    "answer",
    [{"redirected": True}, {"status": 404}, {"status": 500}, {"user": "nobody"}, {"user": "2"}],
    ids=["redirect", "error", "broken", "visitor", "somebody else"],
)
def test_only_her_own_pages_are_stored_in_the_round(keeper, answer):
    keeper.answer("/help/", **answer)
    keeper.show("/")

    assert "/help/" not in dict(keeper.stored_pages())["pages-1"]


def test_a_page_with_recovery_codes_is_not_stored(keeper):
    keeper.answer("/accounts/recovery-codes/", text="1234 5678")
    keeper.show("/accounts/recovery-codes/")

    assert keeper.stored_pages() == [["pages-1", ["/", "/help/", "/round-kept"]]]


@pytest.mark.parametrize("status", [404, 500])
def test_no_error_is_stored_as_a_page(keeper, status):
    keeper.answer("/exercises/", status=status)
    keeper.show("/exercises/")

    assert keeper.stored_pages() == []


def test_a_page_with_the_message_of_an_act_is_stored_without_it(keeper):
    keeper.answer("/exercises/", text="as it is now")
    keeper.show("/exercises/?said=saved")

    assert keeper.stored_pages() == [["pages-1", ["/exercises/", "/", "/help/", "/round-kept"]]]
    assert keeper.page.evaluate("caches.match('/exercises/?said=saved')") is None
    keeper.answer("/exercises/", status=0)
    assert keeper.show("/exercises/?said=saved") == of(1, "as it is now")


def test_a_captive_portal_is_not_stored_and_removes_nothing(keeper):
    keeper.show("/")
    keeper.page.evaluate("answer('/', { text: '<body>Free wifi' })")

    assert keeper.show("/") == "<body>Free wifi"
    assert [name for name, _ in keeper.stored_pages()] == ["pages-1"]


def test_a_round_that_broke_off_is_taken_up_with_the_next_page(keeper):
    keeper.answer("/help/", status=0)
    keeper.show("/")
    assert keeper.stored_pages() == [["pages-1", ["/"]]]
    keeper.answer("/help/")
    keeper.show("/")

    assert dict(keeper.stored_pages())["pages-1"] == ["/", "/help/", "/round-kept"]


def test_a_page_that_is_gone_does_not_hold_up_the_round(keeper):
    keeper.answer("/", status=404)
    keeper.answer("/exercises/")
    keeper.show("/exercises/")

    assert dict(keeper.stored_pages())["pages-1"] == ["/exercises/", "/help/", "/round-kept"]


def test_the_round_is_stored_once_until_something_changes(keeper):
    keeper.show("/")
    keeper.answer("/help/", text="changed")
    keeper.show("/")
    keeper.page.evaluate("keeper.outdate()")
    before = keeper.page.evaluate("caches.match('/help/').then((page) => page.text())")
    keeper.show("/")

    assert (before, keeper.page.evaluate("caches.match('/help/').then((page) => page.text())")) == (
        of(1),
        of(1, "changed"),
    )


def test_a_new_version_stores_the_round_again_and_drops_older_pages(keeper):
    keeper.page.evaluate("caches.open('shell-1')")
    for path in ("/exercises/", "/settings/"):
        keeper.answer(path)
        keeper.show(path)
    keeper.answer("/", text="new")
    keeper.page.evaluate("begin('2')")
    keeper.show("/settings/")

    assert set(dict(keeper.stored_pages())["pages-1"]) == {"/", "/help/", "/settings/", "/round-kept"}
    assert keeper.page.evaluate("caches.keys()") == ["pages-1"]
    keeper.answer("/", status=0)
    assert keeper.show("/") == of(1, "new")


def test_a_page_on_its_way_at_the_log_out_is_not_stored(keeper):
    keeper.hold("/")
    keeper.open("/")
    keeper.page.evaluate("keeper.forget()")
    keeper.answer("/")
    keeper.shown()
    keeper.settle()

    assert keeper.stored_pages() == []


def test_a_round_on_its_way_at_the_log_out_is_not_stored(keeper):
    keeper.hold("/help/")
    keeper.open("/")
    keeper.shown()
    keeper.page.evaluate("keeper.forget()")
    keeper.answer("/help/")
    keeper.settle()

    assert keeper.stored_pages() == []


def test_a_page_being_stored_at_the_log_out_starts_no_round(keeper):
    keeper.page.evaluate(f"() => {{ {WRITES_WHEN_TOLD} }}")
    keeper.open("/")
    until(lambda: keeper.page.evaluate("typeof write"), lambda kind: kind == "function")
    keeper.page.evaluate("void keeper.forget()")
    keeper.page.evaluate("write()")
    keeper.settle()

    assert keeper.stored_pages() == []


def test_a_page_of_a_visitor_removes_the_pages_of_a_user(keeper):
    """Her log-in has ended without a log-out: whoever logs in next must never be shown her pages."""
    keeper.show("/")
    keeper.answer("/", user="nobody")
    keeper.show("/")

    assert keeper.stored_pages() == []


def test_a_page_requested_before_another_user_logs_in_is_not_stored(keeper):
    keeper.hold("/help/")
    keeper.open("/help/")
    keeper.answer("/accounts/login/", user="nobody")
    keeper.page.evaluate("keeper.page(new Request('/accounts/login/'), (work) => works.push(work))")
    keeper.page.evaluate("works.at(-1)")
    keeper.answer("/", user="2")
    keeper.page.evaluate("keeper.page(new Request('/'), (work) => works.push(work))")
    keeper.answer("/help/", user="1")
    keeper.settle()

    assert [name for name, _ in keeper.stored_pages()] == ["pages-2"]


def test_this_week_does_not_stand_in_for_another_one(keeper):
    keeper.answer("/progress/")
    keeper.show("/progress/")
    keeper.answer("/progress/", status=0)
    keeper.page.evaluate("caches.open('shell-1').then((shell) => shell.put('/offline/', new Response('not here')))")

    assert keeper.show("/progress/?week=2026-W40") == "not here"
    keeper.answer("/session/", status=0)
    assert keeper.show("/session/") == of(1)


BROKEN = "Object.assign({}.prototype, {{ {name}: () => Promise.reject(new DOMException('', 'QuotaExceededError')) }})"


@pytest.mark.parametrize(
    ("owner", "name"), [("Cache", "put"), *(("CacheStorage", name) for name in ("keys", "match", "open"))]
)
def test_without_storage_every_page_comes_from_the_network(keeper, owner, name):
    keeper.page.evaluate(f"() => {{ {BROKEN.format(owner, name=name)} }}")
    keeper.answer("/static/new.css", text="body {}")
    fetching = "keeper.file(new Request('/static/new.css'), (work) => works.push(work)).then((answer) => answer.text())"

    assert keeper.page.evaluate(fetching) == of(1, "body {}")
    assert keeper.show("/") == of(1)
