"""From an earlier release to this one: nothing is lost, the old code can go on meanwhile, and it happens once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime
from io import StringIO
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.management import call_command
from django.db import connection, migrations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import NOT_PROVIDED

from exercises.models import CompletedSet, Undo, User
from tests.conftest import logged_in
from tests.support.phone import Phone

FIRST = ("exercises", "0001_house")
MORNING = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)


@pytest.fixture
def migrated():
    """Leads the tables of this database to another release; afterwards they are this release's again."""

    def to(*target):
        executor = MigrationExecutor(connection)
        return executor.migrate([target]).apps

    yield to
    call_command("migrate", verbosity=0)


def write_history(apps):
    """An account with a plan, a session, a set and one taken back, as the first release wrote them."""
    new = {
        name: apps.get_model("exercises", name).objects.create for name in ("User", "Preferences", "Session", "Undo")
    }
    alice = new["User"](email="alice@example.org")
    new["Preferences"](user=alice, time_zone="Europe/Berlin")
    exercise = apps.get_model("exercises", "Exercise").objects.create(
        slug="toe-presses",
        name="Toe presses",
        order=1,
        position="standing",
        sides=1,
        reps=10,
        effort_seconds=5,
        pause_seconds=2,
    )
    apps.get_model("exercises", "Prescription").objects.create(
        user=alice, exercise=exercise, since=date(2026, 11, 19), order=1, reps=10, effort_seconds=5, pause_seconds=2
    )
    fact = {"user": alice, "digest": "d" * 64}
    day = {"slot": "morning", "day": date(2026, 11, 20), "time_zone": "Europe/Berlin"}
    dose = {"reps": 10, "dose_reps": 10, "dose_effort_seconds": 5, "dose_pause_seconds": 2}
    for number in range(2):
        apps.get_model("exercises", "CompletedSet").objects.create(
            **fact, **day, **dose, uuid=uuid.UUID(int=number), exercise=exercise, completed_at=MORNING, source="timed"
        )
    new["Session"](**fact, **day, uuid=uuid.UUID(int=9), started_at=MORNING)
    new["Undo"](**fact, uuid=uuid.UUID(int=8), target=uuid.UUID(int=1))


def facts(apps):
    """Every value of the history, in those columns that the first release knew."""
    return {
        name: list(apps.get_model("exercises", name).objects.order_by("uuid").values())
        for name in ("CompletedSet", "Session", "Undo")
    }


@pytest.mark.django_db(transaction=True)
def test_the_history_of_the_first_release_is_the_same_in_this_one(migrated):
    migrated("exercises", None)
    before = migrated(*FIRST)
    write_history(before)
    written = facts(before)
    call_command("prepare", stdout=StringIO())

    assert facts(before) == written
    alice = User.objects.get()
    assert [each.uuid.int for each in CompletedSet.objects.of(alice).kept()] == [0]
    assert Undo.objects.count() == 1
    assert Phone(logged_in(alice)).tap().status_code == 200


def let_both_look(monkeypatch):
    """Two that start find out what is missing before either of them does anything, unless one is kept waiting."""
    looked, plan = Barrier(2), MigrationExecutor.migration_plan

    def plan_together(*args, **options):
        missing = plan(*args, **options)
        with suppress(BrokenBarrierError):
            looked.wait(0.5)
        return missing

    monkeypatch.setattr(MigrationExecutor, "migration_plan", plan_together)


@pytest.mark.django_db(transaction=True)
def test_servers_that_start_together_change_the_tables_once(migrated, monkeypatch):
    migrated("exercises", "0007_doses_that_fit")
    let_both_look(monkeypatch)

    def start(_):
        try:
            call_command("prepare", stdout=StringIO())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(start, range(2)))

    done = list(MigrationRecorder(connection).migration_qs.filter(app="exercises").values_list("name", flat=True))
    assert sorted(set(done)) == sorted(done)


def test_the_code_of_the_release_before_can_still_write():
    """During an upgrade both run: expand now, contract in a later release. A new column has a default of its own."""
    later = [
        each for name, each in MigrationLoader(None).disk_migrations.items() if name[0] == "exercises" and name != FIRST
    ]
    added = [op for each in later for op in each.operations if isinstance(op, migrations.AddField)]

    assert added
    assert [op for op in added if not op.field.null and op.field.db_default is NOT_PROVIDED] == []
    renamed = (migrations.RenameField, migrations.RenameModel, migrations.AlterModelTable)
    assert [op for each in later for op in each.operations if isinstance(op, renamed)] == []
