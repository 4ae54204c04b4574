"""The log: what happened, to which user by number, and nothing that anybody typed."""

import io
import json
import logging
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import IntegrityError

from exercises.models import Preferences, User
from footcare.logs import JsonLines
from tests.support.log_ins import ALICE
from tests.support.phone import HTMX, a_tick

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

SECRETS = ["alice@example.org", "a guess", ALICE["password"], "typed-by-alice", "sessionid", "csrf"]


@pytest.fixture
def log():
    """What is written from here on, with the levels and the format of the settings."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)
    assert [secret for secret in SECRETS if secret in stream.getvalue()] == []


def events(lines):
    return [line["event"] for line in lines]


def test_the_log_of_the_process_is_written_in_these_lines():
    assert settings.LOGGING["formatters"]["json"] == {"()": "footcare.logs.JsonLines"}
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"json"}


def test_a_log_in_is_written_with_time_request_and_user(stranger, alice, log):
    answer = stranger.post("/accounts/login/", ALICE)

    [line] = log()
    assert datetime.fromisoformat(line.pop("time")).tzinfo == UTC
    assert line == {
        "level": "INFO",
        "logger": "exercises.accounts.adapter",
        "event": "log-in",
        "request": answer["X-Request-ID"],
        "user": alice.pk,
        "method": "POST",
        "route": "accounts/login/",
        "address": "127.0.0.1",
    }


def test_a_failed_log_in_and_one_too_many_are_written(stranger, alice, log):
    for _ in range(6):
        stranger.post("/accounts/login/", {"login": "alice@example.org", "password": "a guess"})

    assert events(log()) == ["log-in failed", "refused"] * 5 + ["refused"]
    assert log()[0]["account"] == alice.pk
    assert log()[-1]["status"] == 429


def test_the_life_of_an_account_is_written(stranger, catalogue, log):
    stranger.post("/accounts/signup/", {"email": "carla@example.org", "password1": "ten sets a day"})
    carla = User.objects.get().pk
    change = {"oldpassword": "ten sets a day", "password1": "quite other words", "password2": "quite other words"}
    stranger.post("/accounts/password/change/", change)
    stranger.get("/export.json")
    stranger.post("/accounts/logout/")

    assert [(line["event"], line["user"]) for line in log()] == [
        (event, carla) for event in ("account made", "log-in", "password changed", "export", "log-out")
    ]


def test_what_is_refused_is_written_without_what_was_asked(alice_client, alice, log):
    alice_client.get("/exercises/typed-by-alice/?note=typed-by-alice")
    alice_client.post("/sets/", a_tick(exercise="typed-by-alice"), headers=HTMX | {"Referer": "/typed-by-alice"})
    alice_client.post("/sync/", "typed-by-alice", content_type="application/json")

    assert [(line["event"], line["status"], line["route"], line["user"]) for line in log()] == [
        ("refused", 404, "exercises/<slug:slug>/", alice.pk),
        ("refused", 422, "sets/", alice.pk),
        ("refused", 422, "sync/", alice.pk),
    ]


def test_who_is_not_logged_in_is_written_as_refused(stranger, log):
    stranger.get("/settings/")
    stranger.get("/export.json")

    assert [(line["event"], line["route"], line.get("user")) for line in log()] == [
        ("log-in asked for", "settings/", None),
        ("refused", "export.json", None),
    ]


def test_the_user_of_one_request_is_not_the_user_of_the_next(alice_client, alice, stranger, log):
    alice_client.get("/progress/nowhere/")
    stranger.get("/nowhere/")

    assert [line.get("user") for line in log()] == [alice.pk, None]


def test_a_fault_of_ours_is_written_by_its_kind_and_place(alice_client, alice, monkeypatch, log):
    def broken(*args):
        try:
            raise KeyError("typed-by-alice")
        except KeyError as error:
            raise IntegrityError("Key (email)=(alice@example.org) already exists") from error

    alice_client.raise_request_exception = False
    monkeypatch.setattr(Preferences, "day", broken)
    alice_client.get("/?note=typed-by-alice")

    line, failed = log()
    assert (line["level"], line["event"], line["user"]) == ("ERROR", "error", alice.pk)
    assert (failed["event"], failed["status"], failed["route"], failed["request"]) == (
        "failed",
        500,
        "",
        line["request"],
    )
    assert line["error"] == ["django.db.utils.IntegrityError", "builtins.KeyError"]
    assert line["trace"][-1].startswith("test_logs.py:")


def test_a_host_of_somebody_elses_is_not_quoted(stranger, log):
    page = stranger.get("/", headers={"Host": "typed-by-alice"}).content.decode()

    [line] = log()
    assert (line["event"], line["what"]) == ("refused", "the name in Host is not in ALLOWED_HOSTS")
    assert "Footcare does not answer to this name" in page


ORIGIN = "Origin or Referer differs from Host or is missing"


@pytest.mark.parametrize(
    ("headers", "cookie", "what", "said"),
    [
        (
            {"Origin": "https://typed-by-alice"},
            True,
            ORIGIN,
            "opened at another address",
        ),
        ({"Origin": "null"}, False, ORIGIN, "opened at another address"),
        ({}, True, "the CSRF token does not fit", "open too long"),
        ({}, False, "no CSRF cookie", "open too long"),
    ],
)
def test_a_form_from_elsewhere_is_refused_for_a_reason(careful_client, log, headers, cookie, what, said):
    if not cookie:
        careful_client.cookies.pop("csrftoken", None)
    else:
        careful_client.cookies["csrftoken"] = "a" * 32
    page = careful_client.post("/sets/", headers=headers).content.decode()

    assert [(line["event"], line["status"], line["what"]) for line in log()] == [("refused", 403, what)]
    assert said in page


def test_the_reason_of_one_request_is_not_the_reason_of_the_next(stranger, log):
    stranger.get("/", headers={"Host": "typed-by-alice"})
    stranger.get("/nowhere/")

    assert ["what" in line for line in log()] == [True, False]


REPORT = {"effective-directive": "img-src", "blocked-uri": "inline", "document-uri": "http://localhost:8000/"}


def report(client, **fields):
    body = json.dumps({"csp-report": {**REPORT, **fields}})
    return client.post("/csp-report/", body, content_type="application/csp-report")


def test_what_a_browser_did_not_load_is_written_without_addresses(stranger, log):
    address = "https://alice%40example.org:typed-by-alice@evil.example/typed-by-alice?token=typed-by-alice"
    answers = [report(stranger), report(stranger, **{"blocked-uri": address, "document-uri": "mailto:typed-by-alice"})]

    assert [answer.status_code for answer in answers] == [204, 204]
    assert [(line["event"], line["directive"], line["blocked"], line["page"]) for line in log()] == [
        ("content policy violated", "img-src", "inline", "http://localhost"),
        ("content policy violated", "img-src", "https://evil.example", "other"),
    ]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'"x"', b'{"csp-report": []}', b'{"csp-report": {"blocked-uri": 1}}', b"[" * 100_000]
)
def test_a_report_that_is_none_is_refused(stranger, body):
    assert stranger.post("/csp-report/", body, content_type="application/csp-report").status_code == 422


@pytest.mark.one_database
@pytest.mark.parametrize("value", [None, 1, [], {}, "http://[", "typed-by-alice\r\nx: y"])
@pytest.mark.parametrize("field", REPORT)
def test_a_report_of_junk_is_refused_or_said_in_our_words(stranger, log, field, value):
    assert report(stranger, **{field: value}).status_code in (204, 422)


def test_nobody_fills_the_log_with_reports(stranger, log):
    assert [report(stranger).status_code for _ in range(21)] == [204] * 20 + [429]
