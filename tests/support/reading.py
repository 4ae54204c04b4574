"""How hard a text is to read: the length of its sentences, and its grade by the formula of Flesch and Kincaid."""

import re

SPOKEN_END = re.compile(r"[^aeiouy]les?$|([sxzcg]|[cs]h)es$|[td]ed$")  # the e of "little", "presses", "lifted" is heard
SILENT_END = re.compile(r"e[sd]?$")


def sentences(text):
    """Each as its words. A question and a colon end one too."""
    parts = [re.findall(r"[\w’'-]+", part) for part in re.split(r"[.?!:]+(?:\s|$)", text)]
    return [words for words in parts if words]


def longest(lines):
    """The number of words of the longest sentence."""
    return max(len(words) for line in lines for words in sentences(line))


def grade(lines):
    """The grade at school that reads these lines with ease. They are read as one text."""
    told = [words for line in lines for words in sentences(line)]
    words = [word for sentence in told for word in sentence]
    return 0.39 * len(words) / len(told) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word):
    word = word.lower()
    heard = word if SPOKEN_END.search(word) else SILENT_END.sub("", word)
    return max(1, len(re.findall(r"[aeiouy]+", heard)))
