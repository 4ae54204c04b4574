"""The sound track of a session as the page makes it, and what is heard in it."""

import base64
from dataclasses import dataclass

from django.templatetags.static import static

from exercises.catalogue.clips import clips_of

RATE = 11_025
HEADER = 44
SILENCE = 128
MODULES = ("voice-clips", "sounds", "sound-schedule", "audio-track", "cue-sheet")
IMPORT = """
const [{ voiceClips }, { Sounds }, schedule, { render, Track }, { longer }] =
    await Promise.all(modules.map((path) => import(path)));
await voiceClips.load(voice);
const sounds = new Sounds({ sound: true, voice: true, room: "loud", ...choices }, voiceClips);
"""
RENDER = f"""
async ([modules, choices, voice, sheet, span, earcons]) => {{
    {IMPORT}
    const text = (bytes) => btoa(Array.from({{ length: Math.ceil(bytes.length / 32768) }}, (_, i) =>
        String.fromCharCode(...bytes.subarray(i * 32768, (i + 1) * 32768))).join(""));
    const track = new Track(sheet, sounds);
    const {{ longerAt, ...rest }} = span;
    let played = sheet;
    for (const at of longerAt) track.follow((played = longer(played, at, 10)));
    const wav = track.wav({{ from: 0, lead: 0, until: played.seconds, ...rest }});
    const texts = Object.keys(sheet.voice.clips);
    const cues = [...earcons.map((earcon) => ({{ earcon }})), ...texts.map((text) => ({{ text }}))];
    const alone = (cue) => text(render([{{ at: 0, ...cue }}], 0, sounds.seconds(cue), sounds));
    return [
        played,
        text(new Uint8Array(await wav.arrayBuffer())),
        Object.fromEntries(cues.map((cue) => [cue.earcon ?? cue.text, alone(cue)])),
    ];
}}
"""
EARCONS = (
    *("ready", "hold", "release", "walk", "rest", "circle", "turn", "switch", "move"),
    *("tick", "pulse", "halfway", "last", "set-done", "session-done"),
)


@dataclass
class Heard:
    """A track of 8 bits. What a test finds in it is taken out, so that only silence is left at the end."""

    samples: bytearray
    sounds: dict[str, bytes]

    def seconds(self, name):
        return len(self.sounds[name]) / RATE

    def take(self, name, start, end=None):
        """The second at which the sound begins: at `start` itself, or between it and `end`; None if it is not there."""
        sound, first = self.sounds[name], round(start * RATE)
        last = first + len(sound) if end is None else round(end * RATE)
        at = self.samples.find(sound, first, last)
        if at < 0:
            return None
        self.samples[at : at + len(sound)] = bytes([SILENCE]) * len(sound)
        return at / RATE

    @property
    def is_silent(self):
        return self.samples.count(SILENCE) == len(self.samples)


def track_of(page, sheet, choices=None, span=None):
    """The track of a sheet, made in a page with the app's own modules."""
    return longer_track_of(page, sheet, [], choices, span)[0]


def longer_track_of(page, sheet, at, choices=None, span=None):
    """The track after taps on "Add 10 seconds" at each second of `at`, and the sheet as it is then."""
    played, wav, sounds = page.evaluate(
        RENDER, [modules(), choices or {}, voice_of(sheet), sheet, (span or {}) | {"longerAt": at}, EARCONS]
    )
    data = base64.b64decode(wav)
    heard = Heard(bytearray(data[HEADER:]), {name: base64.b64decode(each) for name, each in sounds.items()})
    return heard, played


def voice_of(sheet):
    """All clips of its language. A page reads a sound file once, and a test makes the tracks of many sheets in it."""
    return sheet["voice"] | {"clips": clips_of("en")}


def modules():
    return [static(f"js/coach/{name}.js") for name in MODULES]


CUES = f"""
async ([modules, choices, voice, sheets]) => {{
    {IMPORT}
    const timed = (cue) => ({{ name: cue.earcon ?? cue.text, at: cue.at, end: cue.at + sounds.seconds(cue) }});
    return sheets.map((sheet) => schedule.cuesOf(sheet, sounds).map(timed));
}}
"""


def cues_of(page, sheets, choices=None):
    """For each sheet its cues in order, with the seconds at which they begin and end, by the app's own modules."""
    return page.evaluate(CUES, [modules(), choices or {}, voice_of(sheets[0]), sheets])
