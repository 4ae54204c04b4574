"""Backup and restore: a copy of one moment under load, and a restore that happens in full or not at all."""

import os
import random
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from io import StringIO
from itertools import cycle, islice
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from exercises.models import CompletedSet, Undo, User
from footcare.backups import last_backup, postgresql
from footcare.schema import applied_migrations, own_migrations
from tests.conftest import ROOT, logged_in
from tests.support.phone import Phone, a_set, an_undo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("friday_morning")]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "footcare.backup"


def back_up(file):
    out = StringIO()
    call_command("backup", file, stdout=out)
    return out.getvalue()


def restore(file, *options):
    out = StringIO()
    call_command("restore", file, *options, stdout=out)
    return out.getvalue()


def facts():
    """The ids of all recorded facts."""
    return {str(uuid) for model in (CompletedSet, Undo) for uuid in model.objects.values_list("uuid", flat=True)}


class Load:
    """Phones that keep on sending ticks and undos, some twice; the ids sent, and those acknowledged."""

    def __init__(self, users):
        self.users, self.sent, self.acknowledged, self.over = users, set(), set(), threading.Event()

    def run(self, number):
        try:
            phones, chance = cycle([Phone(logged_in(user)) for user in self.users]), random.Random(number)
            for phone in islice(phones, 400):
                if self.over.is_set():
                    return
                tick = a_set()
                events = chance.sample([tick, tick, an_undo(tick["id"])], chance.randint(1, 3))
                self.sent |= {event["id"] for event in events}
                self.acknowledged |= {*phone.send(*events).json()["results"]}
        finally:
            connection.close()

    def until(self, count):
        while len(self.acknowledged) < count:
            threading.Event().wait(0.01)


def test_a_backup_under_load_holds_what_was_acknowledged_and_no_more(alice, bob, file):
    load = Load([alice, bob])
    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(load.run, number) for number in range(4)]
        load.until(20)
        before = set(load.acknowledged)
        back_up(file)
        sent = set(load.sent)
        load.until(len(sent) + 20)
        load.over.set()
    assert [each.exception() for each in running] == [None] * 4
    assert load.acknowledged == facts() == load.sent

    restore(file, "--force")

    assert before <= facts() <= sent
    assert facts() != load.acknowledged
    assert Phone(logged_in(alice)).tap().status_code == 200


def test_a_backup_is_for_its_owner_only_and_its_time_is_kept(alice, file):
    assert back_up(file).startswith(f"Backed up to {file}")

    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert last_backup().date().isoformat() == "2026-11-20"


def test_accounts_are_not_overwritten_unless_that_is_asked_for(alice, phone, file):
    back_up(file)
    phone.tap()
    with pytest.raises(CommandError, match="--force"):
        restore(file)
    assert len(facts()) == 1

    restore(file, "--force")
    assert (facts(), User.objects.count()) == (set(), 1)


def spoilt(file):
    """Cut off, with a hole near the start (further on a page may be a free one), something else, nothing."""
    whole = file.read_bytes()
    yield whole[: len(whole) * 3 // 4]
    yield whole[:4096] + bytes(2000) + whole[6096:]
    yield b"footcare" * 2000
    yield b""


def test_what_is_no_whole_backup_is_refused_and_changes_nothing(alice, phone, file):
    back_up(file)
    phone.tap()
    kept = facts()
    for content in spoilt(file):
        file.write_bytes(content)
        with pytest.raises(CommandError, match=r"not a complete Footcare backup: .* Nothing was changed"):
            restore(file, "--force")

    assert facts() == kept
    with pytest.raises(CommandError, match="There is no file"):
        restore(file.with_name("elsewhere"), "--force")


@contextmanager
def recorded(do, undo, *migration):
    """While a backup is made: the database as an earlier or a later release left it."""
    getattr(MigrationRecorder(connection), do)(*migration)
    yield
    getattr(MigrationRecorder(connection), undo)(*migration)


def test_a_backup_of_a_later_release_is_refused(alice, phone, file):
    with recorded("record_applied", "record_unapplied", "exercises", "9999_of_tomorrow"):
        back_up(file)
    phone.tap()
    kept = facts()
    with pytest.raises(CommandError, match=r"later release of .*, with exercises\.9999_of_tomorrow.* Nothing was"):
        restore(file, "--force")

    assert facts() == kept


def test_a_backup_with_a_migration_that_a_dependency_dropped_is_taken(alice, phone, file):
    with recorded("record_applied", "record_unapplied", "account", "0002_dropped"):
        back_up(file)
    phone.tap()
    restore(file, "--force")

    assert (facts(), User.objects.count()) == (set(), 1)
    MigrationRecorder(connection).record_unapplied("account", "0002_dropped")


def test_a_backup_of_an_earlier_release_is_taken_and_migrated(alice, phone, file):
    with recorded("record_unapplied", "record_applied", "admin", "0003_logentry_add_action_flag_choices"):
        back_up(file)
    phone.tap()

    assert "Run `manage.py prepare` now." in restore(file, "--force")
    assert applied_migrations() < own_migrations()
    call_command("prepare", stdout=StringIO())
    assert (facts(), applied_migrations()) == (set(), own_migrations())


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ("exercises_completedset RENAME COLUMN reps TO times", "exercises_completedset RENAME COLUMN times TO reps"),
        ("exercises_undo RENAME TO exercises_undone", "exercises_undone RENAME TO exercises_undo"),
        ("django_migrations RENAME TO migrations", "migrations RENAME TO django_migrations"),
    ],
)
def test_a_backup_with_other_tables_or_columns_is_refused(alice, phone, file, there, back):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {there}")
        back_up(file)
        cursor.execute(f"ALTER TABLE {back}")
    phone.tap()
    kept = facts()
    with pytest.raises(CommandError, match=r"not a complete .*: it (lacks|has other) .* Nothing was changed"):
        restore(file, "--force")

    assert facts() == kept


