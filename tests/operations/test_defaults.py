"""Each setting of the README's table, given blank or as its default, acts as if it were not given."""

import json
import os
import re
import subprocess
import sys
from urllib import request

import pytest

from tests.conftest import ROOT
from tests.support.environment import ask_settings

TABLE = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \|", (ROOT / "README.md").read_text(), re.MULTILINE))
OTHERS = {"PORT", "PGPASSWORD"}  # read by bin/run and by libpq
OFF = ("0", "off", "FALSE", " No\n")

# In the place of .venv/bin/python: it notes what bin/run calls, and answers as on a first start.
NOTING = f"""#!/bin/sh
case $1 in
-c) PYTHONPATH="{ROOT}" exec "{sys.executable}" "$@" ;;
-) echo 127.0.0.1 ;;
manage.py)
    [ "$2" != remind ] || exec sleep 60
    [ "$2" != prepare ] || echo 0
    ;;
esac
echo "$@" >>calls
"""


def defaults(data, key):
    """As the README tells them, in words where they depend on something else."""
    told = {
        "SQLite in `DATA_DIR`": f"sqlite:///{data}/footcare.sqlite3",
        "made once, kept in `DATA_DIR`": key,
        "this machine's own names": "localhost,127.0.0.1,[::1]",
        "`footcare@` and `HOST`": "footcare@localhost",
        "`mailto:` and `DEFAULT_FROM_EMAIL`": "mailto:footcare@localhost",
        "`static` in `DATA_DIR`": f"{data}/static",
        "none; needed with `EMAIL_URL` and `REMINDER_URL`": "",
        "none; needed with `OIDC_URL`": "",
        "the host in `OIDC_URL`": "",
        "none": "",
    }
    return {name: told.get(default, default.strip("`")) for name, default in TABLE.items()}


@pytest.fixture(scope="module")
def at_home(tmp_path_factory):
    """The folder of the data, and the settings when nothing is given."""
    data = tmp_path_factory.mktemp("data")
    return data, ask_settings(data)


def blank(*_):
    return dict.fromkeys(TABLE, "")


def blanks(*_):
    return dict.fromkeys(TABLE, " \n")


def test_the_table_has_every_setting():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "footcare" / "settings.py").read_text()))

    assert set(TABLE) == read | OTHERS


@pytest.mark.parametrize("values", [blank, blanks, defaults])
def test_a_default_that_is_given_changes_no_setting(at_home, values):
    data, settings = at_home
    given = values(data, settings["SECRET_KEY"])

    assert ask_settings(**{**given, "data": data, "DATA_DIR": str(data)}) == settings


@pytest.fixture
def first_start(tmp_path):
    """What bin/run prints, and which programs it calls, in a new folder with an empty database."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    python = tmp_path / ".venv" / "bin" / "python"
    python.write_text(NOTING)
    python.chmod(0o700)
    (tmp_path / "var").mkdir()

    def start(**given):
        (tmp_path / "calls").write_text("")
        environment = {"PATH": os.environ["PATH"], **given}
        done = subprocess.check_output([ROOT / "bin" / "run"], cwd=tmp_path, env=environment, text=True)
        return done, (tmp_path / "calls").read_text().splitlines()

    return start


@pytest.mark.parametrize("values", [blank, blanks, defaults])
def test_a_default_that_is_given_changes_no_start(first_start, tmp_path, values):
    printed, calls = first_start()
    given = values(tmp_path / "var", "of one test and of nothing else in the world")

    assert "manage.py demo" in calls
    assert first_start(**given) == (printed, calls)


@pytest.mark.parametrize("word", OFF)
def test_plain_http_at_home_has_the_demo_account(first_start, word):
    assert "manage.py demo" in first_start(HTTPS=word)[1]


@pytest.mark.parametrize("word", ["1", "on", "True "])
def test_a_public_server_has_no_demo_account(first_start, word):
    assert "manage.py demo" not in first_start(HTTPS=word)[1]


@pytest.mark.parametrize("port", ["8000", "", " ", " 8000\n"])
def test_the_health_check_of_the_container_asks_the_port_of_bin_run(monkeypatch, port):
    [check] = re.findall(r"^HEALTHCHECK .*\\\n +CMD (.*)$", (ROOT / "Containerfile").read_text(), re.MULTILINE)
    asked = []
    monkeypatch.setattr(request, "urlopen", lambda url, timeout: asked.append(url))
    monkeypatch.setenv("PORT", port)
    exec(json.loads(check)[-1], {})

    assert asked == ["http://localhost:8000/readyz"]
