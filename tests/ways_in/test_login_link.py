"""The link of the server's owner: once, within a quarter of an hour, for a known account, without a second step."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from threading import Barrier

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import signing
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from exercises.accounts import login_links
from exercises.models import AccountEvent, LoginAttempts, User
from tests.support.log_ins import log_in
from tests.support.ways_in.codes import is_logged_in, turn_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(alice):
    return turn_on(alice)


def link_for(email="alice@example.org"):
    out = StringIO()
    call_command("login_link", email, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def path_for(email="alice@example.org"):
    return link_for(email).removeprefix("http://localhost:8000")


def test_it_logs_in_without_a_second_step_and_is_told(alice, stranger):
    link = path_for()
    answer = stranger.post(link)

    assert answer["Location"] == "/settings/security/"
    assert stranger.get("/settings/security/").status_code == 200
    assert "let-in" in AccountEvent.objects.of(alice).values_list("kind", flat=True)


def test_it_is_proof_enough_to_turn_codes_off(alice, stranger):
    stranger.post(path_for())

    assert stranger.post("/accounts/codes/off/")["Location"] == "/settings/security/?said=codes-off"


def test_opening_it_changes_nothing(alice, stranger):
    link = path_for()
    pages = [stranger.get(link) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert b"alice@example.org" in pages[0].content
    assert not is_logged_in(stranger)
    assert stranger.post(link).status_code == 302


def test_it_works_once(alice, stranger):
    link = path_for()
    stranger.post(link)
    elsewhere = Client()

    assert [elsewhere.get(link).status_code, elsewhere.post(link).status_code] == [404, 404]
    assert not is_logged_in(elsewhere)


def test_back_and_a_second_press_lead_where_the_first_led(alice, stranger):
    link = path_for()
    stranger.post(link)

    assert [stranger.get(link)["Location"], stranger.post(link)["Location"]] == ["/settings/security/"] * 2


def test_a_press_that_comes_in_between_uses_the_link_up(alice, stranger, monkeypatch):
    link, elsewhere, user_of = path_for(), Client(), login_links.user_of

    def read_then_pressed_elsewhere(token):
        monkeypatch.setattr(login_links, "user_of", user_of)
        user = user_of(token)
        elsewhere.post(link)
        return user

    monkeypatch.setattr(login_links, "user_of", read_then_pressed_elsewhere)

    assert stranger.post(link).status_code == 404
    assert [is_logged_in(here) for here in (stranger, elsewhere)] == [False, True]


@pytest.mark.django_db(transaction=True)
def test_of_many_presses_at_once_one_logs_in(alice):
    link, together = path_for(), Barrier(8)

    def press(_):
        try:
            together.wait()
            return Client().post(link).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(press, range(8))) == [302] + [404] * 7


def test_it_ends_after_a_quarter_of_an_hour(alice, stranger):
    link = path_for()
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        assert stranger.post(link).status_code == 404


@pytest.mark.parametrize("what", ["a log-in", "a new password", "another link was used", "the account is turned off"])
def test_it_ends_with(alice, stranger, what):
    link = path_for()
    if what == "a log-in":
        User.objects.update(last_login=timezone.now())
    elif what == "a new password":
        alice.set_password("ten sets a day")
        alice.save()
    elif what == "another link was used":
        Client().post(path_for())
    else:
        User.objects.update(is_active=False)

    assert stranger.post(link).status_code == 404


def test_a_forged_link_is_not_found(alice, stranger):
    real = login_links.token_for(alice)
    forged = ["x", "W10:1wA:x", real[:-1], real + "x", signing.dumps([alice.pk, "a guess"], salt="another salt")]

    assert {stranger.post(f"/accounts/link/{token}/").status_code for token in forged} == {404}


def test_whoever_else_is_logged_in_on_this_device_is_told_and_logged_out(alice, bob_client, bob):
    link = path_for()
    page = bob_client.get(link).content.decode()
    bob_client.post(link)

    assert "bob@example.org is logged in on this device now" in page
    assert bob_client.session["_auth_user_id"] == str(alice.pk)
    assert (
        bob_client.post("/accounts/codes/off/")["Location"] == "/settings/security/?said=codes-off"
    )  # a proof of hers


def test_the_user_whose_link_it_is_may_be_logged_in_already(alice, stranger):
    log_in(stranger)
    link = path_for()

    assert stranger.post(link)["Location"] == "/settings/security/"


def test_where_there_is_mail_no_confirmed_address_is_asked_for(alice, stranger, with_mail):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=False, primary=True)
    link = link_for()

    assert link.startswith("https://feet.example.org/accounts/link/")
    assert stranger.post(link.removeprefix("https://feet.example.org"))["Location"] == "/settings/security/"


def test_full_limits_on_guessing_do_not_stop_it(alice, stranger):
    for _ in range(6):
        stranger.post("/accounts/login/", {"login": alice.email, "password": "a guess"})
    assert LoginAttempts.objects.exists()

    assert stranger.post(path_for()).status_code == 302


@pytest.mark.parametrize(("host", "port", "site"), [
    ("localhost", "", "http://localhost:8000"),
    ("0.0.0.0", "8712", "http://localhost:8712"),
    ("::1", " 80 ", "http://[::1]:80"),
])  # fmt: skip
def test_at_home_it_begins_with_the_address_of_the_server(alice, settings, monkeypatch, host, port, site):
    settings.HOST = host
    monkeypatch.setenv("PORT", port)

    assert link_for("Alice@Example.org").startswith(f"{site}/accounts/link/")


def test_for_an_unknown_account_there_is_no_link(alice):
    with pytest.raises(CommandError, match=r"There is no account with the address nobody@example\.org"):
        link_for("nobody@example.org")


def test_for_an_account_that_is_turned_off_there_is_no_link(alice):
    User.objects.update(is_active=False)

    with pytest.raises(CommandError, match="is turned off"):
        link_for()
