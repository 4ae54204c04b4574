"""Turns codes on and off: proved lately, once, with recovery codes that come and go with them."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from exercises.accounts import codes
from exercises.models import AccountEvent
from tests.support.log_ins import BOB, log_in, try_to_log_in
from tests.support.ways_in.codes import after_password, code_now, enter, held, is_logged_in, recovery_codes_of, turn_on

pytestmark = pytest.mark.django_db

ON, OFF, SHOWN, NEW = ("/accounts/codes/on/", "/accounts/codes/off/", "/accounts/recovery-codes/",
                       "/accounts/recovery-codes/new/")  # fmt: skip
FILE = "/accounts/recovery-codes/file/"


@pytest.fixture
def here(alice, stranger):
    """Alice's browser, in which she has just logged in."""
    return log_in(stranger)


def setup_in(client):
    """The key that the page shows, and what its form sends besides the code."""
    page = client.get(ON).content.decode()
    key = re.search(r'id="key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    return key, re.search(r'name="setup" value="([^"]+)"', page)[1]


def send(client, setup, code):
    return client.post(ON, {"setup": setup, "code": code})


def kinds_of(user):
    return list(AccountEvent.objects.of(user).values_list("kind", flat=True))


def later(**span):
    return time_machine.travel(timezone.now() + timedelta(**span))


def test_the_page_shows_the_key_as_picture_and_text_for_this_account(here):
    page = here.get(ON).content.decode()
    key, _setup = setup_in(here)
    address = re.search(r'href="(otpauth://[^"]+)"', page)[1]

    assert len(key) == 32
    assert address.startswith("otpauth://totp/alice%40example.org?secret=")
    assert address.endswith("&amp;issuer=Footcare")
    assert re.search(r'<svg class="qr-code" viewBox="0 0 \d+ \d+"[^>]*><path d="M4 4h', page)
    assert "style=" not in page


def test_a_code_of_the_app_turns_codes_on_and_shows_ten_recovery_codes(here, alice):
    key, setup = setup_in(here)
    answer = send(here, setup, code_now(key))
    page = here.get(answer["Location"]).content.decode()

    assert (answer.status_code, answer["Location"]) == (303, f"{SHOWN}?said=codes-on")
    assert re.findall(r">(\d{4} \d{4})</bdi>", page) == [f"{c[:4]} {c[4:]}" for c in recovery_codes_of(alice)]
    assert len(recovery_codes_of(alice)) == 10
    assert kinds_of(alice)[0] == "codes-on"
    assert enter(after_password(), code_now(key, half_minutes=1)).status_code == 302


def test_the_code_that_turned_them_on_is_used_up(here, alice):
    key, setup = setup_in(here)
    code = code_now(key)
    send(here, setup, code)

    assert enter(after_password(), code).status_code == 422


def test_a_wrong_code_shows_the_same_key_again(here, alice):
    key, setup = setup_in(here)
    answer = send(here, setup, "000000")

    assert answer.status_code == 422
    assert key == re.search(r'id="key">([A-Z2-7 ]+)<', answer.content.decode())[1].replace(" ", "")
    assert not codes.are_on(alice)
    assert send(here, setup, code_now(key)).status_code == 303


def test_a_form_that_was_open_too_long_gets_a_new_picture(here, alice):
    key, setup = setup_in(here)
    with later(minutes=61):
        here.post("/accounts/reauthenticate/", {"password": "alice's own words"})
        answer = send(here, setup, code_now(key))

    assert (answer.status_code, "open too long" in answer.content.decode()) == (422, True)
    assert key not in answer.content.decode().replace(" ", "")
    assert not codes.are_on(alice)


def test_two_tabs_have_each_their_own_key_and_both_work(here, alice):
    (first, setup), _second = setup_in(here), setup_in(here)

    assert send(here, setup, code_now(first)).status_code == 303
    assert codes.are_on(alice)


def test_sent_twice_it_ends_twice_at_the_recovery_codes(here, alice):
    key, setup = setup_in(here)
    ends = [send(here, setup, code_now(key))["Location"].partition("?")[0] for _ in range(2)]

    assert ends == [SHOWN, SHOWN]
    assert kinds_of(alice).count("codes-on") == 1


def test_the_setup_of_another_account_is_refused(here, alice, bob):
    secret, setup = codes.new_setup(bob)

    assert send(here, setup, code_now(secret)).status_code == 422
    assert not codes.are_on(alice)


