"""Settings from the environment, each read by a fresh process: what a wrong one would do in production."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

SHOW = """
import json
import django
from django.conf import settings
django.setup()
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()}, default=str))
"""


@pytest.fixture
def settings_of(tmp_path):
    def read(**environment):
        own = {"DJANGO_SETTINGS_MODULE": "footcare.settings", "DATA_DIR": str(tmp_path)}
        clean = {"PATH": os.environ["PATH"], **own, **environment}
        return json.loads(subprocess.check_output([sys.executable, "-c", SHOW], cwd=ROOT, env=clean, text=True))

    return read


def test_the_secret_key_is_made_once_and_kept_from_others(settings_of, tmp_path):
    first, second = settings_of(), settings_of()

    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_at_home_it_answers_to_this_machine_only(settings_of):
    assert settings_of()["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert settings_of()["DEBUG"] is False


def test_https_turns_on_all_that_needs_it(settings_of):
    settings = settings_of(HTTPS="1")

    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings["SECURE_HSTS_SECONDS"] > 0
    assert settings["SECURE_PROXY_SSL_HEADER"] is None
    assert settings_of(HTTPS="1", TRUSTED_PROXY_COUNT="1")["SECURE_PROXY_SSL_HEADER"]


@pytest.mark.parametrize("url", ["smtp://mail.example.org", "smtp+tls://me:pw@mail.example.org:587", "consolemail://"])
def test_mail_is_on_with_any_mail_url(settings_of, url):
    settings = settings_of(EMAIL_URL=url)

    assert settings["MAIL_ENABLED"]
    assert "dummy" not in settings["EMAIL_BACKEND"]
    assert settings["ACCOUNT_EMAIL_VERIFICATION"] == "mandatory"


def test_without_mail_nothing_is_sent_or_verified(settings_of):
    settings = settings_of()

    assert "dummy" in settings["EMAIL_BACKEND"]
    assert settings["ACCOUNT_EMAIL_VERIFICATION"] == "none"


def test_sqlite_writes_through_and_queues_writers(settings_of):
    options = settings_of()["DATABASES"]["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous = FULL" in options["init_command"]


def test_postgresql_does_not_wait_for_ever(settings_of):
    options = settings_of(DATABASE_URL="postgresql://me@db/footcare")["DATABASES"]["default"]["OPTIONS"]

    assert options == {"options": "-c lock_timeout=3000 -c statement_timeout=5000"}
