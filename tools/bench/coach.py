"""The coach in Chromium: how late each phase starts, how long a track takes to render, and what a session costs."""

import json
import os
from collections.abc import Iterable
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Page

from tools.bench.phone import SLOWER, chromium, page_of, slow_down
from tools.bench.running import running
from tools.bench.stages import Stage
from tools.bench.table import mark

LATEST_EDGE, LONGEST_RENDER = 50, 200  # milliseconds
RENDERS = 20
# The track is not in the page, so keep a reference to it. Note its time at each change of phase.
WATCH = """
const { play } = HTMLMediaElement.prototype;
HTMLMediaElement.prototype.play = function () { window.track = this; return play.call(this) };
window.edges = [];
addEventListener("DOMContentLoaded", () => {
    const stage = document.querySelector(".session");
    const note = () => window.edges.push([stage.dataset.kind, window.track.currentTime]);
    if (stage) new MutationObserver(note).observe(stage, { attributeFilter: ["data-kind"] });
});
"""
RENDER = """
async ([cues, track, sheet, times]) => {
    const { cuesOf } = await import(cues);
    const { rateFor, render, wav } = await import(track);
    return Array.from({ length: times }, () => {
        const start = performance.now();
        wav(render(cuesOf(sheet), sheet.seconds, rateFor(sheet.seconds), 1), rateFor(sheet.seconds));
        return performance.now() - start;
    });
}
"""


def coach(stage: Stage) -> tuple[str, bool]:
    """Two lines and a table of Markdown, and whether all limits hold. It plays a midday session: two minutes."""
    with chromium() as browser:
        late, took = _lateness(page_of(browser, stage, WATCH)), _rendering(page_of(browser, stage, WATCH))
        work, light = running(lambda: page_of(browser, stage, WATCH))
    p99 = quantiles(late, n=100, method="inclusive")[98]
    kept = p99 < LATEST_EDGE, max(took) < LONGEST_RENDER, light
    lines = [
        f"Phases of a midday begin late by {median(late):.1f} ms, p99 {p99:.1f} ms, at most {max(late):.1f} ms "
        f"({len(late)} phases); bar: p99 < {LATEST_EDGE} ms{mark(kept[0])}",
        f"The track of a morning takes {median(took):.0f} ms, at most {max(took):.0f} ms, on a CPU {SLOWER} times "
        f"slower; bar: < {LONGEST_RENDER} ms{mark(kept[1])}",
        work,
    ]
    return "\n\n".join(lines), all(kept)


def _lateness(page: Page) -> list[float]:
    """The delay of each phase against the track, in milliseconds."""
    page.goto("/session/midday/")
    phases = _sheet(page)["phases"]
    page.locator("[data-act=start]").first.click()
    page.locator("[data-screen=done]").wait_for(timeout=(phases[-1]["at"] + 60) * 1000)
    edges: Iterable[tuple[str, float]] = page.evaluate("window.edges")
    shown = [(kind, second) for kind, second in edges]
    if [kind for kind, _ in shown] != [phase["kind"] for phase in phases]:
        raise SystemExit("The coach left out a phase.")
    return [(second - phase["at"]) * 1000 for (_, second), phase in zip(shown, phases, strict=True)]


def _rendering(page: Page) -> list[float]:
    """Milliseconds to render the track of a morning session, for each run."""
    page.goto("/session/morning/")
    slow_down(page)
    return page.evaluate(
        RENDER, [_static("coach/sound-schedule.js"), _static("coach/audio-track.js"), _sheet(page), RENDERS]
    )


def _sheet(page: Page) -> dict[str, Any]:
    return json.loads(page.locator("#cue-sheet").text_content() or "")


def _static(name: str) -> str:
    """The address of a module, from the manifest of the static files."""
    folder = os.environ.get("STATIC_ROOT", "var/static")
    with open(f"{folder}/staticfiles.json") as manifest:
        return f"/static/{json.load(manifest)['paths'][f'js/{name}']}"
