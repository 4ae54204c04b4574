"""A real Redis for the shared cache and the log-in sessions, as with several app servers."""

import os
import socket
import subprocess
from contextlib import closing, contextmanager

import pytest
from django.core.cache import cache
from django.test import Client
from redis import Redis as Store

from exercises.models import User
from tests.conftest import ROOT
from tests.support.environment import ask_settings
from tests.support.log_ins import CHANGE, cookie, gets_in, log_in
from tests.support.phone import Phone

pytestmark = pytest.mark.django_db


class Redis:
    """A server of our own: in memory only, on 127.0.0.1."""

    def __init__(self):
        program = os.environ.get("REDIS_SERVER") or subprocess.check_output("bin/ensure-redis", cwd=ROOT, text=True)
        self.port = free_port()
        options = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--loglevel", "warning"]
        self.command = [program.strip(), *options]
        self.start()

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"

    def held(self):
        return Store.from_url(self.url).keys("footcare:*")

    def start(self):
        self.process = subprocess.Popen(self.command, cwd="/", stdout=subprocess.DEVNULL)
        while not self.answers():
            assert self.process.poll() is None

    def answers(self):
        try:
            with closing(socket.create_connection(("127.0.0.1", self.port), timeout=5)) as line:
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except ConnectionError:
            return False

    def stop(self):
        self.process.kill()
        self.process.wait()

    @contextmanager
    def away(self):
        self.stop()
        yield
        self.start()


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def redis_server():
    server = Redis()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def redis_settings(redis_server, tmp_path_factory):
    """As a process reads them that starts with REDIS_URL."""
    return ask_settings(tmp_path_factory.mktemp("redis"), REDIS_URL=redis_server.url)


@pytest.fixture(autouse=True)
def redis(redis_server, redis_settings, settings):
    for name in ("REDIS_URL", "CACHES", "SESSION_ENGINE"):
        setattr(settings, name, redis_settings[name])
    cache.clear()
    return redis_server


def test_sessions_are_read_from_redis_and_outlive_it(alice, redis, django_assert_num_queries):
    phone = log_in(Client())
    phone.get("/help/")
    with django_assert_num_queries(1):  # the user, no session
        phone.get("/help/")
    with redis.away():
        pass

    assert phone.get("/settings/").status_code == 200


def test_a_log_out_and_a_new_password_end_sessions_in_redis_too(alice):
    here, elsewhere, third = (log_in(Client()) for _ in range(3))
    ended = cookie(third)
    third.post("/accounts/logout/")
    here.post("/accounts/password/change/", CHANGE)

    assert not gets_in(ended)
    assert elsewhere.get("/settings/").status_code == 302
    assert here.get("/settings/").status_code == 200


def test_what_allauth_counts_is_in_redis(stranger, redis):
    stranger.post("/accounts/signup/")

    assert [key for key in redis.held() if b"signup" in key] != []


def test_without_redis_a_set_is_not_taken_and_the_server_is_not_ready(alice, redis):
    client = log_in(Client())
    client.raise_request_exception = False
    with redis.away():
        refused = Phone(client).tap()
        ready = Client().get("/readyz")
    assert (refused.status_code, b"We cannot reach your records" in refused.content) == (503, True)
    assert (ready.status_code, ready.json()["cache"], ready.json()["database"]) == (503, "does not answer", "ok")

    assert Phone(client).tap().status_code == 200
    assert User.objects.count() == 1
