"""The settings of single sign-on from the environment."""

import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from footcare.environment import Environment
from tests.conftest import ROOT
from tests.support.environment import ask, ask_settings

PROVIDER = {"OIDC_URL": "https://auth.example.org/realms/home", "OIDC_CLIENT_ID": "footcare"}
OTHERS = ["OIDC_CLIENT_SECRET", "OIDC_NAME", "OIDC_ONLY", "OIDC_TRUST_EMAIL"]
HEAVY = """
import json, sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from django.test import Client
from exercises.models import User
from exercises.models.exercise import load_catalogue
load_catalogue()
User.objects.create_user(email="a@example.org", password="ten sets a day")
client = Client(HTTP_HOST="localhost")
client.get("/accounts/login/")
form = {"login": "a@example.org", "password": "ten sets a day"}
answers = [client.post("/accounts/login/", form).status_code, client.get("/", follow=True).status_code]
answers.append(client.get("/settings/security/").status_code)
print(json.dumps([answers, [name for name in ("requests", "oauthlib", "jwt") if name in sys.modules]]))
"""


@pytest.mark.parametrize(
    "url",
    [
        "https://auth.example.org/realms/home",
        "https://auth.example.org/realms/home/",
        "https://auth.example.org/realms/home/.well-known/openid-configuration",
    ],
)
def test_the_issuer_and_its_discovery_address_say_the_same(url):
    assert Environment({"IT": url}).provider("IT") == "https://auth.example.org/realms/home"


@pytest.mark.parametrize(
    "host", ["localhost:9000", "127.0.0.1", "192.168.1.5:9000", "[::1]:9000", "[fd00::5]", "keycloak:8080", "auth.lan"]
)
def test_plain_http_is_for_this_machine_and_private_names(host):
    assert Environment({"IT": f"http://{host}"}).provider("IT") == f"http://{host}"


def test_a_whole_configuration_has_good_defaults(tmp_path):
    settings = ask_settings(tmp_path, **PROVIDER)

    assert settings["OIDC_NAME"] == "auth.example.org"
    assert (settings["OIDC_CREATE"], settings["OIDC_ONLY"], settings["OIDC_TRUST_EMAIL"]) == (True, False, False)


def test_without_a_provider_nothing_of_it_is_on(tmp_path):
    settings = ask_settings(tmp_path, OIDC_CREATE="1", OIDC_ONLY="0")

    assert (settings["OIDC_URL"], settings["OIDC_NAME"]) == ("", "")
    assert "exercises.accounts.single_sign_on.OnlyThere" not in settings["MIDDLEWARE"]


def test_the_only_way_is_held_by_a_middleware_of_its_own(tmp_path):
    settings = ask_settings(tmp_path, **PROVIDER, OIDC_ONLY="1")

    assert settings["MIDDLEWARE"][-1] == "exercises.accounts.single_sign_on.OnlyThere"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"OIDC_URL": "https://a.example"}, "OIDC_CLIENT_ID has to be set too, because OIDC_URL is set."),
        ({"OIDC_CLIENT_ID": "it"}, "OIDC_URL has to be set too, because OIDC_CLIENT_ID is set."),
        *(({name: "1"}, f"OIDC_URL has to be set too, because {name} is set.") for name in OTHERS),
    ],
    ids=str,
)
def test_half_a_configuration_is_refused_in_one_sentence(given, says):
    with pytest.raises(ImproperlyConfigured) as refused:
        Environment(given).together("OIDC_URL", ["OIDC_CLIENT_ID"], OTHERS)
    assert str(refused.value) == says


def test_half_a_configuration_does_not_start(tmp_path):
    environment = {"DATA_DIR": str(tmp_path), "OIDC_ONLY": "1"}
    command = [sys.executable, "manage.py", "prepare"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "OIDC_URL has to be set too, because OIDC_ONLY is set." in done.stderr


def test_what_speaks_to_the_provider_is_not_loaded_before_it_is_used(tmp_path):
    static = {"STATIC_ROOT": str(tmp_path / "static")}
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"],
        cwd=ROOT,
        env={"DATA_DIR": str(tmp_path), **static},
        check=True,
    )
    answers, loaded = ask(HEAVY, tmp_path, **PROVIDER, **static)

    assert answers == [302, 200, 200]
    assert loaded == []
