"""What a tap costs the phone: from the finger to the next frame (INP), and the longest task of the page.

https://web.dev/articles/inp: an interaction lasts until the next frame after all its handlers. Chromium rounds to 8 ms.
"""

from datetime import UTC, datetime, timedelta
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Page

from tools.bench.phone import SLOWER, chromium, page_of, slow_down
from tools.bench.stages import Stage
from tools.bench.table import mark

LONGEST = 50  # milliseconds, of an interaction and of a task
SHORTEST_SEEN = 16  # milliseconds: shorter interactions are not reported
ROUNDS = 5
PAUSE = 400  # milliseconds after a tap, in which its answer comes
WATCH = """
window.tasks = [];
window.taps = new Map();
const watch = (type, note) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(note));
    observer.observe({ type, buffered: true, durationThreshold: 16 });
};
watch("longtask", ({ duration }) => tasks.push(duration));
watch("event", ({ interactionId: id, duration }) => id && taps.set(id, Math.max(duration, taps.get(id) ?? 0)));
"""
READ = "(() => { const seen = [[...taps.values()], tasks]; taps = new Map(); tasks = []; return seen; })()"


class Seen(NamedTuple):
    """Milliseconds: the longest task while the page loads, each tap, the longest task of the taps."""

    load: float
    taps: list[float]
    task: float


def taps(stage: Stage) -> str:
    """A table of Markdown: Today, the page of yesterday, and a session."""
    yesterday = f"{datetime.now(UTC).date() - timedelta(days=1)}"
    pages = [
        ("Today", "/", "#today button.mark"),
        ("a past day", f"/progress/{yesterday}/", "main button.mark"),
        ("a session", "/session/midday/", "[data-screen=overview] li button"),
    ]
    with chromium() as browser:
        rows = [_row(name, _seen(page_of(browser, stage, WATCH), path, button)) for name, path, button in pages]
    head = ["page", "tap (INP), ms", "bar", "longest task of a tap, ms", "bar", "of loading, ms", "bar"]
    lines = [f"On a CPU {SLOWER} times slower:", "", _line(head), _line(["---"] * len(head)), *map(_line, rows)]
    return "\n".join(lines)


def _seen(page: Page, path: str, button: str) -> Seen:
    """Taps each button of the page, in each of some rounds."""
    slow_down(page)
    page.goto(path)
    load, lasted, tasks = 0.0, [], [0.0]
    for _ in range(ROUNDS):
        page.goto(path)
        page.wait_for_timeout(PAUSE)
        load = max([load, *page.evaluate(READ)[1]])
        count = page.locator(button).count()
        for number in range(count):
            page.locator(button).nth(number % page.locator(button).count()).click()
            page.wait_for_timeout(PAUSE)
            durations, long = page.evaluate(READ)
            lasted += durations or [SHORTEST_SEEN]
            tasks += long
    return Seen(load, lasted, max(tasks))


def _row(name: str, seen: Seen) -> list[str]:
    longest = max(seen.taps)
    return [
        name,
        f"{median(seen.taps):.0f}, at most {longest:.0f} ({len(seen.taps)} taps)",
        f"≤ {LONGEST}{mark(longest <= LONGEST)}",
        f"{seen.task:.0f}",
        f"≤ {LONGEST}{mark(seen.task <= LONGEST)}",
        f"{seen.load:.0f}",
        f"≤ {LONGEST}{mark(seen.load <= LONGEST)}",
    ]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
