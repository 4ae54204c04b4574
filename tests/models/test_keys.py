"""Every table of a user is keyed by the user first; of a fact the key itself says that it is there once."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from exercises.models import FACTS, DayNote, Preferences, Prescription, ShareLink, Undo, Upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

KEYS = {model: ["user", "uuid"] for model in (*FACTS, ShareLink)}
KEYS |= {Prescription: ["user", "exercise", "since"], Preferences: ["user"], Upload: ["user"]}


@pytest.mark.parametrize(("model", "key"), KEYS.items())
def test_a_table_is_keyed_by_its_user_first(model, key):
    with connection.cursor() as cursor:
        columns = connection.introspection.get_primary_key_columns(cursor, model._meta.db_table)

    assert [field.name for field in model._meta.pk_fields] == key
    assert {*columns} == {field.column for field in model._meta.pk_fields}


def a_note(user, text, uuid):
    return DayNote(user=user, uuid=uuid, digest="", day="2026-11-20", said_at="2026-11-20T07:00:00Z", text=text)


def test_a_fact_under_a_key_in_use_is_rejected_and_the_first_stays(alice):
    uuid = uuid4()
    a_note(alice, "first", uuid).save()

    with pytest.raises(IntegrityError), transaction.atomic():
        a_note(alice, "second", uuid).save()
    assert DayNote.objects.get().text == "first"


def test_a_fact_that_was_read_cannot_be_saved_again(alice):
    a_note(alice, "first", uuid4()).save()
    read = DayNote.objects.get()
    read.text = "second"

    with pytest.raises(IntegrityError), transaction.atomic():
        read.save()


def test_the_database_holds_one_id_once_a_user(alice, bob):
    uuid = uuid4()
    Undo.objects.bulk_create(Undo(user=user, uuid=uuid, digest="", target=uuid) for user in (alice, bob))

    with pytest.raises(IntegrityError), transaction.atomic():
        Undo.objects.bulk_create([Undo(user=alice, uuid=uuid, digest="", target=uuid4())])
    assert Undo.objects.count() == 2


def test_a_second_prescription_of_a_day_is_not_valid(alice):
    held = alice.plan.on(date(2026, 11, 20))[0]

    with pytest.raises(ValidationError):
        held.changed(reps=5).full_clean()
    held.changed(reps=5, since=date(2026, 11, 21)).full_clean()


@pytest.mark.django_db(transaction=True)
def test_taking_a_turn_without_a_transaction_is_a_mistake(alice):
    with pytest.raises(TransactionManagementError):
        alice.take_turn()
