"""Log-in sessions: a new id at each log-in, and none outlives a log-out or a password."""

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from exercises.accounts.known_devices import COOKIE, MOST_USERS, device_of, remember
from tests.support.hashers import QuickHasher
from tests.support.log_ins import ALICE, CHANGE, cookie, gets_in, log_in, with_cookie

pytestmark = pytest.mark.django_db


def test_a_session_id_planted_before_the_log_in_is_worth_nothing_after_it(stranger, alice):
    log_in(planted := with_cookie("planted0123456789planted01234567"))

    assert gets_in(cookie(planted))
    assert cookie(planted) != "planted0123456789planted01234567"
    assert not gets_in("planted0123456789planted01234567")


def test_each_log_in_has_a_session_id_of_its_own(alice):
    assert cookie(log_in(Client())) != cookie(log_in(Client()))


def test_an_old_cookie_is_dead_after_the_log_out(stranger, alice):
    old = cookie(log_in(stranger))
    stranger.post("/accounts/logout/")

    assert not gets_in(old)
    assert not Session.objects.filter(pk=old).exists()


def test_a_new_password_ends_all_log_ins_but_this_browsers(alice):
    here, elsewhere = log_in(Client()), log_in(Client())
    old = cookie(here)
    here.post("/accounts/password/change/", CHANGE)

    assert here.get("/settings/").status_code == 200
    assert not gets_in(old)
    assert elsewhere.get("/settings/").status_code == 302


def test_a_password_rehashed_ends_no_log_in_and_forgets_no_device(alice, monkeypatch):
    """Each new Django hashes with more rounds, at the next log-in or proof: that is no new password."""
    here, old = log_in(Client()), alice.password
    monkeypatch.setattr(QuickHasher, "iterations", 2)
    there = log_in(Client())
    monkeypatch.setattr(QuickHasher, "iterations", 3)
    here.post("/accounts/reauthenticate/", {"password": ALICE["password"]})

    alice.refresh_from_db()
    assert alice.password != old
    page = here.get("/settings/")
    assert page.status_code == there.get("/settings/").status_code == 200
    assert device_of(page.wsgi_request, alice)


def test_an_account_left_without_a_password_is_logged_out(alice_client, alice):
    alice.set_unusable_password()
    alice.save()

    assert alice_client.get("/settings/").status_code == 302


def test_a_session_that_has_run_out_is_dead(alice_client):
    assert alice_client.get("/settings/").status_code == 200
    Session.objects.update(expire_date=timezone.now())

    assert alice_client.get("/settings/").status_code == 302


def test_a_session_of_an_account_switched_off_is_dead(alice_client, alice):
    alice.is_active = False
    alice.save()

    assert alice_client.get("/settings/").status_code == 302


def test_a_login_session_holds_with_a_former_key_and_ends_with_it(alice_client, settings):
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another key of the tests, and of nothing else"
    settings.SECRET_KEY_FALLBACKS = [former]
    assert alice_client.get("/settings/").status_code == 200
    alice_client.logout()

    log_in(alice_client)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a third key of the tests, and of nothing else", []
    assert alice_client.get("/settings/").status_code == 302


def test_an_account_made_without_mail_proves_itself_by_password(alice_client, alice, settings):
    """To change the address the password is asked for, unless it was typed again in the last 15 minutes."""
    settings.MAIL_ENABLED = True
    asked = alice_client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    assert asked["Location"].startswith("/accounts/reauthenticate/")

    wrong = alice_client.post("/accounts/reauthenticate/", {"password": "no idea"})
    right = alice_client.post("/accounts/reauthenticate/", {"password": ALICE["password"]})
    assert (wrong.status_code, right.status_code) == (422, 303)


def test_a_device_remembers_the_last_users_and_no_more(rf, django_user_model):
    users = [django_user_model.objects.create_user(f"user{n}@example.org", "a long password") for n in range(6)]
    request = rf.get("/")
    for user in users:
        remember(request, response := HttpResponse(), user)
        request.COOKIES[COOKIE] = response.cookies[COOKIE].value

    assert [bool(device_of(request, user)) for user in users] == [False] + [True] * MOST_USERS
