"""A table as people's programs save it is read like ours, or refused with the line and the reason."""

import csv
import io

import pytest
from django.utils import timezone

from exercises.record.archive.export import SET
from exercises.record.archive.merge import preview
from exercises.record.archive.reader import entries
from exercises.record.archive.unreadable import Unreadable
from tests.support.archive import a_kept_set, bring
from tests.support.record import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]


def a_row(**cells):
    kept = a_kept_set()
    row = {name: kept.get(name) for name in SET} | {f"dose_{name}": value for name, value in kept["dose"].items()}
    return {name: "" if value is None else str(value) for name, value in (row | cells).items()}


def a_table(*rows, delimiter=",", end="\r\n", columns=tuple(SET)):
    text = io.StringIO()
    writing = csv.DictWriter(text, columns, delimiter=delimiter, lineterminator=end)
    writing.writeheader()
    writing.writerows(rows)
    return text.getvalue()


def read(text, size=None):
    content = text if isinstance(text, bytes) else text.encode()
    size = size or len(content)
    return [entry for _section, entry in entries(content[at : at + size] for at in range(0, len(content), size))]


ROWS = [a_row(), a_row(dose_variant="seated", exercise="ankle-circles")]
PLAIN = a_table(*ROWS)
KINDLY = {
    "no last line break": PLAIN.removesuffix("\r\n"),
    "no last line break, ends in an empty cell": a_table(*ROWS[::-1]).removesuffix("\r\n"),
    "blank lines at the end": PLAIN + "\r\n\r\n",
    "blank lines in between": PLAIN.replace("\r\n", "\r\n\r\n"),
    "blank lines before": "\r\n\r\n" + PLAIN,
    "lines of empty cells": PLAIN + "," * 12 + "\r\n",
    "semicolons": a_table(*ROWS, delimiter=";"),
    "tabs": a_table(*ROWS, delimiter="\t"),
    "a mark at the beginning": "\ufeff" + PLAIN,
    "a mark, semicolons and no end": "\ufeff" + a_table(*ROWS, delimiter=";", end="\n").removesuffix("\n"),
    "line feeds": a_table(*ROWS, end="\n"),
    "returns": a_table(*ROWS, end="\r"),
    "returns and no end": a_table(*ROWS, end="\r").removesuffix("\r"),
    "both breaks": PLAIN.replace("\r\n", "\n", 1),
    "other order of columns": a_table(*ROWS, columns=tuple(SET)[::-1]),
    "empty columns at the end": PLAIN.replace("\r\n", ",,\r\n"),
    "spaces around names": PLAIN.replace(",slot,", ", slot ,"),
    "every cell quoted": "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in csv.reader(PLAIN.splitlines())),
    "dates with dots": PLAIN.replace(",2026-11-19,", ",19.11.2026,"),
    "dates with slashes, the year first": PLAIN.replace(",2026-11-19,", ",2026/11/19,"),
}


@pytest.mark.one_database
@pytest.mark.parametrize("text", KINDLY.values(), ids=KINDLY)
@pytest.mark.parametrize("size", [None, 1, 7])
def test_a_table_of_another_program_is_read_like_ours(text, size):
    ours, theirs = ([sorted(map(str, each.items())) for each in read(each, size)] for each in (PLAIN, text))

    assert sorted(theirs) == sorted(ours)


def test_a_date_that_could_be_two_is_left_out_with_its_line(alice_client):
    days = ["2026-11-19", "11/12/2026", "2026-11-19", "19.11.26", "31.02.2026"]
    table = a_table(*(a_row(day=day) for day in days), delimiter=";")
    page = shown(alice_client, bring(alice_client, table.encode())["Location"])

    assert "Sets 2 0 3" in page
    assert "Sets, 3: A day must look like 2026-11-20. See lines 3, 5, 6." in page


def test_one_line_is_one_line(alice_client):
    page = shown(alice_client, bring(alice_client, a_table(a_row(day="31.02.2026")).encode())["Location"])

    assert "Sets, 1: A day must look like 2026-11-20. See line 2." in page


def test_only_the_first_lines_are_named(alice):
    found = preview(alice, entries([a_table(*(a_row(reps="many") for _ in range(9))).encode()]), timezone.now())

    assert list(found.lines.values()) == [[2, 3, 4, 5, 6]]


CUT = {
    "in a cell": (PLAIN[: PLAIN.rindex("seated") + 3], 3),
    "before the last cells": (PLAIN[: PLAIN.rindex(",4,")], 3),
    "in the first row": (PLAIN[: PLAIN.index("morning")], 2),
    "a row too short in between": (PLAIN.replace(",morning", "", 1), 2),
    "after a blank line": (a_table(ROWS[0]) + "\r\n" + "x", 4),
    "where another column is the last": (a_table(*ROWS, columns=tuple(SET)[::-1]).removesuffix("\r\n")[:-4], 3),
}


@pytest.mark.parametrize(("text", "line"), CUT.values(), ids=CUT)
def test_a_table_that_is_cut_short_is_refused_with_its_line(text, line):
    with pytest.raises(Unreadable, match=f"part of it is missing. Line {line} is incomplete."):
        read(text)


@pytest.mark.one_database
@pytest.mark.parametrize("size", range(1, len(PLAIN) - len("seated\r\n"), 5))
def test_a_table_cut_anywhere_tells_or_ends_with_a_whole_line(size):
    try:
        found = read(PLAIN[:size])
    except Unreadable:
        return
    assert [each["id"] for each in found] == [row["id"] for row in ROWS][: len(found)]
    assert all(each["dose"]["variant"] in (None, "", "seated") for each in found)


@pytest.mark.parametrize("names", ["id,id", "id", "day;day;day"], ids=str)
def test_a_table_with_other_columns_is_refused(names):
    with pytest.raises(Unreadable):
        read(PLAIN.replace(",".join(SET), names))
