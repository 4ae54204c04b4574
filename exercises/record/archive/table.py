"""Reads an exported table, also as spreadsheets save it: with semicolons or tabs, other line breaks and dates."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from exercises.catalogue.variants import STANDARD, variant_of
from exercises.record.archive.export import DOSE, SET, unescaped
from exercises.record.archive.unreadable import EntryCount, not_ours

BREAK = re.compile(r"\r\n|\r(?!\Z)|\n")  # a return at the end may be half of a break
DELIMITERS = ",;\t"
DAYS = (re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"),
        re.compile(r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})"))  # fmt: skip


class TableEntry(dict[str, Any]):
    """The entry as in JSON, and the line on which it ends."""

    line = 0


def rows(texts: Iterator[str]) -> Iterator[TableEntry]:
    """The sets of a table. Raises Unreadable if it is not ours or is cut short."""
    lines = _Lines(texts)
    try:
        first = next((line for line in lines if line.strip(" ,;\t\r\n")), "")
        delimiter = next((each for each in DELIMITERS if _columns(first, each)), "")
        if not delimiter:
            raise not_ours()
        columns = _columns(first, delimiter)
        for row in csv.reader(lines, delimiter=delimiter, strict=True):
            if any(cell.strip() for cell in row):
                yield _entry(columns, row, lines)
    except csv.Error as error:
        raise not_ours() from error


def _columns(line: str, delimiter: str) -> list[str]:
    """The names of the columns, if they are ours."""
    names = _without_empty_end([cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, strict=True))])
    return names if sorted(names) == sorted(SET) else []


def _without_empty_end(cells: list[str]) -> list[str]:
    """A spreadsheet may write more columns than are filled in."""
    return cells[: len(SET)] if not any(cells[len(SET) :]) else cells


def _entry(columns: list[str], row: list[str], lines: "_Lines") -> TableEntry:
    cells = _without_empty_end(list(map(unescaped, row)))
    if len(cells) != len(columns) or (lines.cut and not _is_whole(dict(zip(columns, cells, strict=True)), columns)):
        raise not_ours(_("Line %(line)d is incomplete.") % {"line": lines.number})
    entry = TableEntry(_set_of(dict(zip(columns, cells, strict=True))))
    entry.line = lines.number
    return entry


def _is_whole(cells: dict[str, str], columns: list[str]) -> bool:
    """Whether a last line without its break ends as a whole line would: its last cell could be half of one."""
    last = columns[-1]
    if last != "dose_variant":
        return False
    return not cells[last] or variant_of(cells["exercise"], cells[last]) is not STANDARD


def _set_of(cells: dict[str, str]) -> dict[str, Any]:
    """An empty cell is a missing value."""
    cells["day"] = _iso_day(cells["day"])
    dose = {name: cells.pop(f"dose_{name}") for name in DOSE}
    return {**{name: cell or None for name, cell in cells.items()}, "dose": dose}


def _iso_day(cell: str) -> str:
    """A date as spreadsheets write it, if only one day can be meant. 11/12/2026 could be two, so it stays as it is."""
    found = next(filter(None, (pattern.fullmatch(cell) for pattern in DAYS)), None)
    try:
        return date(**{name: int(text) for name, text in found.groupdict().items()}).isoformat() if found else cell
    except ValueError:
        return cell


class _Lines:
    """Lines with their line breaks. Raises Unreadable for a line without end and for too many lines.

    `number` is that of the last line, from 1, and `cut` says whether it had no line break: then the file may go on.
    """

    def __init__(self, texts: Iterator[str]) -> None:
        self._lines, self._count = self._split(texts), EntryCount()
        self.number, self.cut = 0, False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._count.add()
        self.number += 1
        return line

    def _split(self, texts: Iterator[str]) -> Iterator[str]:
        rest = ""
        for text in texts:
            rest += text
            at = 0
            for found in BREAK.finditer(rest):
                yield rest[at : found.start()] + "\n"
                at = found.end()
            rest = rest[at:]
            if len(rest) > settings.IMPORT_MAX_ENTRY:
                raise not_ours()
        self.cut = bool(rest) and not rest.endswith("\r")
        if rest:
            yield rest.rstrip("\r") + "\n"
