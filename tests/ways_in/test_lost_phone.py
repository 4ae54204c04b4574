"""A user with password and codes who lost the phone, and what leaves the server with an account that has codes."""

import re
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import call_command
from django.test import Client

from exercises.accounts import codes, encryption
from exercises.models import AccountEvent, User
from tests.support.log_ins import ALICE, try_to_log_in
from tests.support.ways_in.codes import (
    SECRET,
    after_password,
    code_now,
    enter,
    held,
    is_logged_in,
    recovery_codes_of,
    turn_on,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(alice):
    return turn_on(alice)


def test_with_a_recovery_code_the_user_gets_in_and_moves_to_a_new_phone(alice):
    here = after_password()
    enter(here, recovery_codes_of(alice)[0])
    here.post("/accounts/codes/off/")
    page = here.get("/accounts/codes/on/").content.decode()
    key = re.search(r'id="key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    setup = re.search(r'name="setup" value="([^"]+)"', page)[1]
    here.post("/accounts/codes/on/", {"setup": setup, "code": code_now(key)})

    assert enter(after_password(), code_now()).status_code == 422
    assert enter(after_password(), code_now(key, half_minutes=1)).status_code == 302


def test_without_recovery_codes_the_owner_of_the_server_lets_the_user_in(alice, stranger):
    out = StringIO()
    call_command("login_link", alice.email, stdout=out, stderr=StringIO())
    stranger.post(out.getvalue().strip().removeprefix("http://localhost:8000"))
    stranger.post("/accounts/codes/off/")

    assert try_to_log_in(Client(), password=ALICE["password"])["Location"] == "/"


def test_a_new_password_by_mail_does_not_turn_codes_off(alice, stranger, with_mail):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    stranger.post("/accounts/password/reset/", {"email": alice.email})
    [link] = re.findall(r"/accounts/password/reset/key/\S+", mail.outbox[0].body)
    form = stranger.get(link)["Location"]
    stranger.post(form, {"password1": "quite other words", "password2": "quite other words"})

    assert not is_logged_in(stranger)
    assert try_to_log_in(stranger, password="quite other words")["Location"] == "/accounts/codes/"
    assert enter(stranger, code_now()).status_code == 302


def test_an_export_holds_no_secret(alice):
    here = after_password()
    enter(here, code_now())
    seed = encryption.decrypt(held(alice, codes.Type.RECOVERY_CODES).data["seed"])
    exports = b"".join(here.get(path).getvalue() for path in ("/export.json", "/export.csv"))

    assert b'"prescriptions"' in exports
    stored = [each.data.get("secret", each.data.get("seed")) for each in Authenticator.objects.all()]
    assert [word for word in (SECRET, seed, *recovery_codes_of(alice), *stored) if word.encode() in exports] == []


def test_an_erased_account_leaves_no_row_of_its_codes(alice):
    here = after_password()
    enter(here, code_now())

    assert here.post("/settings/erase/", {"sure": "yes"}).status_code == 200
    assert [Authenticator.objects.count(), AccountEvent.objects.count(), User.objects.count()] == [0, 0, 0]


@pytest.mark.parametrize("has", ["password", "codes", "password and codes"])
def test_each_user_can_erase_the_account_after_a_proof(catalogue, has):
    user = User.objects.create_user("carla@example.org", "ten sets a day" if "password" in has else None)
    if "codes" in has:
        turn_on(user)
    here = Client()
    here.force_login(user)
    asked = here.post("/settings/erase/", {"sure": "yes"})["Location"]
    proof = {"code": code_now()} if "codes" in has else {"password": "ten sets a day"}
    here.post(asked, {**proof, "next": "/settings/erase/"})

    assert here.post("/settings/erase/", {"sure": "yes"}).status_code == 200
    assert not User.objects.exists()
