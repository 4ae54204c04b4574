"""Makes the spoken clips of each language: one MP3, and a table of where each phrase begins and how long it takes.

Reads the phrases from standard input (phrases.py). It needs the packages of requirements-voices.txt and no Django. The
same phrases give the same bytes. A recording in recordings/<language>/ takes the place of the synthetic voice.
"""

import json
import sys
import wave
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import lameenc
import numpy as np
from hibari import Hibari

FOLDER = Path("static/voice")
RECORDINGS = Path(__file__).parent / "recordings"
RATE, VOICE_RATE = 16_000, 24_000  # Hz of the file and of the synthetic voice
KILOBITS = 24  # of the file, a second
GAP = 0.2  # seconds of silence around each clip, because decoders differ in where a file begins
FRAME = RATE // 100
SILENT = -50  # dB below the loudest frame
LOUD = -20  # dB below the loudest frame; quieter frames do not count for the loudness
LOUDNESS, PEAK = -16, -1  # dB below full scale
SEED = 0
MARGIN = 3  # frames kept before the first loud one, and twice as many after the last


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language, phrases in json.load(sys.stdin).items():
        speak = voice_of(language)
        clips = [levelled(trimmed(recorded(language, text, speak))) for text in phrases]
        sound, table = laid_out(phrases, clips)
        (FOLDER / f"{language}.mp3").write_bytes(mp3(sound))
        (FOLDER / f"{language}.json").write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n")
        sys.stdout.write(f"{language}: {len(phrases)} phrases, {len(sound) / RATE:.0f} seconds\n")
    (FOLDER / "NOTICE").write_text(NOTICE.format(version=version("hibari-tts"), seed=SEED))


def voice_of(language: str) -> Callable[[str], np.ndarray]:
    """A function from a text to samples from -1 to 1 at RATE Hz. So far one language has a voice: English."""
    voice = {"en": Hibari}[language]()
    return lambda text: resampled(voice(text, seed=SEED), VOICE_RATE)


def recorded(language: str, text: str, speak: Callable[[str], np.ndarray]) -> np.ndarray:
    """The samples of a phrase: those of a person, if there is a recording, else those of the synthetic voice."""
    path = RECORDINGS / language / f"{file_name(text)}.wav"
    if not path.exists():
        return speak(text)
    try:
        with wave.open(str(path)) as file:
            form, rate = (file.getnchannels(), file.getsampwidth()), file.getframerate()
            data = file.readframes(file.getnframes())
    except (wave.Error, EOFError):
        form = None
    if form != (1, 2) or not data:
        raise SystemExit(f"{path} is not a mono WAV of 16 bits.")
    return resampled(np.frombuffer(data, "<i2") / 32768, rate)


def file_name(text: str) -> str:
    """ "Grip the floor." -> "grip-the-floor"."""
    return "-".join("".join(sign if sign.isalnum() else " " for sign in text.lower()).split())


def resampled(samples: np.ndarray, rate: int) -> np.ndarray:
    """The same sound at RATE Hz, without the frequencies that this rate cannot hold."""
    count = round(len(samples) * RATE / rate)
    spectrum = np.fft.rfft(samples)[: count // 2 + 1]
    return np.fft.irfft(spectrum, count) * count / len(samples)


def loudness_of_frames(samples: np.ndarray) -> np.ndarray:
    """dB of each hundredth of a second."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    return 10 * np.log10(np.mean(frames**2, axis=1) + 1e-12)


def trimmed(samples: np.ndarray) -> np.ndarray:
    """The samples without the silence at both ends."""
    loud = loudness_of_frames(samples)
    heard = np.flatnonzero(loud > loud.max() + SILENT)
    first, last = max(0, heard[0] - MARGIN), heard[-1] + 1 + 2 * MARGIN
    piece = samples[first * FRAME : last * FRAME].copy()
    fade = np.linspace(0, 1, FRAME)
    piece[:FRAME] *= fade
    piece[-FRAME:] *= fade[::-1]
    return piece


def levelled(samples: np.ndarray) -> np.ndarray:
    """The samples, with their loud frames at LOUDNESS. A soft limit keeps the peaks under PEAK."""
    loud = loudness_of_frames(samples)
    power = np.mean(10 ** (loud[loud > loud.max() + LOUD] / 10))
    louder = samples * 10 ** (LOUDNESS / 20) / np.sqrt(power)
    most = 10 ** (PEAK / 20)
    return most * np.tanh(louder / most)


def laid_out(phrases: list[str], clips: list[np.ndarray]) -> tuple[np.ndarray, dict[str, list[float]]]:
    """One sound with all clips, and {text: [second at which it begins, seconds]}."""
    gap = np.zeros(round(GAP * RATE))
    parts, table, at = [gap], {}, len(gap)
    for text, clip in zip(phrases, clips, strict=True):
        table[text] = [round(at / RATE, 3), round(len(clip) / RATE, 3)]
        parts += [clip, gap]
        at += len(clip) + len(gap)
    return np.concatenate(parts), table


def mp3(samples: np.ndarray) -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE)
    encoder.set_bit_rate(KILOBITS)
    encoder.set_quality(2)
    encoder.silence()
    data = encoder.encode((samples * 32767).round().astype("<i2").tobytes())
    return bytes(data + encoder.flush())


NOTICE = """\
The spoken clips of the coach.

en.mp3, en.json
    Made by `make voices` with hibari-tts {version} (Apache License 2.0), its voice "heart" (Apache License 2.0),
    seed {seed}. The voice is synthetic.
"""

if __name__ == "__main__":
    main()
