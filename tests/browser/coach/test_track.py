"""What is heard in a session, sample by sample: each tone and each word in its own phase, and between them silence."""

import base64
import math
from array import array
from itertools import pairwise

import pytest

from exercises.catalogue.care import CARE
from exercises.catalogue.variants import VARIANTS
from exercises.rules.timeline import EFFORTS, MOST_SESSION_SECONDS, Kind
from tests.conftest import logged_in
from tests.support.cue_sheet import sheet_of
from tests.support.heard import EARCONS, IMPORT, RATE, SILENCE, Heard, longer_track_of, modules, track_of
from tests.support.planning import STARTER, filled_in

MOST_BYTES = 30_000_000
BEFORE_WORDS = 0.2  # seconds from a tone to a word
# Hz at the start and at the end of each note: (seconds into the sound, from, to, seconds).
SOUNDS = {
    Kind.READY: [(0, 659, 659, 0.16)],
    Kind.HOLD: [(0, 523, 1047, 0.25)],
    Kind.RELEASE: [(0, 1047, 523, 0.25)],
    Kind.WALK: [(0, 784, 784, 0.09), (0.14, 784, 784, 0.09)],
    Kind.CIRCLE: [(0, 587, 988, 0.15), (0.15, 988, 587, 0.15)],
    Kind.TURN: [(0, 988, 587, 0.15), (0.15, 587, 988, 0.15)],
    Kind.SWITCH: [(0, 659, 659, 0.1), (0.12, 988, 988, 0.1), (0.3, 659, 659, 0.1), (0.42, 988, 988, 0.1)],
    Kind.MOVE: [(0, 523, 523, 0.2), (0.24, 784, 784, 0.26)],
    "tick": [(0, 1319, 1319, 0.1)],
}
TONES = f"""
async ([modules, choices, voice, names, hertz]) => {{
    {IMPORT}
    const text = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    // The power of one frequency: Goertzel's way.
    const power = (samples, index) => {{
        const factor = 2 * Math.cos((2 * Math.PI * index) / samples.length);
        let [one, two] = [0, 0];
        for (const sample of samples) [one, two] = [sample + factor * one - two, one];
        return one * one + two * two - factor * one * two;
    }};
    const above = (samples) => {{
        const powers = [0, 0], step = Math.max(1, Math.floor(samples.length / 600));
        for (let index = step; index < Math.floor(samples.length / 2); index += step)
            powers[Number(index > (hertz * samples.length) / {RATE})] += power(samples, index);
        return powers[1] / (powers[0] + powers[1]);
    }};
    const tone = (samples) => [btoa(text(new Uint8Array(Float32Array.from(samples).buffer))), above(samples)];
    return Object.fromEntries(names.map((earcon) => [earcon, tone(sounds.of({{ earcon }}))]));
}}
"""


def tones(page, names, room="loud"):
    """Of each name: its samples, and the share of its energy above 1000 Hz, by the power of each of its frequencies."""
    told = page.evaluate(TONES, [modules(), {"room": room}, None, list(map(str, names)), 1000])
    return {name: (array("f", base64.b64decode(samples)), above) for name, (samples, above) in told.items()}


@pytest.fixture
def page_of(alice_page):
    alice_page.goto("/help/")
    return alice_page


@pytest.fixture
def sheet(alice):
    def sheet(slot="morning", **changed):
        alice.prescriptions.update(**changed)
        return sheet_of(logged_in(alice), f"/session/{slot}/")

    return sheet


def expect_all_heard(track, sheet):
    """Finds each tone and phrase of the sheet in its phase, one at a time. Returns the phrases that were left out."""
    left_out = set()
    for before, phase in pairwise([None, *sheet["phases"]]):
        after_set = before is not None and before["step"] != phase["step"]
        left_out |= set(expect_phase_heard(track, phase, sheet["set_done"] if after_set else None))
    over = track.take("session-done", sheet["seconds"])
    for phrase in sheet["steps"][-1]["say"]:
        over = track.take(phrase["text"], over + BEFORE_WORDS, over + 9)
    assert track.is_silent
    return left_out


