"""A passkey logs in, and proves once more who somebody is. Whatever is wrong with it ends with one sentence."""

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponseRedirect
from django.test import Client

from exercises.accounts import second_step
from exercises.models import AccountEvent
from exercises.record.erasure import erase
from tests.conftest import logged_in
from tests.support.log_ins import ALICE, log_in
from tests.support.ways_in.passkey import AS_JSON, LOG_IN, PROVE, Passkey, add_passkey, log_in_with, options_of

pytestmark = pytest.mark.django_db
FAILED = "/accounts/login/?said=passkey-unknown"


@pytest.fixture
def passkey(alice):
    added, answer = add_passkey(log_in(Client()))
    assert answer.status_code == 303
    return added


def gets_in(client):
    return client.get("/settings/").status_code == 200


def test_a_passkey_logs_in_without_address_and_password(passkey, stranger, alice):
    asked = options_of(stranger, LOG_IN)["publicKey"]
    answer = log_in_with(stranger, passkey)

    assert (asked["rpId"], asked["allowCredentials"], asked["userVerification"]) == ("testserver", [], "required")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert gets_in(stranger)
    assert "device" in stranger.cookies  # which is known from now on
    assert Authenticator.objects.get().last_used_at is not None
    assert AccountEvent.objects.of(alice)[0].kind == AccountEvent.Kind.LOGGED_IN_ON_NEW_DEVICE


@pytest.mark.one_database
@pytest.mark.parametrize("origin", ["http://localhost:8000", "http://localhost", "https://localhost"])
def test_localhost_needs_no_https(alice, settings, origin):
    passkey = Passkey("localhost", origin)
    at_home = log_in(Client(headers={"Host": "localhost"}))
    add_passkey(at_home, passkey)

    assert log_in_with(Client(headers={"Host": "localhost"}), passkey)["Location"] == "/"


@pytest.mark.parametrize(
    ("asked", "leads"),
    [("/progress/", "/progress/"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("", "/")],
)
def test_a_log_in_leads_on_to_the_page_that_was_asked_for(passkey, stranger, asked, leads):
    assert log_in_with(stranger, passkey, asked)["Location"] == leads


def test_what_was_asked_for_is_kept_when_it_fails(passkey, stranger):
    answer = log_in_with(stranger, Passkey(), "/progress/")

    assert answer["Location"] == "/accounts/login/?next=%2Fprogress%2F&said=passkey-unknown"
    page = stranger.get(answer["Location"]).content.decode()
    assert page.count('name="next" value="/progress/"') == 2
    assert "This passkey did not work here" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"origin": "https://below.testserver"},
        {"origin": "http://testserver"},
        {"host": "evil.example"},
        {"verified": False},
        {"handle": b"zzzz"},
        {"handle": b""},
        {"handle": b"\xff"},
        {"handle": b"zzzzzzzzzzzzz"},
    ],
    ids=str,
)
def test_a_signature_for_another_site_or_of_another_user_is_refused(passkey, stranger, bob, wrong):
    assert log_in_with(stranger, passkey, **wrong)["Location"] == FAILED
    assert not gets_in(stranger)


def test_a_passkey_of_one_user_does_not_log_in_another(passkey, stranger, bob):
    assert log_in_with(stranger, passkey, handle=str(bob.pk).encode())["Location"] == FAILED


def test_a_passkey_that_was_removed_is_unknown(passkey, stranger):
    Authenticator.objects.all().delete()

    assert log_in_with(stranger, passkey)["Location"] == FAILED


def test_a_passkey_of_an_erased_account_is_unknown(passkey, stranger, alice):
    erase(alice)

    assert not Authenticator.objects.exists()
    assert log_in_with(stranger, passkey)["Location"] == FAILED


def test_an_account_that_is_turned_off_stays_out(passkey, stranger, alice):
    alice.is_active = False
    alice.save()

    assert log_in_with(stranger, passkey)["Location"] == "/accounts/inactive/"
    assert not gets_in(stranger)


def test_an_answer_counts_once_and_for_the_browser_that_asked(passkey, stranger):
    form = {"credential": passkey.signed(options_of(stranger, LOG_IN))}
    assert Client().post(LOG_IN, form)["Location"] == FAILED
    assert stranger.post(LOG_IN, form)["Location"] == "/"
    stranger.post("/accounts/logout/")

    assert stranger.post(LOG_IN, form)["Location"] == FAILED


