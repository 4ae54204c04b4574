"""The work of a running session in Chromium: share of the main thread, layouts and style recalculations a second."""

import time
from collections.abc import Callable, Iterator

from playwright.sync_api import CDPSession, Page

from tools.bench.phone import SLOWER
from tools.bench.table import line, mark

SECONDS = 20
MOST_LAYOUTS = 2  # a second
MOST = {1: 3, SLOWER: 10}  # percent of the main thread, by how many times slower the CPU is
KINDS = {
    "hold and release": ("toe-presses", "hold"),
    "band": ("resisted-plantar-flexion", "hold"),
    "walk": ("toe-walking", "walk"),
    "circle": ("ankle-circles", "circle"),
}
HEAD = ["running", "CPU", "main thread, %", "bar", "layouts a second", "bar", "styles a second"]


def running(new_page: Callable[[], Page]) -> tuple[str, bool]:
    """A table of Markdown, and whether all limits hold. Each row is 20 seconds of a page, from its first effort on."""
    rows, kept = [], True
    for name, (exercise, kind) in KINDS.items():
        for slower, most in MOST.items():
            task, layouts, styles = _work(new_page(), exercise, kind, slower)
            within = task <= most, layouts <= MOST_LAYOUTS
            kept = kept and all(within)
            bars = [f"≤ {most}{mark(within[0])}", f"≤ {MOST_LAYOUTS}{mark(within[1])}"]
            rows.append([name, f"1/{slower}", f"{task:.1f}", bars[0], f"{layouts:.1f}", bars[1], f"{styles:.1f}"])
    return "\n".join(line(cells) for cells in [HEAD, ["---"] * len(HEAD), *rows]), kept


def _work(page: Page, exercise: str, kind: str, slower: int) -> Iterator[float]:
    """Percent of the main thread, then layouts and styles a second. It closes the page."""
    page.goto(f"/session/extra/?exercise={exercise}")
    page.locator("[data-act=start]").first.click()
    page.locator("[data-act=skip]").click()
    page.locator(f".session[data-kind={kind}]").wait_for()
    protocol = page.context.new_cdp_session(page)
    protocol.send("Performance.enable")
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    before, since = _metrics(protocol), time.monotonic()
    page.wait_for_timeout(SECONDS * 1000)
    after, seconds = _metrics(protocol), time.monotonic() - since
    page.close()
    scales = {"TaskDuration": 100, "LayoutCount": 1, "RecalcStyleCount": 1}
    return (scale * (after[name] - before[name]) / seconds for name, scale in scales.items())


def _metrics(protocol: CDPSession) -> dict[str, float]:
    return {each["name"]: each["value"] for each in protocol.send("Performance.getMetrics")["metrics"]}
