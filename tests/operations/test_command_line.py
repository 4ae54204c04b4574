"""Each of our commands ends well or with one sentence: without a traceback, and with nothing half done."""

import os
import shutil
import signal
import subprocess
import sys
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command, get_commands
from django.db import DatabaseError, IntegrityError, connection

from exercises.models import User
from footcare import backups, command_line
from tests.conftest import ROOT

OURS = sorted(name for name, app in get_commands().items() if app == "exercises")
ARGUMENTS = {
    "backup": ["made.backup"],
    "demo": ["--days=0"],
    "load_catalogue": [],
    "login_link": ["demo@example.org"],
    "prepare": [],
    "remind": ["--once"],
    "restore": ["--force", "kept.backup"],
}
MANAGE = [sys.executable, ROOT / "manage.py"]
# Ctrl-C or TERM at the first use of the database. A shell lets its background jobs ignore Ctrl-C: undo that.
INTERRUPTED = """
import runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from django.db.backends.base.base import BaseDatabaseWrapper
BaseDatabaseWrapper.connect = lambda self: signal.raise_signal(signal.{})
sys.path.insert(0, {!r})
runpy.run_path("{}/manage.py", run_name="__main__")
"""


@pytest.fixture
def manage(tmp_path):
    """Runs a command in a folder that has the data too."""

    def run(*command, program=MANAGE, **options):
        environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        done = subprocess.run([*program, *command], cwd=tmp_path, env=environment, text=True, check=False, **pipes)
        told = [line for line in done.stderr.splitlines() if '"level": "WARNING"' not in line]
        return done.returncode, told

    return run


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A folder with a database, one account in it, and a backup of it."""
    folder = tmp_path_factory.mktemp("prepared")
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder)}
    for command in (["prepare"], ["demo", "--days=0"], ["backup", folder / "kept.backup"]):
        subprocess.run([*MANAGE, *command], env=environment, capture_output=True, check=True)
    return folder


def test_every_command_has_an_example():
    assert sorted(ARGUMENTS) == OURS


@pytest.mark.parametrize("name", OURS)
def test_a_database_that_cannot_be_used_is_told(manage, prepared, tmp_path, name):
    shutil.copy(prepared / "kept.backup", tmp_path)
    (tmp_path / "footcare.sqlite3").write_text("This is not a database. " * 1000)
    status, told = manage(name, *ARGUMENTS[name])

    assert (status, len(told)) == (1, 1)
    assert told[0].startswith("Footcare cannot use its database (file is not a database). See DATABASE_URL.")
    assert not [*tmp_path.glob("*made.backup*")]


@pytest.mark.parametrize("name", [name for name in OURS if name != "load_catalogue"])  # which prints nothing
def test_an_answer_that_cannot_be_written_is_told(manage, prepared, tmp_path, name):
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    with open("/dev/full", "w") as full:
        ended = manage(name, *ARGUMENTS[name], stdout=full)

    assert ended == (1, ["Footcare cannot go on: No space left on device."])


@pytest.mark.parametrize("name", OURS)
def test_ctrl_c_ends_a_command_by_its_signal(manage, prepared, tmp_path, name):
    shutil.copy(prepared / "kept.backup", tmp_path)
    script = INTERRUPTED.format("SIGINT", str(ROOT), ROOT)

    assert manage(name, *ARGUMENTS[name], program=[sys.executable, "-c", script]) == (-signal.SIGINT, ["Stopped."])
    assert not [*tmp_path.glob("*made.backup*")]


def test_a_service_manager_may_stop_a_command(manage):
    script = INTERRUPTED.format("SIGTERM", str(ROOT), ROOT)

    assert manage("prepare", program=[sys.executable, "-c", script]) == (-signal.SIGINT, ["Stopped."])


def test_a_closed_output_keeps_nothing_from_being_done(manage, prepared, tmp_path):
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)

    assert manage("backup", "made.backup", program=["sh", "-c", 'exec "$@" >&-', "sh", *MANAGE]) == (0, [])
    assert (tmp_path / "made.backup").stat().st_size == (tmp_path / "kept.backup").stat().st_size


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (KeyboardInterrupt(), "Stopped.\n"),
        (BrokenPipeError(32, "Broken pipe"), "Footcare cannot go on: Broken pipe.\n"),
        (OSError(36, "File name too long", "x"), "Footcare cannot go on: File name too long (x).\n"),
        (OSError("no reason"), "Footcare cannot go on: no reason.\n"),
        (ImproperlyConfigured("HTTPS has to be on."), "Footcare cannot start: HTTPS has to be on.\n"),
    ],
)
def test_what_keeps_a_command_from_its_work_is_one_sentence(monkeypatch, capsys, error, sentence):
    monkeypatch.setattr(os, "dup2", lambda *_: None)
    command_line.tell(type(error), error, None)

    assert capsys.readouterr().err == sentence


def test_a_broken_constraint_has_its_traceback(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["manage.py", "prepare"])
    command_line.tell(IntegrityError, IntegrityError("UNIQUE constraint failed"), None)

    assert capsys.readouterr().err == "django.db.utils.IntegrityError: UNIQUE constraint failed\n"


def test_of_an_error_of_the_database_the_first_line_is_told(capsys):
    command_line.tell(DatabaseError, DatabaseError("no such table: it.\nDETAIL: a row"), None)

    assert "(no such table: it). See DATABASE_URL." in capsys.readouterr().err


def test_a_traceback_is_shown_for_a_fault_of_ours_and_on_request(monkeypatch, capsys):
    command_line.tell(ValueError, ValueError("ours"), None)
    monkeypatch.setattr(sys, "argv", ["manage.py", "prepare", "--traceback"])
    command_line.tell(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert capsys.readouterr().err == "ValueError: ours\nKeyboardInterrupt\n"


@pytest.fixture
def place(tmp_path):
    """Paths that are no file, by kind."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    names = {"folder": ".", "nowhere": "no/where", "below a file": "file/it", "loop": "loop", "too long": "x" * 300}
    (tmp_path / "file").touch()
    return {kind: tmp_path / name for kind, name in names.items()}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["folder", "nowhere", "below a file", "too long"])
