"""An account without a password: a confirmed address, then a passkey; and the way back for users who lose it."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from exercises.accounts.ways_in import ways_in_of
from exercises.models import AccountEvent, CompletedSet, User
from tests.support.phone import a_trial
from tests.support.twice import is_logged_in
from tests.support.ways_in.mailed import CONFIRM, newest_code, subjects
from tests.support.ways_in.passkey import AS_JSON, Passkey, log_in_with, options_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_mail", "catalogue", "friday_morning")]
SIGN_UP, MAKE = "/accounts/signup/passkey/", "/accounts/signup/passkey/make/"
CARLA = "carla@example.org"


def sign_up(client, **fields):
    return client.post(SIGN_UP, {"email": CARLA, **fields})


@pytest.fixture
def confirmed(stranger):
    """Carla's browser, which is to make the passkey now."""
    assert sign_up(stranger)["Location"].startswith(CONFIRM)
    assert stranger.post(CONFIRM, {"code": newest_code()})["Location"].startswith(MAKE)
    return stranger


@pytest.fixture
def passkey():
    return Passkey("feet.example.org", "https://feet.example.org")


def make(client, passkey, **changes):
    return client.post(MAKE, {"credential": passkey.made(options_of(client, MAKE), **changes)})


def test_an_account_begins_with_a_confirmed_address_and_a_passkey(confirmed, passkey):
    answer = make(confirmed, passkey)
    carla = User.objects.get()

    assert answer["Location"].startswith("/first/1/")
    assert is_logged_in(confirmed)
    assert (carla.has_usable_password(), carla.prescriptions.count()) == (False, 4)
    assert carla.preferences
    assert EmailAddress.objects.get().verified
    assert AccountEvent.objects.of(carla).filter(kind=AccountEvent.Kind.PASSKEY_ADDED).exists()


def test_the_passkey_logs_in_afterwards(confirmed, passkey):
    make(confirmed, passkey)
    elsewhere = Client()

    assert log_in_with(elsewhere, passkey)["Location"] == "/"
    assert is_logged_in(elsewhere)


def test_the_page_asked_for_follows_also_after_a_code_for_the_address(confirmed, passkey):
    make(confirmed, passkey)
    EmailAddress.objects.update(verified=False)
    mail.outbox.clear()
    elsewhere = Client()
    assert log_in_with(elsewhere, passkey, "/progress/")["Location"].startswith(CONFIRM)

    assert elsewhere.post(CONFIRM, {"code": newest_code()})["Location"].startswith("/progress/")


def test_the_sets_of_a_trial_come_along(stranger, passkey):
    sign_up(stranger, trial=json.dumps(a_trial()))
    stranger.post(CONFIRM, {"code": newest_code()})
    make(stranger, passkey)

    assert CompletedSet.objects.of(User.objects.get()).exists()


def test_the_page_that_was_asked_for_follows(stranger, passkey):
    sign_up(stranger, next="/progress/")
    stranger.post(CONFIRM, {"code": newest_code()})

    assert make(stranger, passkey)["Location"] == "/progress/"


def test_without_the_code_of_the_mail_no_passkey_is_made(stranger, passkey):
    sign_up(stranger)

    assert stranger.get(MAKE).status_code == 302
    assert stranger.get(MAKE, headers=AS_JSON).status_code == 302
    assert stranger.post(MAKE, {"later": "yes"}).status_code == 302
    assert not is_logged_in(stranger)


def test_not_now_is_an_account_with_mailed_codes_only(confirmed):
    answer = confirmed.post(MAKE, {"later": "yes"})
    ways_in = ways_in_of(User.objects.get())

    assert answer["Location"].startswith("/first/1/")
    assert is_logged_in(confirmed)
    assert (ways_in.password, ways_in.mailed_code, ways_in.passkeys) == (False, True, [])


def test_who_stops_before_the_passkey_finds_the_page_again(confirmed):
    assert confirmed.get(MAKE).status_code == 200
    assert confirmed.get("/accounts/login/")["Location"] == MAKE
    assert confirmed.get("/accounts/signup/")["Location"] == MAKE


