"""Reads an exported file in pieces, entry by entry, however long it is. An entry is (section, content)."""

import codecs
import csv
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from exercises.record.archive.export import DOSE, SET, VERSION, unescaped

LONGEST = 16 * 1024  # characters of one entry; a note of 500 characters, each as two \u escapes, has 6000
BREAK = re.compile(r"(\r?\n)")
SPACE = re.compile(r"[ \t\r\n]*")
Entry = tuple[str, Any]


class Unreadable(Exception):
    """The file is not one of our exports. Its text tells the user."""


def entries(chunks: Iterable[bytes]) -> Iterator[Entry]:
    """The entries of a file, JSON or CSV by its first character. Raises Unreadable."""
    texts = _texts(chunks)
    first = next((text for text in texts if text), "")
    whole = chain([first], texts)
    yield from _of_json(whole) if first.lstrip()[:1] == "{" else _of_table(whole)


def _texts(chunks: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        for chunk in chunks:
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _not_ours() from error


def _not_ours() -> Unreadable:
    return Unreadable(_("This file was not saved by Footcare, or part of it is missing. Please choose another file."))


def _of_json(texts: Iterator[str]) -> Iterator[Entry]:
    reading, version = _JsonReader(texts), None
    reading.expect("{")
    while not reading.skip("}"):
        name = reading.value()
        reading.expect(":")
        if not isinstance(name, str):
            raise _not_ours()
        if reading.skip("["):
            yield from ((name, each) for each in reading.rest_of_list())
        elif name == "version":
            version = reading.value()
        else:
            yield name, reading.value()
        reading.comma_or("}")
    reading.expect("")
    if version != VERSION or isinstance(version, bool):
        raise _not_ours()


class _JsonReader:
    """Reads JSON value by value, with little more than the longest value in memory."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts, self._text, self._at = texts, "", 0
        self._decoder = json.JSONDecoder(parse_constant=_reject_constant)

    def value(self) -> Any:
        self._skip_space()
        try:
            value, end = self._decoder.raw_decode(self._text, self._at)
        except (ValueError, RecursionError) as error:
            raise _not_ours() from error
        if end - self._at > LONGEST:
            raise _not_ours()
        self._at = end
        return value

    def rest_of_list(self) -> Iterator[Any]:
        while not self.skip("]"):
            yield self.value()
            self.comma_or("]")

    def skip(self, token: str) -> bool:
        """Whether this token comes next. If so, go past it."""
        found = self._next() == token
        self._at += len(token) if found else 0
        return found

    def expect(self, token: str) -> None:
        """Go past this token, or raise Unreadable. An empty token is the end of the file."""
        if not self.skip(token):
            raise _not_ours()

    def comma_or(self, end: str) -> None:
        """Go past a comma, after which a value must come, or stop before `end`."""
        if self.skip(","):
            if self._next() == end:
                raise _not_ours()
        elif self._next() != end:
            raise _not_ours()

    def _next(self) -> str:
        self._skip_space()
        return self._text[self._at : self._at + 1]

    def _skip_space(self) -> None:
        self._fill()
        while (match := SPACE.match(self._text, self._at)) and match.end() > self._at:
            self._at = match.end()
            self._fill()

    def _fill(self) -> None:
        while len(self._text) - self._at < LONGEST and (text := next(self._texts, None)) is not None:
            self._text, self._at = self._text[self._at :] + text, 0


def _reject_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _of_table(texts: Iterator[str]) -> Iterator[Entry]:
    reading = csv.reader(_lines(texts), strict=True)
    try:
        columns = next(reading, [])
        if set(columns) != set(SET):
            raise _not_ours()
        for row in reading:
            if len(row) != len(columns):
                raise _not_ours()
            yield "sets", _set_of(dict(zip(columns, map(unescaped, row), strict=True)))
    except csv.Error as error:
        raise _not_ours() from error


def _set_of(cells: dict[str, str]) -> dict[str, Any]:
    """The entry as in JSON. An empty cell is a missing value."""
    dose = {name: cells.pop(f"dose_{name}") for name in DOSE}
    return {**{name: cell or None for name, cell in cells.items()}, "dose": dose}


def _lines(texts: Iterator[str]) -> Iterator[str]:
    """Lines with their line breaks. A last line without one was cut off: raises Unreadable."""
    rest = ""
    for text in texts:
        *lines, rest = BREAK.split(rest + text)
        yield from map("".join, zip(lines[::2], lines[1::2], strict=True))
        if len(rest) > LONGEST:
            raise _not_ours()
    if rest:
        raise _not_ours()
