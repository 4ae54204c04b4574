"""Log-in, sign-up and reset do not tell whether an account exists."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.support.log_ins import guess, try_to_log_in

pytestmark = pytest.mark.django_db

CARLA = {"email": "carla@example.org", "password1": "ten sets a day"}


def test_log_in_does_not_tell_whether_an_account_is_there(stranger, alice, hashed):
    hashed.clear()
    known, unknown = (try_to_log_in(stranger, email=f"{name}@example.org") for name in ("alice", "nobody"))

    assert known.status_code == unknown.status_code
    assert shown(known) == shown(unknown)
    assert len(hashed) == 2  # an unknown address takes as long


def test_the_limit_does_not_tell_either(stranger, alice):
    assert guess(stranger, 6) == guess(Client(), 6, email="nobody@example.org")


@pytest.mark.usefixtures("with_mail")
def test_with_mail_signing_up_does_not_tell_whether_an_account_is_there(stranger, alice, hashed):
    hashed.clear()
    unknown = stranger.post("/accounts/signup/", CARLA)
    known = Client().post("/accounts/signup/", {**CARLA, "email": "alice@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.cookies.keys() == unknown.cookies.keys()
    assert len(hashed) == 2
    assert [message.to for message in mail.outbox] == [["carla@example.org"], ["alice@example.org"]]


@pytest.mark.usefixtures("with_mail")
def test_a_reset_does_not_tell_whether_an_account_is_there(stranger, alice):
    known, unknown = (
        stranger.post("/accounts/password/reset/", {"email": f"{name}@example.org"}) for name in ("alice", "nobody")
    )

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("password", ["ten sets a day", "x"])
def test_without_mail_a_known_address_counts_like_a_wrong_password(stranger, alice, settings, password):
    """There, whoever signs up must see whether there is an account now; but nobody tries addresses by the thousand."""
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup": None}
    known = {**CARLA, "email": "alice@example.org", "password1": password}
    assert [stranger.post("/accounts/signup/", known).status_code for _ in range(20)] == [422] * 20

    for email in ("alice@example.org", "nobody@example.org"):
        assert stranger.post("/accounts/signup/", {**known, "email": email}).status_code == 429
        assert try_to_log_in(stranger, email=email).status_code == 429


def test_signing_up_a_class_takes_no_places(stranger, catalogue, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup": None}
    answers = [
        Client().post("/accounts/signup/", {**CARLA, "email": f"{n}@example.org"}).status_code for n in range(22)
    ]

    assert answers == [302] * 22


def shown(answer):
    """The page without its tokens and without what was typed."""
    page = re.sub(r'(?<=name="csrfmiddlewaretoken" value=")\w+', "", answer.content.decode())
    return page.replace("nobody@", "").replace("alice@", "")