def expect_phase_heard(track, phase, set_done):
    at, end = phase["at"], phase["at"] + phase["seconds"]
    over = at
    for name in filter(None, ("set-done" if set_done else "", phase["kind"], phase["call"])):
        begins = track.take(name, over, over + 1)
        assert begins == at if over == at else begins > over, (phase, name)
        over = begins + track.seconds(name)
    timed = [phrase for phrase in phase["say"] if "left" in phrase]
    for phrase in filter(None, (set_done, *(each for each in phase["say"] if each not in timed))):
        begins = track.take(phrase["text"], over + BEFORE_WORDS - 1 / RATE, end)
        if begins is None:
            yield phrase["part"], phrase["text"]
        else:
            over = begins + track.seconds(phrase["text"])
    for phrase in timed:
        begins = track.take(phrase["text"], end - phrase["left"], end)
        assert begins == pytest.approx(end - phrase["left"] + BEFORE_WORDS, abs=2 / RATE)
        assert track.take("pulse", end - phrase["left"]) is not None
    ticks = [track.take("tick", end - left) for left in (3, 2, 1)] if phase["seconds"] >= 4 else []
    assert all(tick is not None or end - left < over for tick, left in zip(ticks, (3, 2, 1), strict=False)) or (
        phase["kind"] in EFFORTS and phase["seconds"] < 6 and not any(ticks)
    )
    while phase["kind"] in EFFORTS and track.take("pulse", at, end) is not None:
        pass


def test_every_tone_and_word_of_the_usual_sessions_is_heard(page_of, sheet):
    for slot in ("morning", "midday", "evening"):
        told = sheet(slot)
        assert expect_all_heard(track_of(page_of, told), told) == set()


def test_every_tone_and_word_of_every_variant_is_heard(page_of, sheet, alice):
    left_out = set()
    for slug, variants in VARIANTS.items():
        for variant in variants:
            alice.prescriptions.update(variant="")
            alice.prescriptions.filter(exercise__slug=slug).update(variant=variant.slug)
            told = sheet()
            assert variant.slug in {step["variant"] for step in told["steps"]}
            left_out |= expect_all_heard(track_of(page_of, told), told)
    assert left_out == {("done", "Set done."), ("name", "Ankle circles, seated.")}  # from a chair to a chair: 3 seconds


def test_every_tone_and_word_of_what_never_counts_is_heard(page_of, alice):
    for entry in CARE:
        told = sheet_of(logged_in(alice), f"/care/{entry.slug}/")
        assert expect_all_heard(track_of(page_of, told), told) == set()


def test_every_tone_and_word_of_the_starter_is_heard(page_of, alice, alice_client):
    alice_client.post("/settings/plan/", filled_in(**STARTER))
    told = sheet_of(alice_client)

    assert told["seconds"] == 267
    assert expect_all_heard(track_of(page_of, told), told) == set()


def test_the_longest_session_there_may_be_is_heard_and_fits(page_of, sheet, alice):
    alice.prescriptions.exclude(exercise__slug="toe-presses").update(morning=False)
    told = sheet(reps=15, effort_seconds=115, pause_seconds=5)
    track = track_of(page_of, told)

    assert told["seconds"] == MOST_SESSION_SECONDS
    assert len(track.samples) <= MOST_BYTES
    assert expect_all_heard(track, told) == set()


def test_nobody_waits_in_silence_for_more_than_six_seconds_in_an_effort(page_of, sheet, alice):
    track = track_of(page_of, told := sheet(effort_seconds=33))
    quiet = max(
        longest_silence(track.samples[phase["at"] * RATE : (phase["at"] + phase["seconds"]) * RATE])
        for phase in told["phases"]
        if phase["kind"] in EFFORTS
    )

    assert quiet <= 6


