"""A form that a visitor sends twice does once what it says, and the second answer is that of the first.

Here without scripts: with them the second submit is ignored (tests/browser/test_double_tap.py).
"""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client

from exercises.accounts.adapter import Adapter
from exercises.models import CompletedSet, User
from tests.support.log_ins import ALICE, guess
from tests.support.phone import a_trial
from tests.support.twice import is_logged_in, twice

pytestmark = pytest.mark.django_db

CARLA = {"email": "carla@example.org", "password1": "ten sets a day"}
NEW = {"password1": "quite other words", "password2": "quite other words"}


def subjects():
    return [letter.subject.partition("] ")[2] for letter in mail.outbox]


@pytest.mark.usefixtures("with_mail")
def test_with_scripts_each_form_of_a_visitor_is_sent_once(stranger, alice, reset_page):
    pages = ["/accounts/signup/", "/accounts/login/", "/accounts/password/reset/", reset_page]
    shown = [stranger.get(path).content.decode() for path in pages]
    shown.append(stranger.post("/accounts/signup/", CARLA, follow=True).content.decode())
    forms = [form for page in shown for form in re.findall(r"<form[^>]*>", page)]

    assert len(forms) == len(pages) + 3  # two on the page of the log-in, three on that of the code
    assert [form for form in forms if "data-once" not in form] == []
    assert [page for page in shown if "js/visitor." not in page] == []


def test_a_second_sign_up_logs_in_too(stranger):
    ends, other = twice(stranger, "/accounts/signup/", CARLA)

    assert ends == [(200, "/first/1/")] * 2
    assert is_logged_in(other)
    assert User.objects.count() == 1


def test_a_second_sign_up_takes_no_place(stranger):
    for _ in range(7):
        assert Client().post("/accounts/signup/", CARLA).status_code == 302

    assert guess(Client(), 6, email=CARLA["email"]) == [422] * 5 + [429]


def test_a_second_sign_up_brings_the_trial_once(stranger, friday_morning):
    ends, _other = twice(stranger, "/accounts/signup/", {**CARLA, "trial": json.dumps(a_trial())})

    assert ends == [(200, "/first/1/")] * 2
    assert CompletedSet.objects.count() == len(a_trial()["sets"])


def test_a_second_sign_up_goes_where_the_first_went(stranger):
    ends, _other = twice(stranger, "/accounts/signup/", {**CARLA, "next": "/progress/"})

    assert ends == [(200, "/progress/")] * 2


def test_a_sign_up_with_another_password_tells_and_lets_nobody_in(stranger, alice):
    answer = stranger.post("/accounts/signup/", {"email": alice.email, "password1": "ten sets a day"})

    assert answer.status_code == 422
    assert "There is already an account with this email address." in answer.content.decode()
    assert not is_logged_in(stranger)


def test_guesses_at_the_sign_up_count_like_those_at_the_log_in(stranger, alice, hashed):
    """After five even the right one is not looked at."""
    hashed.clear()
    tries = [f"a guess, number {n}" for n in range(5)] + [ALICE["password"]]
    answers = [stranger.post("/accounts/signup/", {"email": alice.email, "password1": each}) for each in tries]

    assert [answer.status_code for answer in answers] == [422] * 6
    assert len(hashed) == 5
    assert guess(Client(), 1) == [429]


def test_a_wrong_guess_at_the_sign_up_takes_one_place_of_the_network(stranger, alice, bob, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup": None}
    for each in (alice, bob):
        for n in range(5):
            stranger.post("/accounts/signup/", {"email": each.email, "password1": f"a guess, number {n}"})

    tries = [guess(stranger, 1, email=f"{n}@example.org")[0] for n in range(11)]
    assert tries == [422] * 10 + [429]


def test_an_account_turned_off_is_not_let_in_by_the_sign_up(stranger, alice):
    User.objects.update(is_active=False)
    answer = stranger.post("/accounts/signup/", {"email": alice.email, "password1": ALICE["password"]})

    assert answer["Location"] == "/accounts/inactive/"
    assert not is_logged_in(stranger)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("passwords", [["ten sets a day"] * 2, ["ten sets a day", "eleven sets a day"]])
def test_of_two_sign_ups_at_once_who_knows_the_password_is_in(catalogue, monkeypatch, passwords):
    """Both forms were valid when they were read; only the database sees that they are two."""
    both_are_valid, save_user = Barrier(2), Adapter.save_user

    def save_together(*args, **options):
        both_are_valid.wait()
        return save_user(*args, **options)

    def sign_up(password):
        try:
            client = Client()
            return client.post("/accounts/signup/", {**CARLA, "password1": password}).status_code, is_logged_in(client)
        finally:
            connection.close()

    monkeypatch.setattr(Adapter, "save_user", save_together)
    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(sign_up, passwords))

    second = (302, True) if len(set(passwords)) == 1 else (422, False)
    assert answers == [(302, True), second]
    assert User.objects.count() == 1


