"""Reads an exported file in pieces, entry by entry, however long it is. An entry is (section, content)."""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.conf import settings

from exercises.record.archive.export import VERSION
from exercises.record.archive.table import rows
from exercises.record.archive.unreadable import EntryCount, not_ours

SPACE = re.compile(r"[ \t\r\n]*")
Entry = tuple[str, Any]


def entries(chunks: Iterable[bytes]) -> Iterator[Entry]:
    """The entries of a file, JSON or CSV by its first character. Raises Unreadable."""
    texts = _texts(chunks)
    first = next((text for text in texts if text), "")
    whole = chain([first], texts)
    yield from _of_json(whole) if first.lstrip()[:1] == "{" else (("sets", each) for each in rows(whole))


def _texts(chunks: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        for chunk in chunks:
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise not_ours() from error


def _of_json(texts: Iterator[str]) -> Iterator[Entry]:
    reading, version = _JsonReader(texts), None
    reading.expect("{")
    while not reading.skip("}"):
        name = reading.value()
        reading.expect(":")
        if not isinstance(name, str):
            raise not_ours()
        if reading.skip("["):
            yield from ((name, each) for each in reading.rest_of_list())
        elif name == "version":
            version = reading.value()
        else:
            yield name, reading.value()
        reading.comma_or("}")
    reading.expect("")
    if type(version) is not int or version != VERSION:  # to Python 1, 1.0 and true are equal
        raise not_ours()


class _JsonReader:
    """Reads JSON value by value, with little more than the longest value in memory."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts, self._text, self._at, self._count = texts, "", 0, EntryCount()
        self._decoder = json.JSONDecoder(parse_constant=_reject_constant)

    def value(self) -> Any:
        self._count.add()
        self._skip_space()
        try:
            value, end = self._decoder.raw_decode(self._text, self._at)
        except (ValueError, RecursionError) as error:
            raise not_ours() from error
        if end - self._at > settings.IMPORT_MAX_ENTRY:
            raise not_ours()
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
            raise not_ours()

    def comma_or(self, end: str) -> None:
        """Go past a comma, after which a value must come, or stop before `end`."""
        if self.skip(","):
            if self._next() == end:
                raise not_ours()
        elif self._next() != end:
            raise not_ours()

    def _next(self) -> str:
        self._skip_space()
        return self._text[self._at : self._at + 1]

    def _skip_space(self) -> None:
        self._fill()
        while (match := SPACE.match(self._text, self._at)) and match.end() > self._at:
            self._at = match.end()
            self._fill()

    def _fill(self) -> None:
        while len(self._text) - self._at < settings.IMPORT_MAX_ENTRY and (text := next(self._texts, None)) is not None:
            self._text, self._at = self._text[self._at :] + text, 0


def _reject_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")
