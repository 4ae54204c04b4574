"""What happened lately: which acts are listed, for whom, and how many."""

import pytest
from django.test import Client
from django.utils import timezone

from exercises.models import AccountEvent
from exercises.models.account_event import MOST
from tests.support.log_ins import CHANGE, log_in

pytestmark = pytest.mark.django_db
Kind = AccountEvent.Kind


def kinds(user):
    return [each.kind for each in AccountEvent.objects.of(user)]


def test_a_log_in_is_listed_and_whether_the_device_is_new(alice):
    phone = log_in(Client())
    log_in(Client())
    phone.post("/accounts/logout/")
    log_in(phone)

    assert kinds(alice) == [Kind.LOGGED_IN, Kind.LOGGED_IN_ON_NEW_DEVICE, Kind.LOGGED_IN]


def test_a_new_password_is_listed_with_the_device_that_set_it(alice):
    phone = log_in(Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Version/18 Safari/604"}))
    phone.post("/accounts/password/change/", CHANGE)

    newest = AccountEvent.objects.of(alice).first()
    assert (newest.kind, newest.device) == (Kind.PASSWORD_CHANGED, "Safari on iPhone")


def test_of_a_user_the_newest_are_kept_and_of_others_all(alice, bob):
    AccountEvent.objects.keep(bob, Kind.LOGGED_IN, "", timezone.now())
    for _ in range(MOST + 3):
        AccountEvent.objects.keep(alice, Kind.LOGGED_IN, "", timezone.now())
    AccountEvent.objects.keep(alice, Kind.CODES_ON, "", timezone.now())

    assert kinds(alice) == [Kind.CODES_ON] + [Kind.LOGGED_IN] * (MOST - 1)
    assert kinds(bob) == [Kind.LOGGED_IN]


def test_bob_sees_nothing_of_alice_there(alice, bob_client):
    AccountEvent.objects.keep(alice, Kind.CODES_ON, "Alice’s phone", timezone.now())

    assert "Alice’s phone" not in bob_client.get("/settings/security/").text
