"""A track that plays by the page's clock, which a test can hold, and everything that the outside can do to it."""

from playwright.sync_api import expect

from tests.support.session_page import SessionPage
from tests.support.under_way import until

# In place of the browser's track. `stands`: it plays and does not move, as when a sound device is gone. `late`: events
# of the element wait, as in a frozen page. Its length is the real one: the browser loads the file and plays nothing.
PLAYS_BY_THE_CLOCK = """
(() => {
    const media = HTMLMediaElement.prototype;
    const own = { stretches: [], begun: 0, at: 0, since: null, rate: 1, late: null };
    const channel = new MessageChannel();
    const arrived = (name) => (own.late ? own.late.push(name) : fire(name));
    channel.port1.onmessage = ({ data }) => (data ? arrived(data) : own.settled());
    const fire = (name) => window.track.dispatchEvent(new Event(name));
    const later = (...names) => names.forEach((name) => channel.port2.postMessage(name));
    const seconds = () => performance.now() / 1000;
    const length = () => window.track?.duration || Infinity;
    const moved = () => (own.since === null || own.stands ? 0 : (seconds() - own.since) * own.rate);
    const place = () => Math.min(length(), own.at + moved());
    const settle = () => {
        own.at = place();
        if (own.since !== null) own.since = seconds();
        if (own.at > own.begun) own.stretches.push([own.begun, own.at]);
    };
    const move = (at) => {
        settle();
        own.begun = own.at = at;
    };
    const hasEnded = () => Boolean(window.track?.src) && place() >= length();
    const stop = () => {
        settle();
        own.since = null;
    };
    const empty = () => {
        Object.assign(own, { stretches: [], begun: 0, at: 0, since: null, rate: 1 });
        Object.assign(own, { stands: false, isOver: false, error: null });
        later("emptied");
    };
    const { load } = media;
    const { set: setSource, get: source } = Object.getOwnPropertyDescriptor(media, "src");
    Object.defineProperties(media, {
        src: { get: source, set(url) { window.track = this; empty(); setSource.call(this, url); } },
        load: { value() { empty(); load.call(this); } },
        paused: { get: () => own.since === null || hasEnded() },
        ended: { get: hasEnded },
        error: { get: () => own.error },
        currentTime: { get: place, set: (at) => (move(at), later("seeking", "timeupdate", "seeked")) },
        playbackRate: { get: () => own.rate, set: (rate) => (settle(), (own.rate = rate), later("ratechange")) },
        played: {
            get() {
                const all = [...own.stretches, [own.begun, place()]].filter(([start, end]) => end > start);
                return { length: all.length, start: (i) => all[i][0], end: (i) => all[i][1] };
            },
        },
        play: {
            async value() {
                if (own.since === null) later("play", "playing");
                own.since ??= seconds();
            },
        },
        pause: {
            value() {
                if (own.since !== null) later("pause");
                stop();
            },
        },
    });
    setInterval(() => {
        if (own.since === null) return;
        later("timeupdate");
        if (hasEnded() && !own.isOver) later("pause", "ended");
        own.isOver = hasEnded();
    }, 250);
    window.outside = {
        settled: () => new Promise((over) => { own.settled = over; later(""); }),
        seek: (at) => (window.track.currentTime = at),
        seekToEnd: () => (window.track.currentTime = length()),
        rate: (rate) => (window.track.playbackRate = rate),
        pause: () => window.track.pause(),
        play: () => window.track.play(),
        empty: () => window.track.load(),
        stand: () => { settle(); own.stands = true; },
        fail: () => { stop(); own.error = { code: 3 }; own.since = seconds(); own.stands = true; later("error"); },
        freeze: () => (own.late = []),
        jumpAfter(time, to) { // of the page's clock; nobody looks before
            settle();
            own.stretches.push([own.begun, own.at + time]);
            Object.assign(own, { begun: to, at: to - time });
            later("seeking");
        },
        call(time) { // at once, and it plays on by itself when it is over
            settle();
            own.at -= time;
            later("pause", "play");
        },
        thaw() {
            const names = own.late ?? [];
            own.late = null;
            names.forEach(fire);
        },
    };
})();
"""


NOTE_FACTS = """
window.facts = [];
for (const name of ["set:done", "fact"]) {
    addEventListener(name, ({ detail: { event, state } }) => state === "open" || window.facts.push(event), true);
}
"""


class TrackedPage(SessionPage):
    """A session with sound, and everything that something outside of the page can do to its track."""

    def __init__(self, page):
        super().__init__(page)
        page.add_init_script(PLAYS_BY_THE_CLOCK + NOTE_FACTS)

    def start(self, name="Start"):
        super().start(name)
        until(lambda: self.page.evaluate("window.track.duration > 0"), bool)
        return self

    def outside(self, *acts):
        """Does the acts in one task: names, or pairs of a name and its value. The page learns of them first."""
        calls = [act if isinstance(act, tuple) else (act,) for act in acts]
        self.page.evaluate("(calls) => calls.forEach(([name, ...values]) => window.outside[name](...values))", calls)
        for _ in range(2):  # the page's answer sends events too
            self.page.evaluate("window.outside.settled()")

    def facts(self):
        """What the page sends as done: sets, and the session. The server moves their times: it knows no fake clock."""
        return self.page.evaluate("window.facts")

    def expect_stopped(self, by=""):
        expect(self.page.get_by_text("The sound stopped, so the timer stopped too."), by).to_be_visible()
        assert self.page.evaluate("window.track.paused"), by
