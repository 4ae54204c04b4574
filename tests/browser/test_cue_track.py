"""The sound track as samples: every cue begins with its phase and has its pitch."""

import base64
import json
import math
import re
from array import array
from itertools import pairwise

import pytest
from django.templatetags.static import static

from exercises.catalogue.variants import VARIANTS
from exercises.rules.timeline import MOST_SESSION_SECONDS, Kind
from tests.conftest import logged_in

RENDER = """
async ([cues, track, sheet]) => {
    const { cuesOf } = await import(cues);
    const { rateFor, render, wav } = await import(track);
    const rate = rateFor(sheet.seconds + 1.5);
    const samples = render(cuesOf(sheet), sheet.seconds + 1.5, rate, 1);
    const bytes = new Uint8Array(await wav(samples, rate).arrayBuffer());
    const text = Array.from({ length: Math.ceil(bytes.length / 32768) }, (_, i) =>
        String.fromCharCode(...bytes.subarray(i * 32768, (i + 1) * 32768)));
    return [rate, btoa(text.join(""))];
}
"""
HEADER = 44
# What each sounds like, in Hz at the start and at the end of each of its notes: (seconds into it, from, to, seconds).
SOUNDS = {
    Kind.READY: [(0, 659, 659, 0.15)],
    Kind.HOLD: [(0, 523, 1047, 0.25)],
    Kind.RELEASE: [(0, 1047, 523, 0.25)],
    Kind.WALK: [(0, 784, 784, 0.09), (0.14, 784, 784, 0.09)],
    Kind.REST: [(0, 587, 523, 0.45)],
    Kind.CIRCLE: [(0, 587, 988, 0.15), (0.15, 988, 587, 0.15)],
    Kind.TURN: [(0, 988, 587, 0.15), (0.15, 587, 988, 0.15)],
    Kind.SWITCH: [(0, 659, 659, 0.1), (0.12, 988, 988, 0.1), (0.3, 659, 659, 0.1), (0.42, 988, 988, 0.1)],
    Kind.MOVE: [(0, 988, 988, 0.14), (0.16, 784, 784, 0.14), (0.32, 587, 587, 0.2)],
    "tick": [(0, 1319, 1319, 0.04)],
    "halfway": [(0, 1175, 1175, 0.08), (0.12, 1175, 1175, 0.08)],
    "last": [(0, 1175, 1175, 0.08), (0.12, 1175, 1175, 0.08), (0.24, 1175, 1175, 0.08)],
    "set-done": [(0, 587, 587, 0.12), (0.13, 740, 740, 0.12), (0.26, 880, 880, 0.25)],
    "session-done": [(0, 587, 587, 0.14), (0.15, 740, 740, 0.14), (0.3, 880, 880, 0.14), (0.45, 1175, 1175, 0.45)],
}
AFTER_CALLED, AFTER_DONE, COUNTED_DOWN = 0.4, 0.65, 4  # seconds


class Track:
    """A WAV of 16 bit as heard: where a sound begins, and how high it is."""

    def __init__(self, rate, wav):
        self.rate, self.bytes = rate, len(wav)
        self.samples = array("h", wav[HEADER:])

    def pitch(self, at, seconds):
        """Hz over a stretch, by its zero crossings."""
        piece = self.samples[round(at * self.rate) : round((at + seconds) * self.rate)]
        return sum((one < 0) != (two < 0) for one, two in pairwise(piece)) / 2 / seconds

    def starts(self, at):
        """Silence up to this very sample, and sound within three milliseconds."""
        first = round(at * self.rate)
        before, after = self.samples[max(0, first - 5) : first + 1], self.samples[first + 1 : first + self.rate // 333]
        return not any(before) and any(after)

    def hears(self, name, at):
        return self.starts(at) and all(self.hears_note(at, *note) for note in SOUNDS[name])

    def hears_note(self, at, start, low, high, seconds):
        half = seconds / 2
        heard = self.pitch(at + start, half), self.pitch(at + start + half, half)
        return heard == pytest.approx(((3 * low + high) / 4, (low + 3 * high) / 4), rel=0.08, abs=1 / half)

    def silence(self, name, at):
        """Take a sound out."""
        first, length = round(at * self.rate), max(start + seconds for start, _, _, seconds in SOUNDS[name])
        count = math.ceil(length * self.rate) + 1
        self.samples[first : first + count] = array("h", bytes(2 * len(self.samples[first : first + count])))


def cues_of(sheet):
    """(second, sound) of each cue."""
    ends = {step["end"] for step in sheet["steps"][:-1]}
    for phase in sheet["phases"]:
        at, seconds = phase["at"], phase["seconds"]
        yield at + (AFTER_DONE if at in ends else 0), phase["kind"]
        if phase["call"]:
            yield at + AFTER_CALLED, phase["call"]
        if seconds >= COUNTED_DOWN:
            yield from ((at + seconds - left, "tick") for left in (3, 2, 1))
    yield from ((at, "set-done") for at in ends)
    yield sheet["seconds"], "session-done"


@pytest.fixture
def track_of(alice_page, alice):
    """The track that the page makes of a session, and the sheet it is made of."""

    def track_of(slot):
        page = logged_in(alice).get(f"/session/{slot}/").content.decode()
        sheet = json.loads(re.search(r'<script id="cue-sheet" type="application/json">(.*?)</script>', page)[1])
        alice_page.goto("/help/")
        rate, wav = alice_page.evaluate(
            RENDER, [static("js/coach/sound-schedule.js"), static("js/coach/audio-track.js"), sheet]
        )
        return Track(rate, base64.b64decode(wav)), sheet

    return track_of


def expect_heard(track, sheet):
    """Each cue at its sample, and between them silence."""
    cues = list(cues_of(sheet))

    assert [cue for cue in cues if not track.hears(cue[1], cue[0])] == []
    for at, name in cues:
        track.silence(name, at)
    assert not any(track.samples)


@pytest.mark.parametrize("slot", ["morning", "midday", "evening"])
def test_every_phase_of_the_usual_sessions_is_heard(track_of, slot):
    expect_heard(*track_of(slot))


@pytest.mark.parametrize(("slug", "variant"), [(slug, each.slug) for slug, some in VARIANTS.items() for each in some])
def test_every_phase_of_every_variant_is_heard(track_of, alice, slug, variant):
    alice.prescriptions.exclude(exercise__slug=slug).update(morning=False)
    alice.prescriptions.update(variant=variant)
    track, sheet = track_of("morning")

    assert [step["variant"] for step in sheet["steps"]] == [variant]
    expect_heard(track, sheet)


def test_the_longest_session_there_may_be_is_heard_and_fits(track_of, alice):
    alice.prescriptions.exclude(exercise__slug="toe-presses").update(morning=False)
    alice.prescriptions.update(reps=15, effort_seconds=115, pause_seconds=5)
    track, sheet = track_of("morning")

    assert sheet["seconds"] == MOST_SESSION_SECONDS
    assert track.bytes <= 12_000_000
    expect_heard(track, sheet)
