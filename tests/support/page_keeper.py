"""The service worker's code for its pages (static/js/worker/page-cache.js), with a network that answers on command."""

from tests.support.pocket import KEPT_PAGES
from tests.support.under_way import until

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
        const unstored = "/accounts/";
        window.keeper = new PageCache({ version, files: [], round, instead: "/offline/", standIn, unstored });
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