def longest_silence(samples):
    """Seconds without a sound. The fade of a sound ends in samples that are as silent as silence."""
    pieces = bytes(samples).split(bytes([SILENCE]) * (RATE // 2))
    return max(len(gap) for gap in gaps(bytes(samples), pieces)) / RATE


def gaps(samples, pieces):
    rest = samples
    for piece in filter(None, pieces):
        gap, _, rest = rest.partition(piece)
        yield gap
    yield rest


def test_after_every_pause_was_made_longer_all_is_heard_later(page_of, sheet):
    told = sheet("midday", reps=2)
    pauses = [phase["at"] for phase in told["phases"] if phase["kind"] not in EFFORTS]
    track, longer = longer_track_of(page_of, told, [at + 10 * number for number, at in enumerate(pauses)])

    assert longer["seconds"] == told["seconds"] + 10 * len(pauses)
    assert expect_all_heard(track, longer) == set()


def test_after_a_pause_the_words_of_safety_are_said_once_more(page_of, sheet):
    told = sheet()
    ready = next(phase for phase in told["phases"] if phase["kind"] == "ready" and phase["step"] == 1)
    track = track_of(page_of, told, span={"from": ready["at"] + 2.5, "lead": 3})

    assert [track.take("ready", 0), track.take("tick", 1), track.take("tick", 2), track.take("ready", 3)] == [
        0,
        1,
        2,
        3,
    ]
    assert track.take("Go to a wall. One hand on it.", 3, 3 + ready["seconds"] - 2.5)


def test_a_set_that_was_skipped_is_not_said_to_be_done(page_of, sheet):
    told = sheet()
    track = track_of(page_of, told, span={"from": told["steps"][1]["end"]})

    assert track.take("move", 0) == 0
    assert not track.take("Set done.", 0, 10)
    assert track.take("Set done.", 200, 300)  # the next one is


# The tones themselves.


def notes(samples, name):
    """Hz over the halves of each note, by zero crossings, beside what they should be."""
    for start, low, high, seconds in SOUNDS[name]:
        half = seconds / 2
        yield (
            (pitch(samples, start, half), pitch(samples, start + half, half)),
            pytest.approx(((3 * low + high) / 4, (low + 3 * high) / 4), rel=0.08, abs=1 / half),
        )


def pitch(samples, at, seconds):
    piece = samples[round(at * RATE) : round((at + seconds) * RATE)]
    return sum((one < 0) != (two < 0) for one, two in pairwise(piece)) / 2 / seconds


def test_tones_rise_and_fall_as_they_should(page_of):
    played = tones(page_of, SOUNDS)

    for name in SOUNDS:
        for heard, written in notes(played[name][0], name):
            assert heard == written, name


def test_tones_reach_one_decibel_below_full_and_those_of_pauses_three_less(page_of):
    played = tones(page_of, EARCONS)
    peaks = {name: 20 * math.log10(max(map(abs, samples))) for name, (samples, _above) in played.items()}
    full = {name for name, peak in peaks.items() if peak == pytest.approx(-1, abs=0.01)}
    softer = {name for name, peak in peaks.items() if peak == pytest.approx(-4.1, abs=0.01)}

    assert full == {"hold", "walk", "circle", "tick", "halfway", "last", "set-done", "session-done"}
    assert full | softer | {"pulse"} == set(EARCONS)
    assert peaks["pulse"] < -10


def test_the_tones_for_the_hard_of_hearing_are_low_and_long(page_of):
    usual, low = tones(page_of, EARCONS), tones(page_of, EARCONS, room="hearing")

    for name, (samples, above) in low.items():
        assert len(samples) >= 1.45 * len(usual[name][0]), name
        assert above < 0.02, name
    assert usual["walk"][1] > 0.1  # so that it says something


def test_a_quiet_room_hears_everything_ten_decibels_softer(page_of, sheet):
    told = sheet("midday")
    loud, quiet = (track_of(page_of, told, {"room": room}) for room in ("loud", "quiet"))

    assert loudest(quiet) == pytest.approx(loudest(loud) * 0.3, abs=1)


def loudest(track: Heard):
    return max(track.samples) - SILENCE
