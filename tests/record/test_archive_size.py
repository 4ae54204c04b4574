"""A file of any length: little of it in memory, and all of it imported or nothing."""

import gzip
import json
import tracemalloc
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import chain

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from exercises.record.archive.export import BATCH, document
from exercises.record.archive.merge import apply, preview
from exercises.record.archive.reader import entries
from exercises.record.archive.unreadable import Unreadable
from tests.support.archive import PRESCRIBED, TABLE, WHOLE, a_file, a_kept_set, as_bytes, bring, bring_in, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]


@contextmanager
def no_more_than(most):
    """Bytes in memory at any time."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < most


def test_a_file_of_a_hundred_megabytes_is_refused_before_it_is_read(alice_client):
    answer = alice_client.post("/import/", CONTENT_LENGTH=str(100 * 1024**2))

    assert answer.status_code == 413
    assert b"too much" in answer.content


def test_a_length_in_another_writing_is_no_way_around_the_limit(alice_client, settings):
    settings.IMPORT_MAX_SIZE = 100
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("footcare.json", WHOLE)})
    answer = alice_client.generic("POST", "/import/", body, MULTIPART_CONTENT, CONTENT_LENGTH=f"+{len(body)}")

    assert answer.status_code == 422
    assert "This file is too large." in answer.content.decode()


def test_only_the_page_for_files_takes_much(alice_client):
    much = str(settings.IMPORT_MAX_SIZE)
    assert alice_client.post("/import/", b"", "text/plain", CONTENT_LENGTH=much).status_code == 422
    assert alice_client.post("/sync/", b"", "text/plain", CONTENT_LENGTH=much).status_code == 413
    fields = {"csrfmiddlewaretoken": "x" * 300 * 1024}
    assert alice_client.post("/import/", fields).status_code in (400, 413, 422)


def test_files_are_taken_twenty_times_in_ten_minutes(alice_client):
    statuses = [bring(alice_client, b"").status_code for _ in range(21)]

    assert statuses == [422] * 20 + [429]


def test_reading_a_long_file_needs_no_more_room_than_a_short_one():
    def chunks():
        yield b'{"version": 1, "sets": ['
        for number in range(3000):
            yield (b"," if number else b"") + json.dumps(a_kept_set()).encode()
        yield b"]}"

    with no_more_than(500_000):
        count = sum(1 for _ in entries(chunks()))

    assert count == 3000


def test_writing_comes_in_pieces(alice, alice_client):
    bring_in(alice_client, as_bytes(a_file(sets=[a_kept_set() for _ in range(1100)])))
    pieces = list(document(alice))
    packed = alice_client.get("/export.json", headers={"Accept-Encoding": "br, gzip"})

    assert max(map(len, pieces)) < 0.5 * sum(map(len, pieces))
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content).decode() == "".join(pieces)


def test_a_line_without_end_is_not_read_to_its_end():
    chunks = (b"x" * 64_000 for _ in range(100))
    with no_more_than(500_000), pytest.raises(Unreadable):
        list(entries(chain([TABLE], chunks)))


def test_a_plan_without_end_is_left_out_and_takes_no_room(alice):
    days = (date(1900, 1, 1) + timedelta(days=number) for number in range(20_000))
    raw = (("prescriptions", {**PRESCRIBED, "since": day.isoformat()}) for day in days)
    with no_more_than(6_000_000):
        found = preview(alice, raw, timezone.now())

    assert found.rejected == {
        "prescriptions": {"The plan in this file has too many changes, so your plan stays as it is.": 1}
    }
    assert not found.plan


def test_a_file_that_breaks_off_half_way_adds_nothing(alice):
    before = everything(alice)
    whole = as_bytes(a_file(sets=[a_kept_set() for _ in range(BATCH + 1)]))
    with pytest.raises(Unreadable):
        apply(alice, entries([whole[:-2]]), timezone.now())

    assert everything(alice) == before
