"""The page does not move when its scripts arrive after the first paint."""

import pytest
from playwright.sync_api import expect

from tests.support.under_way import until

COUNT_JUMPS = """
window.jumps = [];
new PerformanceObserver((list) => jumps.push(...list.getEntries().map(({ sources }) => sources[0]?.node?.outerHTML)))
    .observe({ type: "layout-shift", buffered: true });
"""
IS_PAINTED = "performance.getEntriesByName('first-contentful-paint').length === 1"
TWO_FRAMES = "new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))"


@pytest.mark.parametrize("path", ["/", "/session/midday/", "/progress/"])
def test_no_layout_shifts_when_the_scripts_arrive(alice_page, path):
    held = []

    def hold(script):
        held.append(script)

    alice_page.add_init_script(COUNT_JUMPS)
    alice_page.route("**/*.js", hold)
    alice_page.goto(path, wait_until="commit")
    until(lambda: alice_page.evaluate(IS_PAINTED) and held, bool)
    alice_page.route("**/*.js", lambda script: script.continue_())
    for script in held:
        script.continue_()

    alice_page.wait_for_load_state("load")
    if path.startswith("/session/"):
        expect(alice_page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    alice_page.evaluate(TWO_FRAMES)
    assert alice_page.evaluate("jumps") == []
