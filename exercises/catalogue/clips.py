"""The spoken clips in static/voice: one sound file a language, and a table of where each phrase begins in it.

`make voices` writes both.
"""

import json
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "static" / "voice"

Clips = dict[str, tuple[float, float]]  # {text: (its start in the file, its length)}, in seconds


@lru_cache
def clips_of(language: str) -> Clips:
    """The clips of a language by its code, such as "en" or "en-gb". Empty where the language has none."""
    table = FOLDER / f"{language.partition('-')[0]}.json"
    if not table.is_file():
        return {}
    return {text: (start, seconds) for text, (start, seconds) in json.loads(table.read_text()).items()}


def sound_file(language: str) -> str:
    """The name of the language's sound file among the static files."""
    return f"voice/{language.partition('-')[0]}.mp3"