def test_after_a_wrong_answer_the_right_one_comes_too_late(passkey, stranger):
    form = {"credential": passkey.signed(options_of(stranger, LOG_IN))}
    stranger.post(LOG_IN, {"credential": "{}"})

    assert stranger.post(LOG_IN, form)["Location"] == FAILED


def test_an_answer_to_an_older_question_is_refused(passkey, stranger):
    form = {"credential": passkey.signed(options_of(stranger, LOG_IN))}
    options_of(stranger, LOG_IN)

    assert stranger.post(LOG_IN, form)["Location"] == FAILED


@pytest.mark.parametrize("junk", ["", "{", "[]", "null", '{"rawId": "A", "response": {}}', "[" * 9000])
def test_junk_in_place_of_an_answer_is_refused(stranger, db, junk):
    options_of(stranger, LOG_IN)

    assert stranger.post(LOG_IN, {"credential": junk})["Location"] == FAILED


def test_a_second_submit_leads_on_like_the_first(passkey, stranger):
    form = {"credential": passkey.signed(options_of(stranger, LOG_IN)), "next": "/progress/"}

    assert [stranger.post(LOG_IN, form)["Location"] for _ in range(2)] == ["/progress/"] * 2


def test_whoever_is_logged_in_already_is_led_on(passkey, alice_client):
    assert alice_client.get(LOG_IN, headers=AS_JSON).status_code == 302
    assert alice_client.get(f"{LOG_IN}?next=/progress/")["Location"] == "/progress/"


def test_without_a_script_its_address_leads_to_the_log_in(stranger, db):
    assert stranger.get(f"{LOG_IN}?next=/progress/")["Location"] == "/accounts/login/?next=%2Fprogress%2F"


def test_our_own_pages_may_ask_the_browser_for_passkeys(stranger, db):
    allowed = stranger.get("/accounts/login/")["Permissions-Policy"].split(", ")

    assert {"publickey-credentials-get=(self)", "publickey-credentials-create=(self)"} <= set(allowed)


def test_too_many_questions_are_refused_with_a_sentence(stranger, db):
    answers = [stranger.get(LOG_IN, headers=AS_JSON) for _ in range(31)]

    assert [each.status_code for each in answers] == [200] * 30 + [429]
    assert stranger.post(LOG_IN, {"credential": ""}).status_code == 429
    assert answers[-1].json()["error"].startswith("Too many tries")


def test_a_passkey_is_asked_for_no_code_and_a_password_after_it_is(passkey, stranger, alice, monkeypatch):
    monkeypatch.setattr(second_step, "headed_redirect_response", HttpResponseRedirect)  # its page is not ours
    Authenticator.objects.create(user=alice, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    assert log_in_with(stranger, passkey)["Location"] == "/"
    stranger.post("/accounts/logout/")

    assert stranger.post("/accounts/login/", ALICE)["Location"] == "mfa_authenticate"
    assert not gets_in(stranger)


def long_ago(alice):
    """Logged in, but not lately."""
    return logged_in(alice)


def prove_with(client, passkey, following="/accounts/passkeys/add/", **changes):
    return client.post(PROVE, {"credential": passkey.signed(options_of(client, PROVE), **changes), "next": following})


def test_a_passkey_proves_again_who_somebody_is(passkey, alice):
    client = long_ago(alice)
    asked = options_of(client, PROVE)["publicKey"]

    assert [len(asked["allowCredentials"]), asked["userVerification"]] == [1, "required"]
    assert prove_with(client, passkey)["Location"] == "/accounts/passkeys/add/"
    assert client.get("/accounts/passkeys/add/").status_code == 200


def test_a_wrong_passkey_proves_nothing_and_the_page_says_so(passkey, alice, bob):
    client = long_ago(bob)
    answer = prove_with(client, passkey)

    assert answer["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Fpasskeys%2Fadd%2F&said=passkey-unknown"
    assert client.get("/accounts/passkeys/add/").status_code == 303
    assert prove_with(long_ago(alice), passkey, verified=False).status_code == 303


def test_who_has_only_a_passkey_erases_the_account_with_it(passkey, alice):
    alice.set_unusable_password()
    alice.save()
    client = long_ago(alice)
    assert client.post("/settings/erase/", {"sure": "yes"}).status_code == 303
    prove_with(client, passkey, "/settings/erase/")

    assert client.post("/settings/erase/", {"sure": "yes"}).status_code == 200
    assert not Authenticator.objects.exists()
    assert not AccountEvent.objects.exists()


def test_an_export_holds_nothing_of_a_passkey(passkey, alice_client):
    exported = alice_client.get("/export.json").content.decode()

    assert "passkey" not in exported.lower()
    assert "Phone" not in exported
