"""Foreign files and wrong entries: one sentence, and nothing changes."""

import json
from uuid import uuid4

import pytest
from django.utils import timezone

from exercises.models import CompletedSet, Preferences, Prescription, Upload
from exercises.models.upload import KEPT_FOR
from exercises.record.archive.merge import preview
from exercises.record.archive.reader import entries
from exercises.record.archive.unreadable import Unreadable
from tests.support.archive import PRESCRIBED, TABLE, WHOLE, a_file, a_kept_set, as_bytes, bring, bring_in, everything
from tests.support.record import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

NO_COPY = "This file was not saved by Footcare, or part of it is missing."
LEFT_OUT = "A field is missing in this entry."


def a_dose(**fields):
    return {"dose": {**a_kept_set()["dose"], **fields}}


FOREIGN = {
    "nothing": b"",
    "space": b" \n" * 50_000,
    "no text": b"\x89PNG\r\n\x1a\n\0\0\xff",
    "UTF-16": json.dumps({"version": 1}).encode("utf-16"),
    "a list": b"[]",
    "an empty object": b"{}",
    "another version": as_bytes({"version": 2, "sets": []}),
    "a version that is nearly ours": as_bytes({"version": True}),
    "something behind the end": as_bytes(a_file()) + b"{}",
    "a comma too many": b'{"version": 1, "sets": [1, ]}',
    "no comma": b'{"version": 1 "sets": []}',
    "no colon": b'{"version", 1}',
    "a name that is none": b'{1: 1, "version": 1}',
    "no number": b'{"version": 1, "sets": [NaN]}',
    "a number without end": b'{"version": 1, "sets": [' + b"9" * 100_000 + b"]}",
    "a text without end": b'{"version": 1, "sets": ["' + b"x" * 100_000 + b'"]}',
    "nested lists": b"[" * 100_000,
    "lists nested in a section": b'{"version": 1, "sets": [' + b"[" * 100_000,
    "nested objects": b'{"version": 1, "sets": [' + b'{"a":' * 100_000,
    "nested under another name": b'{"version":' + b"[" * 100_000,
    "another table": b"name,age\r\nAda,36\r\n",
    "a table with a row too short": TABLE + b"x\r\n",
    "a table cut off": TABLE[:-2],
    "a table with a quote left open": TABLE + b'"' + b"x\r\n" * 100_000,
    "a line without end": b"x" * 100_000,
    "a web page": b"<!doctype html><title>Footcare</title>",
}


@pytest.mark.one_database
@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_file_that_is_none_of_ours_is_refused_in_a_sentence(alice, alice_client, content):
    before = everything(alice)
    answer = bring(alice_client, content)

    assert answer.status_code == 422
    assert NO_COPY in answer.content.decode()
    assert everything(alice) == before
    assert not Upload.objects.exists()


@pytest.mark.one_database
@pytest.mark.parametrize("number", range(1, len(WHOLE), 11))
def test_a_file_cut_short_is_refused_wherever_it_was_cut(number):
    with pytest.raises(Unreadable):
        list(entries([WHOLE[:number]]))


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_file_is_the_same_in_whatever_pieces_it_comes(size):
    pieces = [WHOLE[at : at + size] for at in range(0, len(WHOLE), size)]

    assert list(entries(pieces)) == list(entries([WHOLE]))
    assert len(list(entries([WHOLE]))) == 3


def test_an_entry_that_is_wrong_is_left_out_with_a_reason(alice_client, alice):
    good = a_kept_set()
    answer = bring(alice_client, as_bytes(a_file(sets=[good, a_kept_set(exercise="head-stand")], cats=[{}])))
    page = shown(alice_client, answer["Location"])
    alice_client.post("/import/preview/")

    assert "Sets 1 0 1" in page
    assert "Sets, 1: We do not know this exercise." in page
    assert "Others, 1: We do not know this kind of entry." in page
    assert [str(each.uuid) for each in CompletedSet.objects.of(alice)] == [good["id"]]


WRONG = [
    ("sets", a_kept_set(id="1"), "The field “id” must be a UUID."),
    ("sets", a_kept_set(exercise=["toe-presses"]), "We do not know this exercise."),
    ("sets", a_kept_set(slot=None), "The session must be morning, midday, evening or extra."),
    ("sets", a_kept_set(day=None), "A day must look like 2026-11-20."),
    ("sets", a_kept_set(day="2026-11-16"), "The day and the time of this entry do not match."),
    ("sets", a_kept_set(completed_at=None), LEFT_OUT),
    (
        "sets",
        a_kept_set(completed_at="2026-11-21T08:00:00Z", day="2026-11-21"),
        "The time of this entry is in the future.",
    ),
    ("sets", a_kept_set(completed_at="1066-10-14T08:00:00Z", day="1066-10-14"), "This day is too far in the past."),
    ("sets", a_kept_set(timezone=None), LEFT_OUT),
    ("sets", a_kept_set(source="dreamed"), "The source must be timed, ticked or backdated."),
    ("sets", a_kept_set(reps=None), LEFT_OUT),
    ("sets", a_kept_set(reps=10**400), "The reps must be a whole number from 1 to 9999."),
    ("sets", a_kept_set(dose=None), "A number in this entry is missing or out of range."),
    ("sets", a_kept_set(**a_dose(reps=0)), "A number in this entry is missing or out of range."),
    ("sets", a_kept_set(**a_dose(pause_seconds=2.5)), "A number in this entry is missing or out of range."),
    ("sets", a_kept_set(**a_dose(effort_seconds=True)), "A number in this entry is missing or out of range."),
    ("sets", a_kept_set(**a_dose(variant="<b>")), "We do not know this way to do the exercise."),
    ("sets", ["a", "b"], "This entry cannot be read."),
    ("pain", {"id": str(uuid4()), "day": "2026-11-19", "site": "low-back", "score": 3}, LEFT_OUT),
    ("pain", {"id": str(uuid4()), "day": "2026-11-24", "site": "low-back", "score": 3,
              "said_at": "2026-11-19T07:00:00Z"}, "This day is still to come."),
    ("notes", {"id": str(uuid4()), "day": "2026-11-19", "text": "\0", "said_at": "2026-11-19T07:00:00Z"},
     "This note has characters that cannot be saved."),
    ("undos", {"id": str(uuid4()), "target": 7}, "The field “target” must be a UUID."),
]  # fmt: skip


