"""Every refusal has the right status, a sentence and the usual headers."""

from errno import ENOSPC

import pytest
from django.db import IntegrityError, OperationalError
from django.test import override_settings

from exercises.models import Preferences
from exercises.views import health
from exercises.views.accounts.account import SignUp
from tests.support.archive import WHOLE, bring
from tests.support.log_ins import ALICE
from tests.support.phone import HTMX, a_set, a_tick

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]


def test_the_cookies_are_kept_from_scripts(stranger, alice):
    stranger.get("/accounts/login/")
    stranger.post("/accounts/login/", ALICE)

    assert stranger.cookies["csrftoken"]["httponly"]
    assert stranger.cookies["sessionid"]["httponly"]
    assert stranger.cookies["sessionid"]["samesite"] == "Lax"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_a_wrong_method_is_told_in_a_sentence(alice_client, headers):
    answer = alice_client.get("/sets/", headers=headers)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert b"does not accept that kind of request" in answer.content


def test_a_foreign_host_is_400_and_not_500(stranger):
    assert stranger.get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.one_database
@pytest.mark.parametrize(
    "junk", ["foo", "session", "record_set", "[", "é", "a\nb", "//evil.example", "///[", "x" * 4096]
)
def test_a_page_to_go_to_that_is_none_leads_to_today(alice_client, junk):
    assert alice_client.post("/sets/", a_tick(next=junk))["Location"].startswith("/?said=")


def gone(*args, **options):
    raise OperationalError("the database is gone")


def test_a_database_that_is_gone_is_503_and_no_fault_of_the_phone(alice_client, monkeypatch):
    alice_client.raise_request_exception = False
    monkeypatch.setattr(Preferences, "day", gone)
    page, fragment = alice_client.get("/"), alice_client.post("/sets/", a_tick(), headers=HTMX)

    assert (page.status_code, fragment.status_code) == (503, 503)
    assert b"We cannot reach your records" in page.content
    assert b"<html" not in fragment.content


def test_a_disk_that_is_full_is_503_too(alice_client, monkeypatch, settings, tmp_path):
    """What has arrived of a file does not stay there."""

    def run_full(*_):
        raise OSError(ENOSPC, "No space left on device")

    alice_client.raise_request_exception = False
    settings.FILE_UPLOAD_TEMP_DIR, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = tmp_path, 0
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryFileUploadHandler.receive_data_chunk", run_full)
    answer = bring(alice_client, WHOLE)

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert b"We cannot save this right now." in answer.content
    assert list(tmp_path.iterdir()) == []


def test_a_visitor_who_came_second_gets_409_and_a_line_in_the_log(stranger, monkeypatch, caplog):
    def too_late(*_args, **_fields):
        raise IntegrityError("FOREIGN KEY constraint failed")

    monkeypatch.setattr(SignUp, "post", too_late)
    answer = stranger.post("/accounts/signup/")

    assert answer.status_code == 409
    assert b"Something else was saved at the same moment. Please try again." in answer.content
    assert [each.levelname for each in caplog.records if each.exc_info] == ["ERROR"]


def test_an_unhealthy_server_says_so(stranger, monkeypatch):
    stranger.raise_request_exception = False
    monkeypatch.setattr(health.connection, "cursor", gone)

    assert stranger.get("/healthz").status_code == 503


def test_an_error_of_ours_is_a_plain_page(alice_client, monkeypatch):
    alice_client.raise_request_exception = False
    monkeypatch.setattr(Preferences, "day", lambda *args: 1 / 0)
    answer = alice_client.get("/")

    assert answer.status_code == 500
    assert b"Something went wrong on our side" in answer.content
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_logged_out_and_without_a_token_json_and_fragments_get_401(careful_client):
    careful_client.logout()
    batch = careful_client.post("/sync/", {"events": [a_set()]}, content_type="application/json")
    fragment = careful_client.post("/sets/", a_tick(), headers=HTMX)

    assert (batch.status_code, fragment.status_code) == (401, 401)
    assert fragment["HX-Redirect"].startswith("/accounts/login/")


def test_a_closed_house_takes_no_new_accounts(stranger):
    with override_settings(SIGNUP_OPEN=False):
        answer = stranger.post("/accounts/signup/", {"email": "carla@example.org", "password1": "ten sets a day"})

    assert answer.status_code == 200
    assert b'name="email"' not in answer.content
