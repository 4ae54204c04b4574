"""What passkeys, codes and other log-ins need is large, so a worker loads it only when somebody first asks for it."""

import os
import subprocess
import sys
from types import ModuleType

import pytest
from django.db import connection

from footcare.first_use import on_first_use
from tests.conftest import ROOT
from tests.support.log_ins import ALICE

HEAVY = ("cryptography", "fido2", "jwt", "oauthlib", "pywebpush", "qrcode", "requests")
A_MORNING = """
import sys
from footcare.wsgi import application
from django.conf import settings
from django.test import Client
settings.PASSWORD_HASHERS = ["tests.support.hashers.QuickHasher"]
client = Client()
log_in = client.get("/accounts/login/", headers={{"Host": "localhost"}})
answer = client.post("/accounts/login/", {form}, headers={{"Host": "localhost"}})
pages = [client.get(path, headers={{"Host": "localhost"}}).status_code for path in ("/", "/settings/security/")]
print(log_in.status_code, answer.status_code, *pages, *({{*{heavy}}} & {{*sys.modules}}))
"""


@pytest.mark.one_database
def test_a_worker_that_served_today_and_a_log_in_has_loaded_none_of_it(transactional_db, alice, static_files):
    database = f"sqlite:///{connection.settings_dict['NAME']}"
    said = subprocess.check_output(
        [sys.executable, "-c", A_MORNING.format(form=ALICE, heavy=HEAVY)],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "footcare.settings", "DATABASE_URL": database},
        text=True,
    )

    assert said.split() == ["200", "302", "200", "200"]


def test_a_view_is_imported_by_its_first_request_alone(rf, monkeypatch):
    asked = []
    module = ModuleType("heavy_views")
    module.show = lambda request, slot: asked.append((request.path, slot)) or "shown"
    view = on_first_use("heavy_views", "show")
    with pytest.raises(ModuleNotFoundError):
        view(rf.get("/"), slot="morning")
    monkeypatch.setitem(sys.modules, "heavy_views", module)

    assert view(rf.get("/x/"), slot="morning") == "shown"
    monkeypatch.delitem(sys.modules, "heavy_views")
    assert view(rf.get("/y/"), slot="midday") == "shown"
    assert asked == [("/x/", "morning"), ("/y/", "midday")]