@pytest.mark.parametrize("path", [ON, OFF, SHOWN, FILE, NEW])
def test_each_page_asks_for_a_new_proof_after_a_quarter_of_an_hour(here, alice, path):
    if path != ON:
        turn_on(alice)
    with later(minutes=15, seconds=1):
        answer = here.get(path)
        posted = here.post(path)

    assert answer["Location"].startswith("/accounts/reauthenticate/?next=%2Faccounts%2F")
    assert posted.status_code in (303, 405)
    assert codes.are_on(alice) == (path != ON)


def test_where_there_is_mail_the_address_has_to_be_confirmed_first(here, alice, with_mail):
    assert (here.get(ON).status_code, b"Confirm your email address first" in here.get(ON).content) == (403, True)
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    assert here.get(ON).status_code == 200


def test_turned_off_codes_and_recovery_codes_are_gone(here, alice):
    turn_on(alice)
    assert here.get(OFF).status_code == 200
    answers = [here.post(OFF)["Location"] for _ in range(2)]

    assert answers == ["/settings/security/?said=codes-off"] * 2
    assert not Authenticator.objects.filter(user=alice).exists()
    assert kinds_of(alice).count("codes-off") == 1
    assert try_to_log_in(Client(), password="alice's own words")["Location"] == "/"


def test_a_passkey_does_not_keep_recovery_codes(here, alice):
    turn_on(alice)
    Authenticator.objects.create(user=alice, type=Authenticator.Type.WEBAUTHN, data={})
    here.post(OFF)

    assert [each.type for each in Authenticator.objects.all()] == [Authenticator.Type.WEBAUTHN]


def test_codes_turned_on_again_come_with_new_recovery_codes(here, alice):
    before = recovery_codes_of(turn_on(alice))
    codes.turn_off(alice)
    turn_on(alice)

    assert not set(before) & set(recovery_codes_of(alice))


def test_recovery_codes_can_be_saved_as_a_file(here, alice):
    used, *left = recovery_codes_of(turn_on(alice))
    enter(after_password(), used)
    answer = here.get(FILE)

    assert answer["Content-Disposition"] == 'attachment; filename="footcare-recovery-codes.txt"'
    assert re.findall(r"^(\d{4}) (\d{4})$", answer.content.decode(), re.MULTILINE) == [(c[:4], c[4:]) for c in left]


def test_new_recovery_codes_end_the_old_ones_and_are_told(here, alice):
    old = recovery_codes_of(turn_on(alice))
    assert here.get(NEW).status_code == 200
    assert here.post(NEW)["Location"] == f"{SHOWN}?said=recovery-codes-made"

    assert enter(after_password(), old[0]).status_code == 422
    assert enter(after_password(), recovery_codes_of(alice)[0]).status_code == 302
    assert "recovery-made" in kinds_of(alice)


@pytest.mark.parametrize("path", [SHOWN, FILE, NEW, OFF])
def test_without_codes_these_pages_lead_to_the_security_page(here, path):
    assert here.get(path)["Location"] == "/settings/security/"


def test_a_passkey_alone_gets_no_recovery_codes(here, alice):
    Authenticator.objects.create(user=alice, type=Authenticator.Type.WEBAUTHN, data={})

    assert here.post(NEW)["Location"].startswith(SHOWN)
    assert held(alice, codes.Type.RECOVERY_CODES) is None


def test_nobody_sees_the_codes_of_another(alice, bob, stranger):
    turn_on(alice)
    stranger.post("/accounts/login/", BOB)

    assert is_logged_in(stranger)
    assert stranger.get(SHOWN)["Location"] == "/settings/security/"


@pytest.mark.parametrize("used", [0, 6, 7, 10])
def test_the_security_page_counts_codes_and_says_when_few_are_left(here, alice, used):
    recovery = held(turn_on(alice), codes.Type.RECOVERY_CODES)
    recovery.data["used_mask"] = 2**used - 1
    recovery.save()
    page = here.get("/settings/security/").content.decode()

    assert f'<b class="num">{10 - used}</b> of 10 left.' in page
    assert ("Few are left." in page) == (used >= 7)


def test_the_security_page_says_since_when_and_when_they_were_used_last(here, alice):
    with time_machine.travel("2026-11-03 12:00+00:00"):
        turn_on(alice)
    with time_machine.travel("2026-11-20 12:00+00:00"):
        enter(after_password(), code_now())
    page = here.get("/settings/security/").content.decode()

    assert "Since 3 November 2026, last used on 20 November 2026" in page
