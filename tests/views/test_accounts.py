"""Accounts: signing up, logging in, and what a new account begins with."""

import re
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client

from exercises.models import User
from tests.conftest import logged_in
from tests.support.log_ins import ALICE

pytestmark = pytest.mark.django_db

CARLA = {"email": "carla@example.org", "password1": "ten sets a day"}


def test_signing_up_logs_in_and_begins_the_plan_today(stranger, catalogue, friday_morning):
    stranger.cookies["tz"] = "Pacific%2FKiritimati"
    stranger.post("/accounts/signup/", CARLA)

    carla = User.objects.get(email=CARLA["email"])
    assert b"0 of 4 sets done today" in stranger.get("/").content  # there it is ten in the evening
    assert carla.preferences.time_zone == "Pacific/Kiritimati"
    assert {each.since.isoformat() for each in carla.plan.prescriptions} == {"2026-11-20"}


def test_logging_in_does_not_mind_capitals(stranger, alice):
    answer = stranger.post("/accounts/login/", {"login": "ALICE@Example.ORG", "password": ALICE["password"]})

    assert answer["Location"] == "/"


def test_a_wrong_password_is_told_in_the_page(stranger, alice):
    answer = stranger.post("/accounts/login/", {"login": "alice@example.org", "password": "no idea"})

    assert answer.status_code == 422
    assert b'role="alert"' in answer.content or b"field-error" in answer.content


@pytest.mark.parametrize(
    ("password", "accepted"),
    [
        ("7 chars", False),
        ("12345678", False),
        ("password1", False),
        ("carla@example.org", False),
        ("long and all small", True),
        (" spaces and Größe stay as typed " * 4, True),
    ],
)
def test_a_password_is_long_not_common_and_else_as_one_likes(stranger, catalogue, password, accepted):
    answer = stranger.post("/accounts/signup/", {**CARLA, "password1": password})

    assert answer.status_code == (302 if accepted else 422)
    assert not accepted or User.objects.get().check_password(password)
    assert not accepted or not User.objects.get().check_password(password.swapcase())
    assert not password.startswith(" ") or not User.objects.get().check_password(password.strip())


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/change/"])
def test_a_password_is_not_seen_while_it_is_typed(alice_client, stranger, path):
    page = (alice_client if "change" in path else stranger).get(path).content.decode()
    fields = re.findall(r"<input[^>]*name=\"[a-z]*password[0-9]?\"[^>]*>", page)

    assert fields
    assert [field for field in fields if 'type="password"' not in field] == []


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_who_has_no_password_is_led_to_where_one_is_set(catalogue, method):
    passwordless = logged_in(User.objects.create_user("passwordless@example.org"))
    answer = getattr(passwordless, method)("/accounts/password/change/")

    assert (answer.status_code, answer["Location"]) == (303, "/accounts/password/set/")


def test_a_new_password_asks_for_the_old_one(alice_client, alice):
    fields = {"oldpassword": "no idea", "password1": "quite other words", "password2": "quite other words"}

    assert alice_client.post("/accounts/password/change/", fields).status_code == 422
    alice.refresh_from_db()
    assert alice.check_password(ALICE["password"])


def test_an_address_is_taken_whatever_its_capitals(stranger, alice):
    answer = stranger.post("/accounts/signup/", {**CARLA, "email": "Alice@EXAMPLE.org"})

    assert answer.status_code == 422
    assert User.objects.count() == 1


def test_an_address_made_by_hand_with_capitals_logs_in(stranger, catalogue):
    call_command("demo", email="Carla@Example.org", password="ten sets a day", days=0, stdout=StringIO())

    for email in ("Carla@Example.org", "carla@example.org"):
        answer = Client().post("/accounts/login/", {"login": email, "password": "ten sets a day"})
        assert answer["Location"] == "/"


def test_the_database_holds_an_address_once(alice, django_user_model):
    with pytest.raises(IntegrityError):
        django_user_model.objects.create_user(email="ALICE@example.org")


def test_without_mail_the_reset_page_names_the_command(stranger):
    answer = stranger.get("/accounts/password/reset/")

    assert b"changepassword" in answer.content
    assert b"<form" not in answer.content


def test_a_superuser_begins_with_a_plan_too(catalogue):
    call_command("createsuperuser", email="root@example.org", interactive=False)

    assert len(User.objects.get().plan.prescriptions) == 4


def test_an_account_made_in_the_admin_begins_with_a_plan_too(admin_client, catalogue):
    fields = {"email": CARLA["email"], "usable_password": "true", "password1": "ten sets a day"}
    admin_client.post("/desk/exercises/user/add/", {**fields, "password2": "ten sets a day"})

    carla = User.objects.get(email=CARLA["email"])
    assert len(carla.plan.prescriptions) == 4
    assert carla.preferences.time_zone == "UTC"


def test_what_is_wrong_with_a_new_password_is_told_in_plain_words(alice_client):
    fields = {"oldpassword": "no idea", "password1": "short", "password2": ""}
    short = alice_client.post("/accounts/password/change/", fields).content.decode()
    different = {"oldpassword": "alice's own words", "password1": "quite other words", "password2": "quite others"}
    page = alice_client.post("/accounts/password/change/", different).content.decode()

    assert "That is not your current password. Please try again." in short
    assert "Your password is too short. Use at least 8 characters." in short
    assert "Please fill this in." in short
    assert "The two passwords are not the same." in page
    assert ">New password again</label>" in page


@pytest.mark.usefixtures("with_mail")
def test_a_mail_says_who_asked_and_what_to_do(stranger, alice):
    stranger.post("/accounts/password/reset/", {"email": "alice@example.org"})
    [letter] = mail.outbox

    assert letter.subject == "[Footcare] Set a new password"
    assert letter.body.startswith("Hello,\n\nSomeone asked for a new password for your Footcare account.")
    assert letter.body.endswith("Your password stays the same.\n\nFootcare, feet.example.org")
