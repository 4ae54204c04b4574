"""A page of the guided session in which time stands still until a test lets it run."""

import json

from playwright.sync_api import expect

from tests.support.under_way import settle, stop_time, until

WATCH_EDGES = """
() => {
    const stage = document.querySelector(".session");
    const start = performance.now();
    window.edges = [];
    const note = () => window.edges.push([stage.dataset.kind, (performance.now() - start) / 1000]);
    note();
    new MutationObserver(note).observe(stage, { attributeFilter: ["data-kind"] });
}
"""
WATCH_FLASH = """
const { animate } = Element.prototype;
Element.prototype.animate = function (...how) {
    window.flashed = this.className;
    return animate.apply(this, how);
};
"""
# Counts the sound files that the page has read, or could not read, once its own scripts know.
WATCH_CLIPS = """
window.filesRead = 0;
const { decodeAudioData } = BaseAudioContext.prototype;
BaseAudioContext.prototype.decodeAudioData = function (file) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => window.filesRead++;
    return decodeAudioData.call(this, file).finally(() => port2.postMessage(""));
};
"""
PATIENCE = 2000  # milliseconds; less than the page waits for its own store
MOTION = """
(root) => root.getAnimations({ subtree: true }).map((each) => [each.playState, each.currentTime / 1000])[0]
"""


def choose(context, user, **cues):
    """What the user left in "Sound and voice" before."""
    keep = f"localStorage.getItem('cues:{user.pk}') ?? localStorage.setItem('cues:{user.pk}', `{json.dumps(cues)}`);"
    context.add_init_script(f"if (location.origin !== 'null') {keep}")


def wait_for_clips(page):
    """Until the voice can speak, or cannot; the page has WATCH_CLIPS."""
    until(lambda: page.evaluate("window.filesRead"), bool)


def silence(context, user):
    """A track keeps the time of the sound card, which no test can hold."""
    choose(context, user, sound=False, voice=False)


class SessionPage:
    """A page of the session, and the tap of a finger that lets time run."""

    def __init__(self, page):
        self.page = page
        self.stage = page.locator(".session")
        self.name = self.stage.locator(".session-main [data-show=name]")
        self.word = self.stage.locator(".session-main [data-show=word]")
        self.count = page.get_by_role("timer")
        self.rep = self.stage.locator(".session-main [data-show=rep]")

    def open(self, slot="morning", query=""):
        self.page.clock.install()
        self.page.goto(f"/session/{slot}/{query}")
        return self.hold_time()

    def hold_time(self):
        stop_time(self.page, ahead=1)
        return self

    def start(self, name="Start"):
        self.tap(name)
        expect(self.stage).to_be_visible()
        return self

    def tap(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def run(self, seconds):
        """Runs the clock in small steps: answers come in real time, and one long step would look like a timeout."""
        left = round(seconds * 1000)
        while left:
            settle(self.page)
            bit = min(left, PATIENCE)
            self.page.clock.run_for(bit)
            left -= bit

    def leap(self, seconds):
        """All at once, as after a sleep."""
        settle(self.page)
        self.page.clock.fast_forward(round(seconds * 1000))

    def run_steps(self, first=0, last=None):
        """Run step after step, and wait for the server's word on each: its answers come in real time."""
        for number, step in enumerate(self.sheet()["steps"][first:last], first + 1):
            self.run(step["end"] - step["start"] + 0.02)
            self.expect_done(number)

    def expect_done(self, number):
        expect(self.page.locator("#steps .session-done")).to_have_count(number)

    def sheet(self):
        return self.page.evaluate("JSON.parse(document.getElementById('cue-sheet').textContent)")

    def export(self):
        """What the server knows when all that was done has come to it, or could not."""
        settle(self.page)
        return self.page.request.get("/export.json").json()

    def watch_edges(self):
        """From its start on note each phase that begins, and the second it does."""
        self.page.evaluate(WATCH_EDGES)

    def edges(self):
        return self.page.evaluate("window.edges")

    def freeze(self):
        """Stops animations, which run in real time and not by the fake clock. Each stays where it is put."""
        protocol = self.page.context.new_cdp_session(self.page)
        protocol.send("Animation.enable")
        protocol.send("Animation.setPlaybackRate", {"playbackRate": 0})
        return self

    def drawing(self):
        """The state of the drawing's first animation, and the second of its cycle."""
        return tuple(self.stage.locator(".session-art [data-step]:visible svg").evaluate(MOTION))

    def bar(self):
        """The state of the bar, and its second of the phase."""
        return tuple(self.stage.locator(".session-band").evaluate(MOTION))