@pytest.mark.one_database
@pytest.mark.parametrize(("section", "entry", "why"), WRONG, ids=[f"{each[0]}: {each[2]}" for each in WRONG])
def test_why_an_entry_is_left_out(alice, section, entry, why):
    found = preview(alice, [(section, entry)], timezone.now())

    assert found.rejected == {section: {why: 1}}
    assert found.added.total() == 0


def test_an_id_that_stands_for_something_else_is_left_out(phone, alice):
    entry = a_kept_set()
    again = {"id": entry["id"], "target": entry["id"]}
    bring_in(phone.client, as_bytes(a_file(sets=[entry], undos=[again])))
    later = preview(alice, [("undos", again)], timezone.now())

    assert [each["undone"] for each in phone.export()["sets"]] == [False]
    assert list(later.rejected["undos"]) == ["Another entry with this id is already saved. It stays as it is."]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reps": 0},
        {"reps": "6"},
        {"reps": 50, "effort_seconds": 120},
        {"slots": ["midnight"]},
        {"slots": None},
        {"since": "0001-01-01"},
        {"exercise": {}},
        {"variant": 7},
    ],
    ids=str,
)
def test_a_plan_with_anything_wrong_is_left_out_as_a_whole(alice, alice_client, wrong):
    before = everything(alice)
    bring_in(alice_client, as_bytes(a_file(prescriptions=[PRESCRIBED, {**PRESCRIBED, "since": "2026-11-02", **wrong}])))

    assert everything(alice) == before


def test_a_plan_is_taken_as_a_whole(alice, alice_client):
    bring_in(alice_client, as_bytes(a_file(prescriptions=[PRESCRIBED])))

    assert [(str(each.since), each.slots) for each in Prescription.objects.of(alice)] == [("2026-11-01", ["morning"])]


@pytest.mark.parametrize(
    "wrong",
    [
        {"goal_days": 8},
        {"goal_days": None},
        {"time_zone": "Europe/Atlantis", "follows_browser": False},
        {"midday_at": 12},
        {"midday_at": "05:00"},
        {"theme": "pink"},
        {"day_starts_at": 10**400},
        {"skin": {}},
        {"pain_sites": "head"},
        {"pain_sites": "low-back\0"},
        {"pain_sites": None},
    ],
    ids=str,
)
def test_settings_with_anything_wrong_are_left_out_as_a_whole(alice, alice_client, wrong):
    before = everything(alice)
    bring_in(alice_client, as_bytes(a_file(preferences={"skin": 3, **wrong})))

    assert everything(alice) == before


def test_settings_that_a_file_does_not_name_stay(alice, alice_client):
    bring_in(alice_client, as_bytes(a_file(preferences={"skin": 3, "unknown": 1})))

    assert Preferences.objects.filter(user=alice, skin=3, goal_days=5).exists()


def test_a_form_without_a_file_says_so(alice_client):
    answer = alice_client.post("/import/", {"file": "sets"})

    assert answer.status_code == 422
    assert "Please choose a file." in answer.content.decode()


def test_a_file_waits_for_an_hour_and_is_gone_when_it_was_brought_in(alice_client, friday_morning):
    bring(alice_client, WHOLE)
    friday_morning.shift(KEPT_FOR)
    assert alice_client.get("/import/preview/").status_code == 404
    assert alice_client.post("/import/preview/").status_code == 404

    bring_in(alice_client, WHOLE)
    assert alice_client.get("/import/preview/").status_code == 404
    assert Upload.objects.get().packed == b""


def test_of_two_confirmations_at_once_both_tell_what_was_added(alice_client, alice, friday_morning):
    bring(alice_client, WHOLE)
    one, other = Upload.objects.get(), Upload.objects.get()

    assert Upload.objects.finish(one, {"added": 2}) == Upload.objects.finish(other, {"added": 0}) == {"added": 2}


def test_somebody_elses_file_that_waits_is_nobody_elses(alice_client, bob, bob_client, friday_morning):
    bring(alice_client, WHOLE)
    assert bob_client.get("/import/preview/").status_code == 404

    friday_morning.shift(KEPT_FOR)
    bring(bob_client, WHOLE)
    assert [each.user for each in Upload.objects.all()] == [bob]
