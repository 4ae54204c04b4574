"""One page to prove again who one is, with all that the user has."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from exercises.models import User
from tests.conftest import logged_in
from tests.support.log_ins import ALICE, guess
from tests.support.ways_in.codes import code_now, recovery_codes_of, turn_on

pytestmark = pytest.mark.django_db

PROOF = "/accounts/reauthenticate/"
ERASE = "/settings/erase/"


@pytest.fixture
def passwordless(catalogue):
    return User.objects.create_user("passwordless@example.org")


def asks_for(client):
    """The names of the fields that can be filled in."""
    page = client.get(PROOF).content.decode()
    return {name for name in ("password", "code") if f'name="{name}"' in page}


def proves(client, **fields):
    """Whether the page that needs a proof opens after this one."""
    answer = client.post(PROOF, {**fields, "next": ERASE})
    return answer.status_code == 302 and b"I know that nobody can undo this" in client.get(answer["Location"]).content


def test_it_asks_for_what_the_user_has(alice_client, alice, passwordless):
    assert asks_for(alice_client) == {"password"}
    assert asks_for(logged_in(turn_on(passwordless))) == {"code"}
    turn_on(alice)
    assert asks_for(alice_client) == {"password", "code"}


def test_a_password_a_code_and_a_recovery_code_prove_it(alice_client, alice):
    turn_on(alice)
    proofs = [{"password": ALICE["password"]}, {"code": code_now()}, {"code": recovery_codes_of(alice)[0]}]

    assert all(proves(logged_in(alice), **proof) for proof in proofs)
    assert len(recovery_codes_of(alice)) == 9


@pytest.mark.parametrize("fields", [{"password": "a guess"}, {"code": "000000"}, {}, {"password": ""}, {"other": "1"}])
def test_what_is_wrong_proves_nothing_and_the_page_asks_again(alice_client, alice, fields):
    turn_on(alice)
    answer = alice_client.post(PROOF, {**fields, "next": ERASE})

    assert answer.status_code == 422
    assert answer.content.decode().count(f'name="next" value="{ERASE}"') == 2
    assert alice_client.post(ERASE, {"sure": "yes"})["Location"].startswith(PROOF)


def test_wrong_codes_and_passwords_count_together(alice_client, alice):
    turn_on(alice)
    wrong = [{"password": "a guess"}, {"code": "000000"}] * 3

    assert [alice_client.post(PROOF, each).status_code for each in wrong] == [422] * 5 + [429]
    assert guess(Client(), 1) == [429]


def test_a_code_of_who_has_none_proves_nothing(alice_client, bob):
    turn_on(bob)

    assert not proves(alice_client, code=code_now())


def test_it_never_leads_to_another_site(alice_client):
    answer = alice_client.post(PROOF, {"password": ALICE["password"], "next": "//evil.example/"})

    assert answer["Location"] == "/settings/security/"


def test_who_has_only_mailed_codes_logs_out_and_comes_back(passwordless, with_mail):
    EmailAddress.objects.create(user=passwordless, email=passwordless.email, verified=True, primary=True)
    here = logged_in(passwordless)
    page = here.get(f"{PROOF}?next={ERASE}").content.decode()
    [back] = re.findall(r'name="next" value="([^"]+)"', page)

    assert back == "/accounts/code/?next=%2Fsettings%2Ferase%2F"
    assert 'class="btn btn-main btn-wide" type="submit">Log out and mail me a code' in page
    assert here.post("/accounts/logout/", {"next": back})["Location"] == back


def test_who_has_nothing_is_told_whom_to_ask(passwordless):
    assert b"Ask the person who runs this site" in logged_in(passwordless).get(PROOF).content
