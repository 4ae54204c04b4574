"""The looks of a mail: simple HTML made from its text, which stays the truth, so that nobody writes a mail twice."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

CODE = re.compile(r"\d{4} \d{4}")  # exercises/accounts/mailed_code.py


@dataclass(frozen=True)
class Piece:
    """Part of a mail: "words" of one or more lines, a "code" to type, the main link as a "button", a further "link"."""

    kind: str
    lines: list[str]


def dress(letter: EmailMultiAlternatives) -> None:
    """Adds the HTML beside the text."""
    *pieces, foot = pieces_of(str(letter.body))
    title = str(letter.subject).removeprefix(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX)
    html = render_to_string("mail/letter.html", {"title": title, "pieces": pieces, "foot": foot})
    letter.attach_alternative(html, "text/html")


def pieces_of(text: str) -> list[Piece]:
    """The paragraphs; a line that is only a link or only a code is a piece of its own."""
    pieces: list[Piece] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        words: list[str] = []
        for line in paragraph.splitlines():
            kind = _kind(line, pieces)
            if kind == "words":
                words.append(line)
                continue
            pieces += [Piece("words", words)] if words else []
            pieces.append(Piece(kind, [line]))
            words = []
        pieces += [Piece("words", words)] if words else []
    return pieces


def _kind(line: str, before: list[Piece]) -> str:
    """Only links to this site are links: no mail leads elsewhere."""
    if CODE.fullmatch(line):
        return "code"
    if line.startswith(f"{settings.PUBLIC_URL}/") and " " not in line:
        return "link" if any(each.kind == "button" for each in before) else "button"
    return "words"
