"""The coach in Chromium: how late each phase starts, how long Start takes, and what a running session costs."""

import json
from collections.abc import Iterable
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Page

from tools.bench.phone import SLOWER, chromium, page_of, slow_down
from tools.bench.running import running
from tools.bench.stages import Stage
from tools.bench.table import mark

LATEST_EDGE = 50  # milliseconds
LONGEST_START = {"a morning": 200, "the largest plan": 500}  # milliseconds
STARTS = 8
# Of all sessions that the plan accepts, one with the most to hear. Its pauses are the usual ones.
LARGEST = {
    "toe-presses-reps": 50,
    "toe-walking-reps": 22,
    "resisted-plantar-flexion-reps": 50,
    "resisted-plantar-flexion-effort_seconds": 4,
}
CHANGE_PLAN = """
(fields) => {
    for (const [name, value] of Object.entries(fields)) document.querySelector(`[name="${name}"]`).value = value;
    document.querySelector('[name="toe-presses-reps"]').form.requestSubmit();
}
"""
# The track is not in the page, so keep a reference to it. Note its time at each change of phase, and how long it takes
# from a tap until it plays.
WATCH = """
const { play } = HTMLMediaElement.prototype;
HTMLMediaElement.prototype.play = function () {
    window.track = this;
    window.took = performance.now() - window.tapped;
    return play.call(this);
};
addEventListener("click", () => (window.tapped = performance.now()), true);
window.edges = [];
addEventListener("DOMContentLoaded", () => {
    const stage = document.querySelector(".session");
    const note = () => window.edges.push([stage.dataset.kind, window.track.currentTime]);
    if (stage) new MutationObserver(note).observe(stage, { attributeFilter: ["data-kind"] });
});
"""


def coach(stage: Stage) -> tuple[str, bool]:
    """Three lines and a table of Markdown, and whether all limits hold. It takes five minutes or more."""
    with chromium() as browser:
        late = _lateness(page_of(browser, stage, WATCH))
        work, light = running(lambda: page_of(browser, stage, WATCH))
        took = {"a morning": _starts(page_of(browser, stage, WATCH))}
        took["the largest plan"] = _starts(_with_largest_plan(page_of(browser, stage, WATCH)))
    p99 = quantiles(late, n=100, method="inclusive")[98]
    quick = {plan: median(each) <= LONGEST_START[plan] for plan, each in took.items()}
    kept = p99 < LATEST_EDGE, *quick.values(), light
    lines = [
        f"Phases of a midday begin late by {median(late):.1f} ms, p99 {p99:.1f} ms, at most {max(late):.1f} ms "
        f"({len(late)} phases); bar: p99 < {LATEST_EDGE} ms{mark(kept[0])}",
        *(
            f"Start of {plan} plays after {median(each):.0f} ms, at most {max(each):.0f} ms, with words and on a CPU "
            f"{SLOWER} times slower; bar: median <= {LONGEST_START[plan]} ms{mark(quick[plan])}"
            for plan, each in took.items()
        ),
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


def _starts(page: Page) -> list[float]:
    """Milliseconds from the tap on Start to the track that plays, for each of some tries."""
    slow_down(page)
    took = []
    for _ in range(STARTS):
        with page.expect_response("**/voice/*.mp3"):
            page.goto("/session/morning/")
        page.wait_for_load_state("networkidle")
        page.locator("[data-act=start]").first.click()
        page.locator("[data-screen=stage]").wait_for()
        took.append(page.evaluate("window.took"))
    return took


def _with_largest_plan(page: Page) -> Page:
    page.goto("/settings/plan/")
    page.evaluate(CHANGE_PLAN, LARGEST)
    page.wait_for_url("**said=plan-saved**")
    return page


def _sheet(page: Page) -> dict[str, Any]:
    return json.loads(page.locator("#cue-sheet").text_content() or "")
