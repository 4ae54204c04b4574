"""Junk: the right 4xx, one plain sentence, nothing recorded, never a 500."""

import pytest

from exercises.models import CompletedSet, Session, Undo
from tests.support.phone import HTMX, Phone, a_set, a_tick, an_undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

FIELDS = ["id", "exercise", "slot", "completed_at", "session", "source", "reps"]
WRONG = [
    ("exercise", "head-stand", "unknown exercise"),
    ("slot", "midnight", "unknown slot"),
    ("id", "1234", "no UUID"),
    ("id", "{12345678-1234-1234-1234-123456789abc}", "a UUID in braces"),
    ("completed_at", "2026-11-20T08:06:00+00:00", "six minutes in the future"),
    ("completed_at", "2026-11-20T08:00:00", "naive"),
    ("completed_at", "2026-11-20", "a day, no time"),
    ("completed_at", "2026-11-19T23:00:00+00:00", "before the plan began"),
    ("completed_at", "0001-01-01T00:00:00+14:00", "before the calendar"),
    ("completed_at", "9999-12-31T23:59:59-14:00", "after the calendar"),
    ("completed_at", "1795161600", "seconds since 1970"),
    ("source", "dreamed", "unknown source"),
    ("reps", "0", "no reps"),
    ("reps", "1e3", "no whole number"),
    ("reps", "10000", "too many for anybody"),
    ("reps", "9" * 5000, "a number longer than Python reads"),
    ("session", "morning", "no UUID"),
    ("sent_at", "0001-01-01T00:00:00-14:00", "a clock before the calendar"),
]


def nothing_kept():
    return not (CompletedSet.objects.exists() or Undo.objects.exists() or Session.objects.exists())


@pytest.mark.one_database
@pytest.mark.parametrize(("field", "value", "why"), WRONG, ids=[why for _, _, why in WRONG])
def test_a_wrong_value_is_refused_by_the_form_and_by_the_batch(phone, field, value, why):
    assert phone.tap({**a_tick(), field: value}).status_code == 422
    event = {**a_set(), field: value}
    batch = phone.send(event, sent_at=event.pop("sent_at", None))

    assert batch.status_code == 422 or batch.json()["results"] == {event["id"]: "rejected"}
    assert nothing_kept()


@pytest.mark.one_database
@pytest.mark.parametrize("value", [[], {}, ["toe-presses"], 7, 7.5, True, 10**400], ids=repr)
@pytest.mark.parametrize("field", FIELDS)
def test_json_of_another_kind_is_refused(phone, field, value):
    answer = phone.send({**a_set(), field: value})
    accepted = field == "reps" and value == 7

    assert answer.status_code == 422 or set(answer.json()["results"].values()) == {
        "created" if accepted else "rejected"
    }
    assert accepted or nothing_kept()


@pytest.mark.one_database
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"events"',
        b'{"events": {}}',
        b'{"events": [1]}',
        b'{"events": [{}]}',
        b'{"events": [{"kind": "set"}]}',
        b'{"events": [], "sent_at": "now"}',
        b'{"events": [], "sent_at": NaN}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"events": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda body: repr(body[:24]),
)
def test_what_is_no_batch_is_refused_whole(phone, body):
    answer = phone.client.post("/sync/", body, content_type="application/json")

    assert answer.status_code == 422
    assert "error" in answer.json()


def test_a_body_of_a_megabyte_is_refused(phone):
    answer = phone.client.post("/sync/", b" " * 1024 * 1024, content_type="application/json")

    assert answer.status_code == 413
    assert "error" in answer.json()


@pytest.mark.parametrize("kind", [None, "", "pain", "__class__", 1, [], {}], ids=repr)
def test_an_unknown_kind_of_event_is_refused(phone, kind):
    event = {**a_set(), "kind": kind}

    assert phone.answers(event) == ["rejected"]
    assert nothing_kept()


def test_an_undo_needs_a_target(phone):
    assert phone.answers(an_undo(None), an_undo("x")) == ["rejected", "rejected"]
    assert nothing_kept()


def test_bad_input_without_htmx_is_a_page(phone):
    answer = phone.client.post("/sets/", a_tick(exercise="head-stand"))

    assert answer.status_code == 422
    assert b"<!doctype html>" in answer.content
    assert b"We do not know this exercise." in answer.content


def test_without_a_csrf_token_nothing_happens(careful_client):
    page, fragment = careful_client.post("/sets/", a_tick()), Phone(careful_client).tap()

    assert (page.status_code, fragment.status_code) == (403, 403)
    assert b"<!doctype html>" in page.content
    assert b"<!doctype html>" not in fragment.content
    assert nothing_kept()


@pytest.mark.parametrize(
    "path",
    [
        "/session/midnight/",
        "/session/extra/",
        "/session/extra/?exercise=head-stand",
        "/exercises/head-stand/",
        f"/exercises/{'x' * 4000}/",
        "/sets/1/undo/",
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_what_is_not_there_is_404(alice_client, path, headers):
    assert alice_client.get(path, headers=headers).status_code == 404


@pytest.mark.parametrize("zone", ["", "Europe/Atlantis", "../../etc/passwd", "x" * 4000, "%00"])
def test_a_bad_zone_in_the_cookie_is_passed_over(alice_client, alice, zone):
    alice_client.cookies["tz"] = zone

    assert alice_client.get("/").status_code == 200
    alice.preferences.refresh_from_db()
    assert alice.preferences.time_zone == "UTC"