def test_what_is_wrong_with_a_passkey_is_told_and_it_can_be_made_again(confirmed, passkey):
    answer = make(confirmed, passkey, origin="https://evil.example")

    assert (answer.status_code, b"This did not work" in answer.content) == (422, True)
    assert make(confirmed, passkey).status_code == 302


def test_a_second_submit_leads_on(confirmed, passkey):
    form = {"credential": passkey.made(options_of(confirmed, MAKE))}
    confirmed.post(MAKE, form)

    assert confirmed.post(MAKE, form)["Location"].startswith("/first/1/")
    assert Authenticator.objects.count() == 1


def test_the_form_sent_twice_makes_one_account_and_leads_to_its_code(stranger):
    answers = [sign_up(stranger)["Location"] for _ in range(2)]

    assert [each.startswith(CONFIRM) for each in answers] == [True, True]
    assert User.objects.count() == 1
    assert subjects() == ["Confirm your email address"]
    assert stranger.post(CONFIRM, {"code": newest_code()})["Location"].startswith(MAKE)


@pytest.mark.parametrize("form", [None, {"later": "yes"}, {"credential": "{}"}], ids=str)
def test_an_account_that_was_erased_meanwhile_logs_nobody_in(confirmed, form):
    User.objects.get().delete()
    answer = confirmed.get(MAKE) if form is None else confirmed.post(MAKE, form)

    assert answer["Location"] == "/accounts/login/"
    assert not is_logged_in(confirmed)


def test_an_account_that_was_erased_meanwhile_is_asked_for_nothing(confirmed):
    User.objects.get().delete()

    assert confirmed.get(MAKE, headers=AS_JSON).status_code == 302


def test_who_has_the_most_passkeys_already_logs_in_all_the_same(confirmed, passkey, monkeypatch):
    monkeypatch.setattr("exercises.accounts.passkeys.MOST_PASSKEYS", 0)

    assert make(confirmed, passkey)["Location"].startswith("/first/1/")


def test_a_known_address_looks_the_same_and_its_owner_is_told(stranger, alice):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    answers = [sign_up(Client(), email=email) for email in (alice.email, CARLA)]

    assert len({(each.status_code, each["Location"]) for each in answers}) == 1
    assert [letter.to for letter in mail.outbox] == [[alice.email], [CARLA]]
    assert User.objects.get(email=alice.email).has_usable_password()


def test_a_strangers_unfinished_sign_up_is_not_taken_over_from_elsewhere(confirmed):
    elsewhere = Client()
    sign_up(elsewhere)

    assert elsewhere.get(MAKE).status_code == 302
    assert not Authenticator.objects.exists()


def test_a_lost_device_is_made_up_for_by_a_new_password_by_mail(confirmed, passkey):
    make(confirmed, passkey)
    mail.outbox.clear()
    elsewhere = Client()
    elsewhere.post("/accounts/password/reset/", {"email": CARLA})
    [link] = re.findall(r"/accounts/password/reset/key/\S+", mail.outbox[0].body)
    form = elsewhere.get(link)["Location"]
    elsewhere.post(form, {"password1": "ten sets a day", "password2": "ten sets a day"})

    assert not is_logged_in(confirmed)  # the lost device
    assert elsewhere.post("/accounts/login/", {"login": CARLA, "password": "ten sets a day"}).status_code == 302
    lost = Authenticator.objects.get()
    assert elsewhere.post(f"/accounts/passkeys/{lost.pk}/remove/")["Location"].endswith("said=passkey-removed")
    assert log_in_with(Client(), passkey)["Location"] == "/accounts/login/?said=passkey-unknown"


def test_the_sign_up_page_offers_it(stranger):
    page = stranger.get("/accounts/signup/?tried=yes&next=/progress/").content.decode()

    assert "/accounts/signup/passkey/?next=%2Fprogress%2F&amp;tried=yes" in page
    assert 'name="trial"' in stranger.get("/accounts/signup/passkey/?tried=yes").content.decode()


def test_without_mail_it_is_not_offered(stranger, settings):
    settings.MAIL_ENABLED = settings.MFA_PASSKEY_SIGNUP_ENABLED = False

    assert SIGN_UP not in stranger.get("/accounts/signup/").content.decode()
    assert stranger.get(SIGN_UP).status_code == 404
