"""/readyz: whether this server should get requests; words for everybody, figures for the staff."""

import shutil
from datetime import UTC, datetime, timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from exercises.management.commands import prepare
from exercises.models import Heartbeat
from footcare import backups, readiness
from tests.conftest import logged_in

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture
def backed_up(tmp_path, settings):
    """In a folder of its own, where no backup was made yet: makes one, so long ago."""
    settings.DATA_DIR = tmp_path
    return lambda ago: (tmp_path / backups.STAMP).write_text((NOW - ago).isoformat())


@pytest.fixture
def staff(alice):
    alice.is_staff = True
    alice.save()
    return logged_in(alice)


def ask(client):
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


def test_it_is_ready_and_says_no_more_than_that(stranger, alice_client, backed_up):
    parts = dict.fromkeys(["database", "migrations", "cache", "disk"], "ok")
    words = {"ready": True, **parts, "reminders": "none yet", "backup": "no backup yet"}

    assert ask(stranger) == ask(alice_client) == (200, words)


def test_the_staff_sees_versions_and_figures(staff, backed_up):
    backed_up(timedelta(hours=3))
    answer = ask(staff)[1]

    assert answer["versions"]["django"].startswith("5.2")
    assert answer["versions"]["footcare"] == "0.1.0"
    assert answer["details"]["database"]["kind"] == connection.vendor
    assert answer["details"]["database"]["version"][0].isdigit()
    assert answer["details"]["disk"]["free_mb"] > 0
    assert 3 <= answer["details"]["backup"]["hours"] < 4


@pytest.mark.parametrize(("days", "word"), [(1, "ok"), (3, "old")])
def test_an_old_backup_is_told_and_turns_nobody_away(stranger, backed_up, days, word):
    backed_up(timedelta(days=days))
    status, answer = ask(stranger)

    assert (status, answer["ready"], answer["backup"]) == (200, True, word)


@pytest.mark.parametrize(
    ("ago", "word"),
    [(timedelta(seconds=90), "ok"), (timedelta(minutes=3), "late"), (timedelta(hours=-1), "late")],
)
def test_a_sender_of_reminders_that_is_late_is_told_and_turns_nobody_away(stranger, staff, ago, word):
    Heartbeat.beat(datetime.now(UTC) - ago)
    status, answer = ask(stranger)

    assert (status, answer["ready"], answer["reminders"]) == (200, True, word)
    assert ask(staff)[1]["details"]["reminders"]["seconds"] == pytest.approx(ago.total_seconds(), abs=20)


def test_a_database_without_a_migration_is_not_ready(stranger, staff):
    MigrationRecorder(connection).record_unapplied("exercises", "0001_initial")
    status, answer = ask(stranger)

    assert (status, answer["ready"], answer["migrations"]) == (503, False, "missing")
    assert ask(staff)[1]["details"]["migrations"] == {"missing": ["exercises.0001_initial"]}


def test_a_database_of_a_newer_release_is_not_ready(stranger, staff, caplog):
    MigrationRecorder(connection).record_applied("exercises", "9999_of_tomorrow")
    status, answer = ask(stranger)

    assert (status, answer["ready"], answer["migrations"]) == (503, False, "newer")
    assert ask(staff)[1]["details"]["migrations"] == {"newer": ["exercises.9999_of_tomorrow"]}

    call_command("prepare", stdout=StringIO())
    assert "exercises.9999_of_tomorrow" in [getattr(line, "what", "") for line in caplog.records]


def test_a_migration_that_an_upgrade_of_a_dependency_dropped_is_fine(stranger, caplog):
    MigrationRecorder(connection).record_applied("account", "0002_dropped")

    assert ask(stranger)[1]["migrations"] == "ok"
    call_command("prepare", stdout=StringIO())
    assert "account.0002_dropped" not in [getattr(line, "what", "") for line in caplog.records]


def test_a_database_that_is_gone_is_not_ready(stranger, staff):
    def gone(*args):
        raise OperationalError("the database is gone")

    staff.raise_request_exception = False
    with connection.execute_wrapper(gone):
        status, answer = ask(stranger)
        assert ask(staff)[0] == 503  # the database would know the user

    assert (status, answer["ready"], answer["database"]) == (503, False, "does not answer")
    assert not {"migrations", "cache", "reminders", "details", "versions"} & set(answer)


def test_a_disk_that_is_nearly_full_is_not_ready(stranger, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=99_000_000 if path else 0))
    status, answer = ask(stranger)

    assert (status, answer["disk"]) == (503, "nearly full")


@pytest.mark.parametrize(
    ("version", "bug"),
    [
        pytest.param((3, 6, 23), False, id="before the log"),
        pytest.param((3, 7, 0), True, id="the first with it"),
        pytest.param((3, 44, 5), True, id="before it was mended in a branch"),
        pytest.param((3, 44, 6), False, id="mended in a branch"),
        pytest.param((3, 45, 0), True, id="the branch after"),
        pytest.param((3, 50, 7), False, id="mended in another branch"),
        pytest.param((3, 51, 2), True, id="the last with it"),
        pytest.param((3, 51, 3), False, id="mended"),
    ],
)
def test_a_sqlite_that_can_spoil_its_log_is_known(version, bug):
    assert readiness.has_wal_reset_bug(version) == bug


@pytest.mark.parametrize(("bug", "lines"), [(True, 1), (False, 0)])
def test_a_server_that_starts_on_such_a_sqlite_says_so_once(monkeypatch, caplog, bug, lines):
    monkeypatch.setattr(prepare, "sqlite_has_wal_reset_bug", lambda: bug)
    call_command("prepare", stdout=StringIO())

    assert len([line for line in caplog.records if line.levelname == "WARNING"]) == lines
