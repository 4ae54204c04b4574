"""Whatever stands in a file, it is looked through within its limits or refused early, in a sentence."""

import json
from itertools import chain, repeat
from uuid import uuid4

import pytest
from django.utils import timezone

from exercises.models import Upload
from exercises.record.archive.merge import preview
from exercises.record.archive.reader import entries
from exercises.record.archive.unreadable import Unreadable
from tests.support.archive import TABLE, a_file, a_kept_set, as_bytes, bring, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

JSON = "application/json"
PIECE = 64 * 1024
HEAD = TABLE.partition(b"\r\n")[0] + b"\r\n"
BEGUN = b'{"version": 1, "sets": ['
MANY = "This file has more than 100,000 entries."
LEFT_OUT = "Nothing was added, because more than 1,000 entries of this file have errors. The last:"
NOT_OURS = "This file was not saved by Footcare, or part of it is missing."

# (what stands at the beginning, what then goes on for 32 MB, what is said, how much of it may be read)
ENDLESS = {
    "ones": (BEGUN, b"1,", LEFT_OUT, 1),
    "ones that no section knows": (b'{"version": 1, "cats": [', b"1,", LEFT_OUT, 1),
    "rows of a plan": (b'{"version": 1, "prescriptions": [', b"1,", MANY, 20),
    "sections": (b'{"version": 1', b', "sets": []', MANY, 40),
    "settings": (b'{"version": 1', b', "preferences": 1', MANY, 60),
    "versions": (b'{"version": 1', b', "version": 1', MANY, 60),
    "lists in lists": (BEGUN, b"[", NOT_OURS, 2),
    "a text": (BEGUN + b'"', b"x", NOT_OURS, 2),
    "a number": (BEGUN, b"9", NOT_OURS, 2),
    "long names": (BEGUN, b'{"' + b"k" * 15_000 + b'": 1},', LEFT_OUT, 500),
    "nested entries": (BEGUN, b"[" * 90 + b"]" * 90 + b",", LEFT_OUT, 20),
    "blank lines of a table": (HEAD, b"\r\n", MANY, 20),
    "returns of a table": (HEAD, b"\r", MANY, 20),
    "lines of commas": (HEAD, b"," * 12 + b"\r\n", MANY, 60),
    "commas": (HEAD, b",", NOT_OURS, 2),
    "quotes": (HEAD, b'""', NOT_OURS, 2),
    "blank lines and no table": (b"", b"\n", MANY, 20),
}


@pytest.mark.one_database
@pytest.mark.parametrize(("begin", "again", "said", "most"), ENDLESS.values(), ids=ENDLESS)
def test_a_file_that_goes_on_and_on_is_refused_early(alice, begin, again, said, most):
    read = []

    def chunks():
        for piece in chain([begin], repeat(again * (PIECE // len(again) + 1), 512)):
            read.append(piece)
            yield piece

    with pytest.raises(Unreadable, match=said):
        preview(alice, entries(chunks()), timezone.now())
    assert len(read) <= most + 1


def test_a_file_of_the_most_entries_is_read_and_one_more_refused(alice, settings):
    settings.IMPORT_MAX_ENTRIES = 10  # the names and the version count too
    undos = [{"id": str(uuid4()), "target": str(uuid4())} for _ in range(8)]

    assert preview(alice, entries([as_bytes(a_file(undos=undos[:7]))]), timezone.now()).added["undos"] == 7
    with pytest.raises(Unreadable):
        preview(alice, entries([as_bytes(a_file(undos=undos))]), timezone.now())


def test_as_many_entries_as_may_be_left_out_are_and_the_rest_stays(alice, settings):
    settings.IMPORT_MAX_REJECTED = 3
    good = a_kept_set()
    found = preview(alice, [("sets", each) for each in (1, 2, good)] + [("pain", 3)], timezone.now())

    assert (found.left_out, found.added["sets"]) == (3, 1)
    with pytest.raises(Unreadable):
        preview(alice, [("sets", 1), ("pain", 2), ("cats", 3), ("notes", 4)], timezone.now())


def test_a_file_that_takes_too_long_is_refused(alice_client, alice, settings):
    settings.IMPORT_MAX_SECONDS = -1
    before = everything(alice)
    answer = bring(alice_client, as_bytes(a_file(sets=[a_kept_set()])))

    assert answer.status_code == 422
    assert "We could not read this file in time." in answer.content.decode()
    assert everything(alice) == before
    assert not Upload.objects.exists()


@pytest.mark.parametrize("version", [1.0, True, "1", 2, None, [1], 10**30], ids=repr)
def test_a_version_that_is_not_the_whole_number_1_is_refused(version):
    with pytest.raises(Unreadable):
        list(entries([json.dumps({"version": version, "sets": []}).encode()]))


def test_what_is_left_out_only_when_it_is_brought_in_is_told_too(alice_client, alice, settings):
    entry = a_kept_set()
    bring(alice_client, as_bytes(a_file(sets=[entry], undos=[])))
    alice_client.post("/sync/", {"events": [{"kind": "undo", "id": entry["id"], "target": str(uuid4())}]}, JSON)
    settings.IMPORT_MAX_REJECTED = 0
    before = everything(alice)
    answer = alice_client.post("/import/preview/")

    assert answer.status_code == 422
    assert "Another entry with this id is already saved." in answer.content.decode()
    assert everything(alice) == before
