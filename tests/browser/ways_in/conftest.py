"""A second server, with a mail server of the tests' own."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.db import connection

from tests.browser.conftest import GRANIAN, free_port, wait_until_it_answers
from tests.conftest import ROOT
from tests.support.reminders.mail_server import a_mail_server


@pytest.fixture
def mailing(transactional_db, static_files):
    """`url` of a server that sends mails, and the `mails` that it sent."""
    port = free_port()
    url = f"http://localhost:{port}"
    with a_mail_server() as mail_server:
        environment = {
            "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
            "PUBLIC_URL": url,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "granian", "footcare.asgi:application", *GRANIAN, f"--port={port}"],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "footcare.settings"} | environment,
        )
        try:
            wait_until_it_answers(process, f"{url}/healthz")
            yield SimpleNamespace(url=url, mails=mail_server.mails)
        finally:
            process.terminate()
            process.wait()
