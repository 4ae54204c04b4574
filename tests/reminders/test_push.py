"""A message on its way to a device: to a push service on the loopback, with TLS, encrypted and signed in earnest."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from py_vapid import Vapid02
from py_vapid.jwt import decode

from exercises.models import Delivery, PushSubscription, State
from exercises.reminders import push, vapid
from exercises.reminders.job import GONE, Job, Outcome
from exercises.reminders.message import Message
from exercises.reminders.slow_hosts import SlowHosts
from tests.support.reminders.devices import ORIGIN, a_subscription, read_message
from tools.rig.push_service import a_push_service
from tools.rig.web_server import HANGS_UP, SILENT

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with a_push_service(tmp_path_factory.mktemp("push")) as service:
        yield service


@pytest.fixture
def service(running, settings, monkeypatch, db):
    """Each test gets it empty and well, and a sender that has sent nothing."""
    settings.PUSH_HOSTS = [running.host]
    settings.SECURITY_CONTACT = "mailto:feet@example.org"
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", running.certificate)
    monkeypatch.setattr(push, "slow_hosts", SlowHosts())
    monkeypatch.setattr(push, "ANSWER_SECONDS", 0.3)
    running.answer = (201, {})
    running.posts.clear()
    push.ready()
    yield running
    push._signer.cache_clear()
    push._session.cache_clear()


@pytest.fixture
def job(service, alice):
    return a_job(alice, service.endpoint)


def a_job(user, endpoint, turn=1, tries=1, minutes=90, **given):
    until = NOW + timedelta(minutes=minutes)
    delivery = Delivery(
        user=user, day=NOW.date(), slot="morning", turn=turn, channel="push", device="d" * 36, tries=tries, until=until
    )
    words = {"title": "Morning session", "body": "2 exercises, 4 min.", "path": "/session/morning/", **given}
    subscription = PushSubscription(user=user, origin=ORIGIN, **a_subscription(endpoint=endpoint))
    return Job(delivery, user, Message(**words), subscription)


def test_the_browser_reads_a_declarative_message(service, alice):
    job = a_job(alice, service.endpoint, reps={"toe-presses": 20, "ankle-circles": 15}, left=10)

    assert push.send(job, NOW) == Outcome(State.SENT, "201")
    [(_path, _headers, body)] = service.posts
    message = read_message(body)
    notification = message.pop("notification")
    data = notification.pop("data")
    assert message == {"web_push": 8030, "app_badge": 10, "mutable": True}
    assert notification == {
        "title": "Morning session",
        "body": "2 exercises, 4 min.",
        "navigate": "https://feet.example.org/session/morning/",
        "tag": "2026-11-20/morning",
        "lang": "en",
        "dir": "ltr",
        "silent": False,
    }
    assert data["reps"] == {"toe-presses": 20, "ankle-circles": 15}
    assert (data["user"], data["day"], data["slot"], data["turn"]) == (str(alice.pk), "2026-11-20", "morning", 1)


def test_what_takes_a_message_off_makes_no_sound(service, alice):
    push.send(a_job(alice, service.endpoint, turn=0), NOW)

    assert read_message(service.posts[0][2])["notification"]["silent"] is True


def test_the_server_signs_for_this_service_and_for_a_day_at_most(service, job):
    push.send(job, NOW)

    (_path, headers, _body) = service.posts[0]
    assert Vapid02.verify(headers["Authorization"])
    token, key = (part.partition("=")[2] for part in headers["Authorization"].removeprefix("vapid ").split(","))
    claims = decode(token, key)
    assert key == vapid.public_key()
    assert claims["aud"] == f"https://{service.host}"
    assert claims["sub"] == "mailto:feet@example.org"
    assert 0 < claims["exp"] - NOW.timestamp() <= 24 * 3600


def test_waiting_messages_of_a_slot_replace_each_other_while_due(service, alice):
    push.send(a_job(alice, service.endpoint), NOW)
    push.send(a_job(alice, service.endpoint, turn=2), NOW)
    later = a_job(alice, service.endpoint, minutes=-1)
    later.delivery.slot = "midday"
    push.send(later, NOW)

    first, second, other = (headers for _path, headers, _body in service.posts)
    assert first["Topic"] == second["Topic"] != other["Topic"]
    assert len(first["Topic"]) <= 32
    assert "morning" not in first["Topic"]
    assert (first["TTL"], other["TTL"]) == ("5400", "0")


@pytest.mark.parametrize(
    ("status", "headers", "outcome"),
    [
        (200, {}, Outcome(State.SENT, "200")),
        (202, {}, Outcome(State.SENT, "202")),
        (301, {}, Outcome(State.FAILED, "redirect")),
        (308, {}, Outcome(State.FAILED, "redirect")),
        (400, {}, Outcome(State.FAILED, "refused")),
        (403, {}, Outcome(State.FAILED, "refused")),
        (404, {}, Outcome(State.FAILED, GONE)),
        (410, {}, Outcome(State.FAILED, GONE)),
        (413, {}, Outcome(State.FAILED, "too long")),
        (429, {}, Outcome(State.WAITING, "429", SOON)),
        (429, {"Retry-After": "120"}, Outcome(State.WAITING, "429", NOW + timedelta(minutes=2))),
        (429, {"Retry-After": "1"}, Outcome(State.WAITING, "429", SOON)),
        (429, {"Retry-After": "5400"}, Outcome(State.FAILED, "429")),
        (429, {"Retry-After": "9" * 400}, Outcome(State.FAILED, "429")),
        (429, {"Retry-After": "soon"}, Outcome(State.WAITING, "429", SOON)),
        (
            503,
            {"Retry-After": format_datetime(NOW + timedelta(minutes=3), usegmt=True)},
            Outcome(State.WAITING, "503", NOW + timedelta(minutes=3)),
        ),
        (503, {"Retry-After": "Fri, 20 Nov 2026 08:03:00 -0000"}, Outcome(State.WAITING, "503", SOON)),
        (500, {}, Outcome(State.WAITING, "500", SOON)),
    ],
)
@pytest.mark.one_database
def test_each_answer_of_a_push_service_has_its_outcome(service, job, status, headers, outcome):
    service.answer = (status, headers | {"Location": f"https://{service.host}/elsewhere"})

    assert push.send(job, NOW) == outcome
    assert [path for path, _headers, _body in service.posts] == ["/send/alices-phone"]


@pytest.mark.one_database
def test_a_long_answer_is_not_read(service, job):
    service.answer = (201, {"Content-Length": str(10**12)})

    assert push.send(job, NOW) == Outcome(State.SENT, "201")


@pytest.mark.one_database
def test_each_try_waits_longer_than_the_one_before(service, alice):
    service.answer = (500, {})
    retried = [push.send(a_job(alice, service.endpoint, tries=tries), NOW).retry_at for tries in range(1, 7)]

    assert [(at - NOW).seconds // 60 for at in retried] == [1, 2, 5, 10, 15, 15]


@pytest.mark.parametrize(("answer", "why"), [(SILENT, "slow"), (HANGS_UP, "lost")])
@pytest.mark.one_database
def test_what_may_have_arrived_is_not_sent_again(service, job, answer, why):
    service.answer = answer

    assert push.send(job, NOW) == Outcome(State.FAILED, why)
    assert len(service.posts) == 1


@pytest.mark.one_database
def test_what_cannot_have_arrived_is_sent_again(service, job, settings, monkeypatch):
    settings.PUSH_HOSTS += ["localhost:1"]  # where nobody listens
    nobody = a_job(job.user, "https://localhost:1/send")
    assert push.send(nobody, NOW) == Outcome(State.WAITING, "unreachable", SOON)

    monkeypatch.delenv("REQUESTS_CA_BUNDLE")  # its certificate is that of a stranger
    assert push.send(job, NOW) == Outcome(State.WAITING, "unreachable", SOON)
    assert service.posts == []


@pytest.mark.one_database
def test_a_slow_service_holds_nobody_up_for_long(service, job, alice):
    service.answer = SILENT
    outcomes = [push.send(job, NOW) for _ in range(4)]

    assert outcomes == [Outcome(State.FAILED, "slow")] * 3 + [Outcome(State.WAITING, "busy", SOON)]
    assert len(service.posts) == 3
    service.answer = (201, {})
    assert push.send(job, SOON).state == State.SENT
    assert push.slow_hosts.closed_until(service.host, NOW) is None


@pytest.mark.one_database
def test_no_service_is_asked_that_is_no_longer_named(service, job, settings):
    settings.PUSH_HOSTS = []

    assert push.send(job, NOW) == Outcome(State.FAILED, "unknown service")
    assert service.posts == []


@pytest.mark.one_database
def test_a_device_that_was_ended_meanwhile_gets_nothing(service, job):
    assert push.send(Job(job.delivery, job.user, job.message), NOW) == Outcome(State.FAILED, GONE)


@pytest.mark.one_database
def test_a_password_of_this_machine_never_replaces_the_signature(service, job, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    push.send(job, NOW)

    assert service.posts[0][1]["Authorization"].startswith("vapid ")
