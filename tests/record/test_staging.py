"""What comes in at once is prepared without a lock, and then comes in as a whole or not at all."""

import json

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from exercises.models import CompletedSet, User
from exercises.record import demo
from exercises.record.archive import entries as archive_entries
from exercises.record.archive.export import document
from exercises.record.archive.merge import apply
from exercises.record.archive.reader import entries
from exercises.record.staging import Staging
from tests.support.archive import a_file, a_kept_set, as_bytes, everything
from tests.support.phone import FRIDAY, Phone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("friday_morning")]


@pytest.fixture
def written():
    """(in a transaction?, statement) of every statement that writes into a table of ours."""
    found = []

    def note(execute, sql, *rest):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "staged_" not in sql.partition("SELECT")[0]:
            found.append((connection.in_atomic_block, sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield found


def test_a_file_is_read_before_the_transaction(alice, monkeypatch, written):
    locked, read = [], archive_entries.read_fact

    def noting(*arguments):
        locked.append(connection.in_atomic_block)
        return read(*arguments)

    monkeypatch.setattr("exercises.record.archive.merge.read_fact", noting)
    apply(alice, entries([as_bytes(a_file(sets=[a_kept_set() for _ in range(1100)]))]), timezone.now())

    assert len(locked) == 1100
    assert not any(locked)
    assert all(in_transaction for in_transaction, _sql in written)
    assert sum(sql.startswith("INSERT") for _in, sql in written) == 6


def test_what_breaks_in_the_last_step_leaves_nothing(alice, monkeypatch):
    before = everything(alice)
    monkeypatch.setattr(Staging, "move", lambda *_: connection.cursor().execute("SELECT nothing FROM nowhere"))
    with pytest.raises(DatabaseError):
        apply(alice, entries([as_bytes(a_file(sets=[a_kept_set()]))]), timezone.now())

    assert everything(alice) == before
    monkeypatch.undo()
    assert apply(alice, entries([as_bytes(a_file(sets=[a_kept_set()]))]), timezone.now()).added["sets"] == 1


def test_a_set_that_comes_in_while_its_file_is_read_is_kept_once(alice, alice_client):
    entry, plan = a_kept_set(), {"prescriptions": [], "preferences": {"skin": 3}}
    tick = {name: entry[name] for name in ("id", "exercise", "slot", "reps")}
    tick |= {"completed_at": "2026-11-20T07:00:00Z", "timezone": "UTC"}

    def chunks():
        yield as_bytes(a_file(sets=[entry, a_kept_set()], **plan))
        Phone(alice_client).tap(**tick)

    found = apply(alice, entries(chunks()), timezone.now())

    assert (found.added["sets"], found.known["sets"]) == (1, 1)
    assert (found.new_account, found.settings) == (False, False)
    assert CompletedSet.objects.of(alice).get(uuid=entry["id"]).digest != "imported set"


def test_a_demo_is_made_before_its_transaction(alice, monkeypatch, written):
    locked, make = [], demo._day

    def noting(*arguments):
        locked.append(connection.in_atomic_block)
        return make(*arguments)

    monkeypatch.setattr(demo, "_day", noting)
    demo.write(alice, FRIDAY.date(), 30)

    assert locked == [False] * 30
    assert all(in_transaction for in_transaction, _sql in written)
    assert User.objects.get(pk=alice.pk).plan.first_day.isoformat() == "2026-10-21"


def test_what_was_staged_is_as_if_it_had_been_saved(alice, bob):
    demo.write(alice, FRIDAY.date(), 40)
    file = "".join(document(User.objects.get(pk=alice.pk)))
    apply(bob, entries([file.encode()]), timezone.now())

    assert json.loads("".join(document(User.objects.get(pk=bob.pk)))) == json.loads(file)
