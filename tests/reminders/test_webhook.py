"""Reminders by a service of the server's owner: what it gets, and what each of its answers means."""

import json
import logging
from base64 import b64decode
from datetime import timedelta
from email.header import decode_header, make_header

import pytest

from exercises.models import State, User
from exercises.reminders import webhook
from exercises.reminders.job import Job, Outcome
from exercises.reminders.message import Message
from exercises.reminders.topic import topic_address
from tests.support.reminders.jobs import BODY, NOW, a_job
from tools.rig.web_server import HANGS_UP, SILENT, Service, a_web_server

USER, PASSWORD = "füße", "p@ss:w/rd"
PROOF = "f%C3%BC%C3%9Fe:p%40ss:w%2Frd@"


@pytest.fixture
def service(settings):
    """It listens, and the settings name it."""
    settings.PUBLIC_URL = "https://feet.example.org"
    with a_web_server(Service()) as service:
        settings.REMINDER_URL = f"http://127.0.0.1:{service.port}/hook?key=1"
        yield service


@pytest.fixture
def ntfy(service, settings):
    settings.REMINDER_URL = f"ntfy+http://{PROOF}127.0.0.1:{service.port}/feet"
    return service


def send(job=None):
    return webhook.send(job or a_job("webhook"), NOW)


def test_a_service_gets_the_message_as_json(service):
    assert send() == Outcome(State.SENT, "201")

    [(path, headers, body)] = service.posts
    assert (path, headers["Content-Type"]) == ("/hook?key=1", "application/json")
    assert "Authorization" not in headers
    assert json.loads(body) == {
        "to": "alice@example.org",
        "title": "Evening session",
        "body": BODY,
        "url": "https://feet.example.org/session/evening/",
        "day": "2026-11-20",
        "slot": "evening",
        "turn": 1,
    }


def test_ntfy_gets_the_body_as_text_and_the_rest_in_headers(ntfy):
    job = a_job("webhook", body="Nach dem Zähneputzen:\r\nX-Evil: 1")
    send(job)

    [(path, headers, body)] = ntfy.posts
    assert body.decode() == job.message.body
    assert f"http://127.0.0.1:{ntfy.port}{path}" == topic_address(job.user)
    assert headers["Title"] == "Evening session"
    assert headers["Click"] == "https://feet.example.org/session/evening/"
    assert "X-Evil" not in headers
    assert b64decode(headers["Authorization"].removeprefix("Basic ")).decode() == f"{USER}:{PASSWORD}"


@pytest.mark.parametrize("title", ["Séance du soir\r\nX-Evil: 1 " + "é" * 200, "Evening session\r\nX-Evil: 1"])
def test_a_title_of_any_letters_is_one_line_of_ascii(ntfy, title):
    job = a_job("webhook")
    send(Job(job.delivery, job.user, Message(title, BODY, "/")))

    [(_path, headers, _body)] = ntfy.posts
    assert headers["Title"].isascii()
    assert str(make_header(decode_header(headers["Title"]))) == " ".join(title.split())
    assert "X-Evil" not in headers


@pytest.mark.parametrize("prefix", ["", "/", "/feet", "/below/feet"])
def test_each_user_has_a_topic_of_letters_that_nobody_guesses(settings, prefix):
    settings.REMINDER_URL = f"ntfy+https://{PROOF}ntfy.example.org:8443{prefix}?auth=secret"
    addresses = [topic_address(User(pk=pk)) for pk in (7, 8, 7)]
    topics = [each.rpartition("/")[2].removeprefix("feet-") for each in addresses]

    assert addresses[0] == addresses[2] != addresses[1]
    assert all(len(each) >= 16 and each.isalnum() and each.islower() for each in topics)
    assert all(each.startswith("https://ntfy.example.org:8443/") and "secret" not in each for each in addresses)
    settings.REMINDER_URL = "https://ntfy.example.org/feet"
    assert topic_address(User(pk=7)) == ""


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (204, Outcome(State.SENT, "204")),
        (302, Outcome(State.FAILED, "refused")),
        (307, Outcome(State.FAILED, "refused")),
        (401, Outcome(State.FAILED, "refused")),
        (413, Outcome(State.FAILED, "refused")),
        (429, Outcome(State.WAITING, "busy", NOW + timedelta(minutes=1))),
        (500, Outcome(State.WAITING, "busy", NOW + timedelta(minutes=1))),
        (SILENT, Outcome(State.FAILED, "slow")),
        (HANGS_UP, Outcome(State.FAILED, "unknown")),
    ],
    ids=str,
)
def test_each_answer_has_its_outcome_and_is_asked_for_once(service, monkeypatch, answer, outcome):
    """A redirect is not followed; what may have arrived is not sent again."""
    monkeypatch.setattr(webhook, "ANSWER_SECONDS", 0.2 if answer == SILENT else webhook.ANSWER_SECONDS)
    redirect = {"Location": f"http://127.0.0.1:{service.port}/elsewhere"}
    service.answer = (answer, redirect) if isinstance(answer, int) else answer

    assert send() == outcome
    assert len(service.posts) == 1


@pytest.mark.parametrize("host", ["127.0.0.1:1", "nowhere.invalid", "a..b"])
def test_a_service_that_is_not_there_is_tried_again_while_it_helps(settings, caplog, host):
    settings.REMINDER_URL = f"https://me:{PASSWORD[0]}secret@{host}/feet"
    too_late = a_job("webhook", until=NOW + timedelta(seconds=60))
    with caplog.at_level(logging.DEBUG):
        outcomes = [send(), send(too_late)]

    assert outcomes == [
        Outcome(State.WAITING, "unreachable", NOW + timedelta(minutes=1)),
        Outcome(State.FAILED, "unreachable"),
    ]
    assert "secret" not in caplog.text + repr(outcomes)
