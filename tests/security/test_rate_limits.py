"""Guessing passwords: how many tries there are, and that they do not lock the owner out."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail, signing
from django.db import connection
from django.test import Client
from django.utils import timezone

from exercises.accounts import known_devices
from exercises.models import LoginAttempts, User
from exercises.web import rate_limits
from footcare.network import client_address
from tests.support.log_ins import ALICE, BOB, guess, try_to_log_in
from tests.support.phone import FRIDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def standing_clock():
    """Friday morning, and the clock only moves when it is moved."""
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


def test_the_sixth_wrong_password_is_refused_before_it_is_hashed(stranger, alice, hashed, standing_clock):
    assert guess(stranger, 5) == [422] * 5
    hashed.clear()
    answer = try_to_log_in(stranger)

    assert (answer.status_code, answer["Retry-After"], hashed) == (429, "300", [])
    assert b"Please wait 5 minutes" in answer.content


def test_the_right_password_does_not_get_in_until_five_minutes_are_over(stranger, alice, standing_clock):
    guess(stranger, 5)
    standing_clock.shift(timedelta(seconds=299))
    assert try_to_log_in(stranger, password=ALICE["password"]).status_code == 429
    standing_clock.shift(timedelta(seconds=2))

    assert try_to_log_in(stranger, password=ALICE["password"]).status_code == 302


def test_an_account_has_one_count_however_its_address_is_written(stranger, alice):
    guess(stranger, 3)
    guess(stranger, 2, email=" ALICE@Example.org ")

    assert try_to_log_in(stranger, email="Alice@example.org").status_code == 429


def test_a_right_password_is_no_guess(stranger, alice):
    guess(stranger, 4)
    try_to_log_in(Client(), password=ALICE["password"])

    assert guess(stranger, 2) == [422, 429]


def test_the_21st_wrong_password_from_one_address_is_refused(stranger, standing_clock):
    answers = [try_to_log_in(stranger, email=f"{number}@example.org") for number in range(21)]

    assert [answer.status_code for answer in answers] == [422] * 20 + [429]
    assert answers[-1]["Retry-After"] == "600"
    assert try_to_log_in(stranger, email="21@example.org", REMOTE_ADDR="192.0.2.7").status_code == 422


def test_an_ipv6_caller_has_one_count_for_all_the_addresses_of_his_network(stranger):
    for number in range(20):
        try_to_log_in(stranger, email=f"{number}@example.org", REMOTE_ADDR=f"2001:db8::{number:x}")

    assert try_to_log_in(stranger, email="20@example.org", REMOTE_ADDR="2001:db8::ffff").status_code == 429
    assert try_to_log_in(stranger, email="21@example.org", REMOTE_ADDR="2001:db8:0:1::1").status_code == 422


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("account", "let_through"), [("one", 5), ("each its own", 20)])
def test_32_tries_at_once_get_no_further_than_one_after_the_other(alice, hashed, account, let_through):
    together = Barrier(32)

    def try_once(number):
        email = "alice@example.org" if account == "one" else f"{number}@example.org"
        try:
            together.wait()
            return try_to_log_in(Client(), email=email).status_code
        finally:
            connection.close()

    hashed.clear()
    with ThreadPoolExecutor(32) as pool:
        answers = sorted(pool.map(try_once, range(32)))

    assert answers == [422] * let_through + [429] * (32 - let_through)
    assert len(hashed) == let_through


def test_the_owner_is_not_locked_out_on_a_device_he_used_before(stranger, alice):
    phone = Client()
    try_to_log_in(phone, password=ALICE["password"])
    phone.post("/accounts/logout/")
    guess(stranger, 6)

    assert try_to_log_in(phone, password=ALICE["password"]).status_code == 302


def test_a_known_device_has_five_tries_of_its_own(alice, bob):
    phone = Client()
    try_to_log_in(phone, password=ALICE["password"])
    phone.post("/accounts/logout/")

    assert guess(phone, 6) == [422] * 5 + [429]
    assert guess(phone, 6, email="bob@example.org") == [422] * 5 + [429]  # it is known for Alice alone


def test_the_cookie_of_a_device_is_hidden_from_scripts_and_other_sites(stranger, alice):
    try_to_log_in(stranger, password=ALICE["password"])
    cookie = stranger.cookies["device"]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_a_forged_device_is_none(stranger, alice, settings):
    forged = {str(alice.pk): "a-device.and-its-proof"}
    signed = signing.dumps(forged, salt=known_devices.SALT)
    by_another_key = signing.dumps(forged, key="another key", salt=known_devices.SALT)
    for_another_purpose = signing.dumps(forged, salt="another purpose")
    guess(stranger, 5)

    for cookie in ("", "junk", "1:x:y", signed, by_another_key, for_another_purpose):
        stranger.cookies["device"] = cookie
        assert try_to_log_in(stranger).status_code == 429


def test_a_device_can_be_known_for_a_household(stranger, alice, bob):
    for email, password in [ALICE.values(), BOB.values()]:
        try_to_log_in(stranger, email=email, password=password)
        stranger.post("/accounts/logout/")
    guess(Client(), 5)

    assert try_to_log_in(stranger, password=ALICE["password"]).status_code == 302


def test_a_forged_forwarding_changes_nothing(stranger, alice):
    for number in range(20):
        try_to_log_in(stranger, email=f"{number}@example.org", headers={"X-Forwarded-For": f"198.51.100.{number}"})

    assert try_to_log_in(stranger, email="21@example.org").status_code == 429


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("proxies", "forwarded", "address", "why"),
    [
        (0, "198.51.100.1", "192.0.2.1", "nobody is trusted"),
        (1, "198.51.100.1", "198.51.100.1", "the proxy says who asked"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1", "the caller forged an entry"),
        (2, "203.0.113.9, 198.51.100.1, 10.0.0.1", "198.51.100.1", "two proxies, one forged entry"),
        (2, "198.51.100.1", "192.0.2.1", "fewer entries than proxies"),
        (1, "", "192.0.2.1", "the proxy is silent"),
        (1, "alice' OR 1=1", "192.0.2.1", "no address"),
        (1, "2001:DB8::1", "2001:db8::1", "one spelling"),
        (1, "::ffff:198.51.100.1", "198.51.100.1", "IPv4, as a socket for both kinds tells it"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else None,
)
def test_the_address_is_what_the_nearest_trusted_sender_says(rf, settings, proxies, forwarded, address, why):
    settings.TRUSTED_PROXY_COUNT = proxies

    assert client_address(rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})) == address


def test_what_counts_no_more_is_forgotten_and_names_nobody(stranger, alice, standing_clock):
    guess(stranger, 1)
    assert not [tries for tries in LoginAttempts.objects.all() if "alice" in tries.key or "127" in tries.key]
    standing_clock.shift(timedelta(days=1, seconds=1))
    guess(stranger, 1, email="nobody@example.org")

    assert LoginAttempts.objects.count() == 2


@pytest.mark.parametrize("ahead", [timedelta(days=2), timedelta(minutes=11)], ids=str)
def test_a_clock_put_back_locks_nobody_out(stranger, alice, standing_clock, ahead):
    standing_clock.shift(ahead)
    assert guess(stranger, 6)[-1] == 429
    standing_clock.shift(-ahead)

    assert try_to_log_in(stranger, password=ALICE["password"]).status_code == 302
    assert guess(Client(), 5) == [422] * 5
    assert try_to_log_in(Client()).status_code == 429
    assert LoginAttempts.objects.count() == 2  # those of the future are forgotten


def test_a_clock_put_forward_locks_nobody_out(stranger, alice, standing_clock):
    guess(stranger, 5)
    standing_clock.shift(timedelta(days=2))

    assert try_to_log_in(stranger, password=ALICE["password"]).status_code == 302


def test_a_clock_put_back_a_little_still_counts(stranger, alice, standing_clock):
    guess(stranger, 5)
    standing_clock.shift(-timedelta(seconds=1))

    assert try_to_log_in(stranger).status_code == 429


def test_nothing_is_taken_when_one_of_the_limits_is_reached(db):
    tight, wide = rate_limits.Limit("tight", 1, 60), rate_limits.Limit("wide", 2, 60)
    rate_limits.acquire([tight, wide], timezone.now())
    with pytest.raises(rate_limits.RateLimited):
        rate_limits.acquire([tight, wide], timezone.now())

    rate_limits.acquire([wide], timezone.now())


CHANGE = {"password1": "quite other words", "password2": "quite other words"}


def test_whoever_finds_a_phone_open_has_five_guesses_at_the_old_password(alice_client, stranger, alice, settings):
    settings.ACCOUNT_RATE_LIMITS |= {"change_password": None}
    fields = {**CHANGE, "oldpassword": "a guess"}
    answers = [alice_client.post("/accounts/password/change/", fields).status_code for _ in range(6)]

    assert answers == [422] * 5 + [429]
    assert try_to_log_in(stranger).status_code == 429
    assert User.objects.get().check_password(ALICE["password"])


def test_the_admin_asks_for_the_old_password_where_everybody_is_asked(admin_client):
    assert admin_client.post("/desk/password_change/")["Location"] == "/accounts/password/change/"


def test_with_a_new_password_all_devices_but_this_one_are_strangers(alice):
    here, elsewhere = Client(), Client()
    for phone in (here, elsewhere):
        try_to_log_in(phone, password=ALICE["password"])
    here.post("/accounts/password/change/", {**CHANGE, "oldpassword": ALICE["password"]})
    for phone in (here, elsewhere):
        phone.post("/accounts/logout/")
    guess(Client(), 5)

    assert try_to_log_in(here, password="quite other words").status_code == 302
    assert try_to_log_in(elsewhere, password="quite other words").status_code == 429


@pytest.mark.usefixtures("with_mail")
def test_a_new_password_set_by_mail_proves_the_owner(stranger, alice):
    guess(Client(), 5)
    stranger.post("/accounts/password/reset/", {"email": "alice@example.org"})
    [link] = re.findall(r"/accounts/password/reset/key/\S+", mail.outbox[0].body)
    form = stranger.get(link)["Location"]
    stranger.post(form, CHANGE)

    assert try_to_log_in(stranger, password="quite other words").status_code == 302


@pytest.mark.usefixtures("with_mail")
def test_all_addresses_of_an_account_have_one_count(stranger, alice):
    for number in range(3):
        EmailAddress.objects.create(user=alice, email=f"alice.{number}@example.org", verified=True)
    guess(stranger, 3)
    guess(stranger, 2, email="alice.0@example.org")

    assert try_to_log_in(stranger, email="alice.1@example.org").status_code == 429
