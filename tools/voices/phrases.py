"""Prints what the coach can say as JSON: {code of a language with a voice: its phrases, sorted}."""

import json
import os
import sys

import django
from django.utils import translation

VOICES = ("en",)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footcare.settings")
    django.setup()
    from exercises.pages.speech import all_phrases

    said = {}
    for language in VOICES:
        with translation.override(language):
            said[language] = sorted(all_phrases())
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
