"""Everything saved as a file and imported again: complete, once, unchanged, or not at all."""

import csv
import io
import json
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.models import FACTS, CompletedSet, Preferences, Prescription
from exercises.record import demo
from exercises.record.archive.entries import MODELS
from exercises.record.archive.export import document, escaped, table, unescaped
from tests.support.archive import bring, bring_in, everything, kept_by
from tests.support.day_facts import note, pain, rest_day
from tests.support.phone import FRIDAY, Phone, a_set, an_undo
from tests.support.record import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]


@pytest.fixture
def busy(alice, phone):
    """A few weeks with one of everything, and a plan and settings that are not the usual ones."""
    demo.write(alice, FRIDAY.date(), 21)
    alice.prescriptions.filter(exercise__slug="toe-walking").update(reps=5, variant="seated", order=9)
    Preferences.objects.filter(user=alice).update(
        time_zone="Asia/Tokyo", follows_browser=False, goal_days=3, skin=4, midday_at="12:34", move_waits=True
    )
    event = a_set(timezone="Pacific/Honolulu", session=str(uuid4()), source="timed", reps=4)  # yesterday there
    times = {"started_at": "2026-11-20T07:40:00.123456+00:00", "finished_at": "2026-11-20T07:48:00+00:00"}
    session = {"kind": "session", "id": event["session"], "slot": "morning", "timezone": "UTC", **times}
    rest = rest_day(day="2026-12-24")
    phone.send(event, session, rest, an_undo(rest["id"]), an_undo(str(uuid4())), pain(), rest_day(on=False))
    phone.send(note(text='=HYPERLINK("evil")\n"Größe" 🦶'), an_undo(phone.export()["sets"][3]["id"]))
    alice.refresh_from_db()
    return alice


def saved(user, write=document):
    return "".join(write(type(user).objects.get(pk=user.pk))).encode()


def test_a_new_account_gets_everything_and_saves_the_same_file(busy, bob, bob_client):
    bring_in(bob_client, saved(busy))

    assert everything(bob) == everything(busy)
    assert saved(bob) == saved(busy)


def test_every_kind_of_fact_has_a_section():
    assert set(MODELS.values()) == set(FACTS)


def test_looking_it_through_adds_nothing_and_tells_what_would_come_of_it(busy, bob, bob_client):
    before = everything(bob)
    answer = bring(bob_client, saved(busy))
    page = shown(bob_client, answer["Location"])

    assert everything(bob) == before
    assert f"Sets {CompletedSet.objects.of(busy).count()} 0 0" in page
    assert "The plan from the file replaces yours" in page


def test_the_same_file_twice_is_once(busy, bob, bob_client):
    bring_in(bob_client, saved(busy))
    once = everything(bob)
    answer = bring(bob_client, saved(busy))

    assert "There is nothing new in this file." in shown(bob_client, answer["Location"])
    bob_client.post("/import/preview/")
    assert everything(bob) == once


def test_a_file_imported_by_somebody_else_changes_nothing_of_its_owner(busy, bob_client):
    before = everything(busy)
    bring_in(bob_client, saved(busy))

    assert everything(busy) == before


def test_an_account_with_facts_keeps_its_plan_but_begins_earlier(busy, bob, bob_client):
    Phone(bob_client).tap()
    preferences = kept_by(bob, Preferences)
    page = shown(bob_client, bring(bob_client, saved(busy))["Location"])
    bob_client.post("/import/preview/")

    assert "Your plan stays. Your settings stay." in page
    assert "Your plan will start earlier" in page
    assert kept_by(bob, Preferences) == preferences
    assert {each.since for each in Prescription.objects.of(bob)} == {CompletedSet.objects.of(busy).earliest("day").day}


def test_what_a_phone_still_holds_counts_once_when_a_file_was_faster(phone, bob, bob_client, bobs_phone):
    event, gone = a_set(), a_set(exercise="toe-walking")
    phone.send(event, gone, an_undo(gone["id"]))
    bring_in(bob_client, json.dumps(phone.export()).encode())

    assert bobs_phone.answers(event, {**event, "reps": 3}, gone) == ["duplicate", "duplicate", "duplicate"]
    assert bobs_phone.answers({**an_undo(event["id"]), "id": event["id"]}) == ["rejected"]
    assert bobs_phone.export()["sets"] == phone.export()["sets"]


def test_the_table_has_the_sets_that_count_and_can_be_brought_back(busy, bob, bob_client):
    text = saved(busy, table).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    bring_in(bob_client, text.encode())

    kept = {str(uuid) for uuid in CompletedSet.objects.of(busy).not_undone().values_list("uuid", flat=True)}
    assert {row["id"] for row in rows} == kept
    assert {str(uuid) for uuid in CompletedSet.objects.of(bob).values_list("uuid", flat=True)} == kept


def test_a_cell_that_looks_like_a_formula_comes_back_as_it_was(busy, bob, bob_client):
    CompletedSet.objects.of(busy).update(dose_variant="-2-3")
    text = saved(busy, table).decode()
    bring_in(bob_client, text.encode())

    assert {row["dose_variant"] for row in csv.DictReader(io.StringIO(text))} == {"'-2-3"}
    assert set(CompletedSet.objects.of(bob).values_list("dose_variant", flat=True)) == {"-2-3"}


@given(st.text(alphabet="=+-@\t\r\n'a1 ", max_size=5))
def test_no_cell_is_a_formula_and_each_comes_back(text):
    assert not escaped(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert unescaped(escaped(text)) == text