@pytest.mark.usefixtures("with_mail")
def test_with_mail_a_second_sign_up_looks_alike_and_sends_one_mail(stranger):
    ends, _other = twice(stranger, "/accounts/signup/", CARLA)

    assert ends == [(200, "/accounts/confirm-email/")] * 2
    assert subjects() == ["Confirm your email address"]


@pytest.mark.usefixtures("with_mail")
def test_with_mail_the_second_of_two_mails_the_code_if_it_is_first(stranger):
    """The account is there, and no mail yet: the other request is about to send it."""
    User.objects.create_user(CARLA["email"], CARLA["password1"])
    stranger.post("/accounts/signup/", CARLA)

    assert subjects() == ["Confirm your email address"]


@pytest.mark.usefixtures("with_mail")
def test_with_mail_another_password_gets_no_code(stranger):
    """Else the owner of the address would confirm the account of somebody who took it first."""
    User.objects.create_user(CARLA["email"], "a squatter's own words")
    stranger.post("/accounts/signup/", CARLA)

    assert subjects() == ["You already have an account"]


@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize("verified", [True, False])
def test_with_mail_a_sign_up_hashes_once_whoever_is_known(stranger, alice, hashed, verified):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=verified, primary=True)
    hashed.clear()
    for password in ("ten sets a day", ALICE["password"]):
        answer = stranger.post("/accounts/signup/", {"email": alice.email, "password1": password})
        assert answer["Location"].startswith("/accounts/confirm-email/")

    assert len(hashed) == 2
    assert not is_logged_in(stranger)


def test_a_second_log_in_is_in_too(stranger, alice):
    ends, other = twice(stranger, "/accounts/login/", {**ALICE, "next": "/progress/"})

    assert ends == [(200, "/progress/")] * 2
    assert is_logged_in(other)


@pytest.fixture
def reset_page(stranger, alice):
    """The form behind the link of a mail."""
    stranger.post("/accounts/password/reset/", {"email": alice.email})
    link = re.search(r"https?://[^/]+(/\S+/key/\S+)", mail.outbox[-1].body)[1]
    return stranger.get(link)["Location"]


@pytest.mark.usefixtures("with_mail")
def test_a_new_password_set_twice_is_set(stranger, alice, reset_page):
    ends, _other = twice(stranger, reset_page, NEW)

    assert ends == [(200, "/accounts/password/reset/key/done/ password-saved")] * 2
    assert guess(stranger, 1, password=NEW["password1"]) == [302]


@pytest.mark.usefixtures("with_mail")
def test_a_used_link_with_another_password_is_dead(stranger, alice, reset_page):
    stranger.post(reset_page, NEW)
    others = dict.fromkeys(NEW, "a stranger's words")
    answers = [Client().post(reset_page, others).status_code for _ in range(6)]

    assert answers == [404] * 5 + [429]
    assert guess(Client(), 1, password=NEW["password1"]) == [429]  # they counted as guesses


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/"])
def test_a_form_of_a_visitor_left_open_leads_on_who_is_in(careful_client, path):
    """Another tab logged in, which changed the token of this browser."""
    answer = careful_client.post(path, {**ALICE, **CARLA, "next": "/progress/", "csrfmiddlewaretoken": "a" * 64})

    assert (answer.status_code, answer["Location"]) == (303, f"{path}?next=%2Fprogress%2F")
    assert careful_client.get(answer["Location"])["Location"] == "/progress/"


def test_a_log_out_with_an_old_token_asks_again(careful_client):
    """It is no form of a visitor, so nothing is done and nothing is said to be done."""
    answer = careful_client.post("/accounts/logout/", {"csrfmiddlewaretoken": "a" * 64})

    assert answer.status_code == 403
    assert is_logged_in(careful_client)


def test_a_stranger_with_an_old_token_is_told_to_load_the_page_again(db):
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {**ALICE, "csrfmiddlewaretoken": "a" * 64})

    assert answer.status_code == 403
    assert settings.CSRF_COOKIE_NAME not in answer.cookies