def test_a_backup_to_no_file_and_from_none_changes_nothing(alice, place, tmp_path, kind):
    there = sorted(tmp_path.iterdir())
    for command in (["backup"], ["restore", "--force"]):
        with pytest.raises((CommandError, OSError), match=r"Cannot write|There is no file|File name too long"):
            call_command(*command, place[kind], stdout=StringIO())

    assert sorted(tmp_path.iterdir()) == there
    assert User.objects.get() == alice


@pytest.mark.django_db(transaction=True)
def test_a_link_to_itself_is_no_backup_but_may_become_one(alice, place):
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", "--force", place["loop"])
    call_command("backup", place["loop"], stdout=StringIO())

    assert place["loop"].is_file()


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_is_interrupted_leaves_no_draft(alice, tmp_path, monkeypatch):
    def interrupt(_source):
        raise KeyboardInterrupt

    monkeypatch.setattr(backups.KINDS[connection.vendor], "check", interrupt)
    with pytest.raises(KeyboardInterrupt):
        call_command("backup", tmp_path / "made.backup")

    assert [*tmp_path.iterdir()] == []


def test_an_empty_database_is_no_backup(manage, tmp_path):
    status, told = manage("backup", "made.backup")

    assert (status, told) == (1, ["CommandError: This database is empty. See DATABASE_URL and DATA_DIR."])
    assert not [*tmp_path.glob("*backup*")]


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.parametrize("option", ["email", "password"])
@pytest.mark.parametrize("value", ["", " ", "\udcff@example.org", "a\nb@example.org"])
def test_the_demo_takes_no_odd_address_and_no_odd_password(catalogue, option, value):
    with pytest.raises(CommandError, match=r"Nothing was changed\.$"):
        call_command("demo", days=0, **{option: value})

    assert not User.objects.exists()
