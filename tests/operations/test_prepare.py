"""`prepare` makes the tables once, however many servers start together."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import StringIO
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


@pytest.fixture
def empty_database():
    """A database without the tables of this app; afterwards they are there again."""
    call_command("migrate", "exercises", "zero", verbosity=0)
    yield
    call_command("migrate", verbosity=0)


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
def test_servers_that_start_together_make_the_tables_once(empty_database, monkeypatch):
    let_both_look(monkeypatch)

    def start(_):
        try:
            call_command("prepare", stdout=StringIO())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(start, range(2)))

    done = list(MigrationRecorder(connection).migration_qs.filter(app="exercises").values_list("name", flat=True))
    assert sorted(done) == sorted(name for app, name in MigrationLoader(None).disk_migrations if app == "exercises")
