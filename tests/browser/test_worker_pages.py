"""Which pages the service worker stores, and when: its own code, with a network that answers on command."""

import pytest

from tests.support.pocket import KEPT_PAGES, until

HARNESS = """
async (url) => {
    const { PageCache } = await import(url);
    const answers = new Map(); // by path: what the network answers, once it does
    let waiting = [];
    window.works = [];
    window.fetch = async (request) => {
        const { pathname } = new URL(request.url ?? request, location);
        while (!answers.has(pathname)) await new Promise((told) => waiting.push(told));
        const { text, status = 200, redirected = false } = answers.get(pathname);
        if (!status) throw new TypeError("no network");
        return Object.defineProperty(new Response(text, { status }), "redirected", { value: redirected });
    };
    window.begin = (version) => {
        const round = ["/", "/help/"];
        const standIn = { "/session/": "/" };
        window.keeper = new PageCache({ version, files: [], round, instead: "/offline/", standIn });
    };
    window.answer = (path, fields) => {
        answers.set(path, fields);
        waiting = waiting.forEach((told) => told()) ?? [];
    };
    window.hold = (path) => answers.delete(path);
    window.look = (path) => {
        window.shown = null;
        const answer = keeper.page(new Request(path), (work) => works.push(work));
        answer.then((answer) => answer.text()).then((text) => (window.shown = text), () => {});
    };
    begin("1");
}
"""

WRITES_WHEN_TOLD = """
    const put = Cache.prototype.put;
    Cache.prototype.put = async function (...page) {
        await new Promise((told) => (window.write = told));
        Cache.prototype.put = put;
        await put.apply(this, page);
    };
"""

ARRIVES_WHEN_TOLD = """
    const { fetch } = window;
    window.fetch = async (address) => {
        const answer = await fetch(address);
        if (address !== "/") return answer;
        window.fetch = fetch;
        return new Promise((told) => (window.arrive = () => told(answer)));
    };
"""


class Keeper:
    """Keeps the pages of a round of two: Today and help."""

    def __init__(self, page, url):
        self.page = page
        page.goto("/offline/")
        page.evaluate(HARNESS, url)

    def answer(self, path, user="1", text="", **fields):
        """From now on; `status=0`: there is no network."""
        self.page.evaluate("([path, fields]) => answer(path, fields)", [path, {"text": of(user, text), **fields}])

    def hold(self, path):
        self.page.evaluate("(path) => hold(path)", path)

    def open(self, path):
        self.page.evaluate("(path) => look(path)", path)

    def shown(self):
        return until(lambda: self.page.evaluate("shown"), lambda shown: shown is not None)

    def show(self, path):
        """The page that opening the path shows, once the cache has stored everything."""
        self.open(path)
        shown = self.shown()
        self.settle()
        return shown

    def settle(self):
        self.page.evaluate("Promise.all(works).then(() => keeper.turns.change)")

    def text(self, path):
        """Of a page as it is kept."""
        return self.page.evaluate("(path) => caches.match(path).then((page) => page.text())", path)

    def stored_pages(self):
        return self.page.evaluate(KEPT_PAGES)


def of(user, text=""):
    return f'<body data-user="{user}">{text}'


@pytest.fixture
def keeper(page, static_files):
    (module,) = (static_files / "js" / "worker").glob("page-cache.????????????.js")
    keeper = Keeper(page, f"/static/js/worker/{module.name}")
    for path in ("/", "/help/"):
        keeper.answer(path)
    return keeper


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


@pytest.mark.parametrize("status", [404, 500])
def test_no_error_is_stored_as_a_page(keeper, status):
    keeper.answer("/exercises/", status=status)
    keeper.show("/exercises/")

    assert keeper.stored_pages() == []


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


@pytest.fixture
def late_round(keeper):
    """The network has Today's page for the round, which does not know of anything later, and has not brought it yet."""
    keeper.answer("/", text="older")
    keeper.answer("/exercises/")
    keeper.page.evaluate(f"() => {{ {ARRIVES_WHEN_TOLD} }}")
    keeper.open("/exercises/")
    until(lambda: keeper.page.evaluate("typeof arrive"), lambda kind: kind == "function")
    keeper.answer("/", text="newer")
    return keeper


def test_a_page_that_arrives_late_does_not_replace_a_newer_one(late_round):
    late_round.open("/")
    late_round.shown()
    until(lambda: late_round.text("/"), lambda text: text == of(1, "newer"))
    late_round.page.evaluate("arrive()")
    late_round.settle()

    assert late_round.text("/") == of(1, "newer")


@pytest.mark.parametrize("stamp", [None, "of yesterday"])
def test_a_round_that_is_outdated_on_its_way_is_stored_again(late_round, stamp):
    put = "async (stamp) => stamp && (await caches.open('pages-1')).put('/round-kept', new Response(stamp))"
    late_round.page.evaluate(put, stamp)
    late_round.page.evaluate("keeper.outdate()")
    late_round.page.evaluate("arrive()")
    late_round.settle()
    assert late_round.text("/") == of(1, "older")

    late_round.show("/exercises/")
    assert late_round.text("/") == of(1, "newer")


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