@pytest.fixture
def database_by_options(tmp_path):
    """The URL of another database, or on PostgreSQL of another schema of the same, that has an option."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/other.sqlite3?timeout=5"
    else:
        url, name = urlsplit(os.environ["TEST_DATABASE_URL"]), connection.settings_dict["NAME"]
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA feet")
            yield url._replace(path=f"/{name}", query="options=-c%20search_path%3Dfeet").geturl()
            cursor.execute("DROP SCHEMA feet CASCADE")


IN_TURN = """
import sys
import django
django.setup()
from django.core.management import call_command
for command in (["prepare"], ["backup", sys.argv[1]], ["demo", "--days=0"], ["prepare"]):
    call_command(*command)
call_command("restore", sys.argv[1], "--force")
call_command("prepare")
"""


def test_what_an_option_chose_is_backed_up_and_restored(alice, file, database_by_options):
    """`prepare` tells how many accounts there are."""
    own = {"DJANGO_SETTINGS_MODULE": "footcare.settings", "DATABASE_URL": database_by_options}
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(file.parent), **own}
    command = [sys.executable, "-c", IN_TURN, file]
    told = subprocess.check_output(command, cwd=ROOT, env=environment, text=True)

    assert [line for line in told.splitlines() if line.isdigit()] == ["0", "1", "0"]
    assert User.objects.get() == alice


@pytest.fixture
def stops_half_way(file):
    """A backup that the database refuses in the middle of the restore."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            yield lambda: overfill(file, cursor)
            cursor.execute(f"PRAGMA max_page_count = {2**30}")
        else:
            cursor.execute("CREATE TYPE already_there AS ENUM ()")  # in the backup, and no table that would go first
            yield lambda: None
            cursor.execute("DROP TYPE already_there")


def overfill(file, cursor):
    """The backup becomes larger than the database may be from now on."""
    with closing(sqlite3.connect(file)) as backup:
        backup.execute("CREATE TABLE ballast AS SELECT zeroblob(1000000) AS weight")
    (pages,) = cursor.execute("PRAGMA page_count").fetchone()
    cursor.execute(f"PRAGMA max_page_count = {pages + 20}")


def test_a_restore_that_stops_half_way_changes_nothing(alice, phone, file, stops_half_way):
    back_up(file)
    stops_half_way()
    phone.tap()
    kept = facts()
    with pytest.raises(CommandError, match="Nothing was changed"):
        restore(file, "--force")

    assert facts() == kept
    assert phone.tap().status_code == 200


def test_a_backup_has_to_have_a_place(alice, tmp_path):
    with pytest.raises(CommandError, match="Cannot write to"):
        back_up(tmp_path / "nowhere" / "footcare.backup")
    with pytest.raises(CommandError, match="Cannot write "):
        back_up(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CommandError, match="it is not a file"):
        back_up(tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
def test_a_backup_does_not_replace_what_it_copies(alice, ending):
    if connection.vendor == "sqlite":
        with pytest.raises(CommandError, match="is the database itself"):
            back_up(connection.settings_dict["NAME"] + ending)


def test_no_program_is_told_a_password_where_others_can_read_it():
    database = {"HOST": "db", "PORT": 5432, "USER": "me", "NAME": "footcare", "PASSWORD": "hush", "OPTIONS": {}}
    environment, command = postgresql.call_of("pg_dump", database)

    assert command == ["pg_dump", "-U", "me", "-h", "db", "-p", "5432", "footcare"]
    assert environment["PGPASSWORD"] == "hush"
