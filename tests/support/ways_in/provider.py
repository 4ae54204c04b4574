"""A real provider of OpenID Connect in a process of its own, and the way through its page without a browser."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing, suppress
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
import requests

CLIENT_ID, CLIENT_SECRET = "footcare", "a secret of the tests"
NAME = "Lakeside Clinic"
PEOPLE = {
    "maria": {"email": "Maria@Example.org", "email_verified": True, "name": "Maria Berg", "picture": "https://x/y.png"},
    "unsure": {"email": "unsure@example.org", "email_verified": False},
    "wordy": {"email": "wordy@example.org", "email_verified": "false"},
    "nameless": {"name": "No Address"},
    "odd": {"email": "not an address", "email_verified": True},
    "alice": {"email": "ALICE@example.org", "email_verified": True},
    "mallory": {"email": "alice@example.org", "email_verified": False},
}


class Provider:
    """`oidc-provider-mock`, always at the same port, so that it can go away and come back."""

    def __init__(self):
        with closing(socket.create_server(("127.0.0.1", 0))) as probe:
            self.port = probe.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.process = None

    def start(self):
        if self.process and self.process.poll() is None:
            return
        users = [f"--user-claims={json.dumps({'sub': sub, **claims})}" for sub, claims in PEOPLE.items()]
        tied = os.environ.get("TIED", "").split()  # by make: it ends with the tests, even when they are killed
        command = [*tied, sys.executable, "-m", "oidc_provider_mock", f"--port={self.port}", *users]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(1200):
            with suppress(OSError):
                urlopen(f"{self.url}/.well-known/openid-configuration").close()
                return
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=0.05)
                pytest.fail("The provider ended before it answered.")
        pytest.fail("The provider did not answer within a minute.")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()


@pytest.fixture(scope="session")
def provider():
    provider = Provider()
    try:
        provider.start()
        yield provider
    finally:
        provider.stop()


@pytest.fixture
def provider_away(provider):
    """Killed for one test."""
    provider.stop()
    yield provider
    provider.start()


@pytest.fixture
def single_sign_on(settings, provider):
    """As with these settings in the environment."""
    settings.OIDC_URL = provider.url
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
    settings.OIDC_NAME = NAME
    return settings


def to_provider(client, start="/accounts/oidc/sso/login/"):
    """The address of the provider's page, to which `start` leads."""
    answer = client.get(start)
    assert answer.status_code == 302, answer.status_code
    return answer["Location"]


def at_provider(address, sub="maria", **form):
    """What the provider's page sends the browser back to, after its form: path and query."""
    answer = requests.post(address, data=form or {"sub": sub}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def through(client, sub="maria", start="/accounts/oidc/sso/login/", **options):
    """All of the way: to the provider, through its page, and back."""
    return client.get(at_provider(to_provider(client, start), sub), **options)
