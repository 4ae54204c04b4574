"""Settings from the environment, each read by a fresh process."""

import os
import re
import subprocess
import sys
from functools import cache, partial

import pytest

from tests.conftest import ROOT
from tests.support.environment import ask, ask_settings

ROUTES = """
import json
import django
django.setup()
from django.urls import get_resolver
included = [each for each in get_resolver().url_patterns if hasattr(each, "app_name")]
print(json.dumps([str(each.pattern) for each in included if each.app_name == "admin"]))
"""
KEY, FORMER = (f"the {which} key of one test and of nothing else in the world" for which in ("new", "former"))


@pytest.fixture(scope="session")
def settings_of(tmp_path_factory):
    """Each environment is asked about once."""
    return cache(partial(ask_settings, tmp_path_factory.mktemp("data")))


@pytest.fixture
def routes_of(tmp_path):
    """Where the admin is."""
    return partial(ask, ROUTES, tmp_path)


def test_the_key_comes_from_the_environment_or_is_made_once_and_kept(tmp_path):
    settings_of = partial(ask_settings, tmp_path)
    given = settings_of(SECRET_KEY=KEY, SECRET_KEY_FALLBACKS=FORMER)
    assert (given["SECRET_KEY"], given["SECRET_KEY_FALLBACKS"]) == (KEY, [FORMER])
    assert not (tmp_path / "secret_key").exists()

    made = settings_of()
    assert (made["SECRET_KEY"], made["SECRET_KEY_FALLBACKS"]) == (settings_of()["SECRET_KEY"], [])
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("keys", [{"SECRET_KEY": "changeme"}, {"SECRET_KEY": KEY, "SECRET_KEY_FALLBACKS": "changeme"}])
def test_it_does_not_start_with_a_key_that_everybody_knows(settings_of, keys, capfd):
    with pytest.raises(subprocess.CalledProcessError):
        settings_of(**keys)
    assert "Remove the setting" in capfd.readouterr().err


def test_without_a_path_there_is_no_admin(settings_of, routes_of):
    assert settings_of()["ADMIN_PATH"] == ""
    assert settings_of(ADMIN_PATH="/my-desk/")["ADMIN_PATH"] == "my-desk"
    assert routes_of() == []
    assert routes_of(ADMIN_PATH="my-desk") == ["my-desk/"]


def test_at_home_it_answers_to_this_machine_only(settings_of):
    assert settings_of()["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert settings_of()["DEBUG"] is False


def test_https_turns_on_all_that_needs_it(settings_of):
    settings = settings_of(HTTPS="1")

    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert settings["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    assert settings["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600
    assert settings["SECURE_PROXY_SSL_HEADER"] is None
    assert settings_of(HTTPS="1", TRUSTED_PROXY_COUNT="1")["SECURE_PROXY_SSL_HEADER"]


@pytest.mark.parametrize(
    "url", ["smtp://mail.example.org", "smtp+tls://me:pw@mail.example.org:587", "smtp+ssl://mail.example.org"]
)
def test_mail_is_on_with_any_mail_url(settings_of, url):
    settings = settings_of(EMAIL_URL=url, PUBLIC_URL="https://feet.example.org/")

    assert settings["MAIL_ENABLED"]
    assert settings["PUBLIC_URL"] == "https://feet.example.org"
    assert "dummy" not in settings["EMAIL_BACKEND"]
    assert settings["ACCOUNT_EMAIL_VERIFICATION"] == "mandatory"


@pytest.mark.parametrize(
    "sends", [{"EMAIL_URL": "smtp://mail.example.org"}, {"REMINDER_URL": "https://hook.example.org/feet"}], ids=str
)
def test_what_sends_links_does_not_start_without_its_public_address(settings_of, capfd, sends):
    with pytest.raises(subprocess.CalledProcessError):
        settings_of(**sends)
    assert re.search("^[^ ]*ImproperlyConfigured: PUBLIC_URL has to be", capfd.readouterr().err, re.MULTILINE)


def test_without_mail_nothing_is_sent_or_verified(settings_of):
    settings = settings_of()

    assert "dummy" in settings["EMAIL_BACKEND"]
    assert settings["ACCOUNT_EMAIL_VERIFICATION"] == "none"


def test_sqlite_writes_through_and_queues_writers(settings_of):
    options = settings_of()["DATABASES"]["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous = FULL" in options["init_command"]


def test_postgresql_waits_for_a_few_seconds_only(settings_of):
    options = settings_of(DATABASE_URL="postgresql://me@db/footcare")["DATABASES"]["default"]["OPTIONS"]

    assert options == {"options": "-c lock_timeout=3000 -c statement_timeout=5000"}


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("HTTPS", "perhaps", "Footcare cannot start: HTTPS has to be one of 1, on, true, yes or one of 0, off, false"),
        ("DATABASE_URL", "sqlite:////nowhere/it", "(unable to open database file). See DATABASE_URL."),
        ("DATABASE_URL", "sqlite:///it?timout=1", "DATABASE_URL has an option that SQLite does not take."),
        ("DATABASE_URL", "postgresql://127.0.0.1/it?sslmod=require", 'invalid connection option "sslmod"'),
        ("DATABASE_URL", "postgresql://127.0.0.1:1/it", "Connection refused"),
    ],
)
def test_a_start_that_cannot_use_a_setting_says_one_sentence(tmp_path, name, value, says):
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), name: value}
    command = [sys.executable, "manage.py", "prepare"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert (len(done.stderr.splitlines()), says in done.stderr, name in done.stderr) == (1, True, True)


@pytest.mark.parametrize(("given", "taken"), [("", "localhost"), (" ", "localhost"), (" 0.0.0.0\n", "0.0.0.0")])
def test_the_script_that_serves_reads_a_setting_alike(given, taken):
    [reader] = re.findall(r"^setting\(\) \{\n.*?^\}\n", (ROOT / "bin" / "run").read_text(), re.DOTALL | re.MULTILINE)
    script = f'set -eu; {reader} setting HOST localhost; printf %s "$HOST"'

    assert subprocess.check_output(["bash", "-c", script], env={"HOST": given}, text=True) == taken


def test_what_a_command_makes_first_is_for_its_owner_alone(tmp_path):
    data, environment = tmp_path / "new", {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "new")}
    script = f"umask 022; exec {sys.executable} manage.py prepare"
    subprocess.run(["sh", "-c", script], cwd=ROOT, env=environment, capture_output=True, check=True)

    made = {path.name: path.stat().st_mode & 0o077 for path in [data, *data.iterdir()]}
    assert made == dict.fromkeys(["new", "footcare.sqlite3", "preparing", "secret_key"], 0)


def test_a_folder_with_a_blank_is_one_folder_for_make(tmp_path):
    collected = tmp_path / "my data" / "static" / "staticfiles.json"
    collected.parent.mkdir(parents=True)
    collected.touch()
    have = ["--old-file=.venv/runtime", "--old-file=.venv/bin/pip"]
    command = ["make", "--dry-run", *have, "run", f"DATA_DIR={collected.parent.parent}", "STATIC_ROOT="]

    assert "collectstatic" not in subprocess.check_output(command, cwd=ROOT, text=True)


def test_no_folder_named_is_the_usual_folder_for_make():
    command = ["make", "--dry-run", "--print-data-base", "help", "DATA_DIR=", "STATIC_ROOT= "]
    told = subprocess.check_output(command, cwd=ROOT, text=True)

    assert "\nDATA_DIR := var\n" in told
    assert "\nSTATIC_ROOT := var/static\n" in told
