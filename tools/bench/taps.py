"""What a tap costs the phone: from the click to the next frame (INP), and the longest task.

https://web.dev/articles/inp: an interaction lasts until the next frame after all its handlers, and of fifty the longest
is left out. Chromium rounds to 8 ms.
"""

from datetime import UTC, datetime, timedelta
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Locator, Page

from tools.bench.phone import SLOWER, chromium, page_of, slow_down
from tools.bench.stages import Stage
from tools.bench.table import line, mark

LONGEST = 50  # milliseconds, of an interaction and of a task; the browser reports no shorter task
LEFT_OUT_OF = 50  # interactions, one
SHORTEST_SEEN = 16  # milliseconds: shorter interactions are not reported
ROUNDS = 5
PAUSE = 400  # milliseconds before and after a tap, in which answers come
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
        ("a session", "/session/morning/", ".session-item button:visible"),  # once each: then they are done
        ("Today", "/", "#today button.mark"),
        ("a past day", f"/progress/{yesterday}/", "#marks button.mark"),
    ]
    with chromium() as browser:
        rows = [_row(name, _seen(page_of(browser, stage, WATCH), path, button)) for name, path, button in pages]
    head = ["page", "INP, ms", "bar", "longest task of a tap over 50 ms", "bar", "of loading", "bar"]
    lines = [f"On a CPU {SLOWER} times slower:", "", line(head), line(["---"] * len(head)), *map(line, rows)]
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
        for number in range(page.locator(button).count()):
            left = page.locator(button).all()  # a set of a session that is done has no button any more
            _tap(page, left[min(number, len(left) - 1)])
            durations, long = page.evaluate(READ)
            lasted += durations or [SHORTEST_SEEN]
            tasks += long
    return Seen(load, lasted, max(tasks))


def _tap(page: Page, button: Locator) -> None:
    """A finger's. The library's own click runs a script in the page within the tap, which would be measured as ours."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box, "the button is not shown"
    page.wait_for_timeout(PAUSE)
    page.evaluate(READ)
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(PAUSE)


def _row(name: str, seen: Seen) -> list[str]:
    inp = sorted(seen.taps, reverse=True)[len(seen.taps) // LEFT_OUT_OF]
    return [
        name,
        f"{inp:.0f} (median {median(seen.taps):.0f}, most {max(seen.taps):.0f}, {len(seen.taps)} taps)",
        f"≤ {LONGEST}{mark(inp <= LONGEST)}",
        f"{seen.task:.0f}" if seen.task else "none",
        f"≤ {LONGEST}{mark(seen.task <= LONGEST)}",
        f"{seen.load:.0f}" if seen.load else "none",
        f"≤ {LONGEST}{mark(seen.load <= LONGEST)}",
    ]
