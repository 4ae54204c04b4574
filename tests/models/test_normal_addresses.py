"""The migration that gives stored addresses their normal form."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.test import Client

from exercises.models import User
from tests.support.log_ins import try_to_log_in

pytestmark = pytest.mark.django_db

STORED = "carla@xn--bcher-kva.example"
AS_TYPED = "Carla@bücher.example"
migration = import_module("exercises.migrations.0003_normal_addresses")


def account(email, password, **address):
    """As a release before stored it."""
    user = User.objects.create_user(f"{password[:3]}@example.org", password)
    User.objects.filter(pk=user.pk).update(email=email)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=address.get("verified", True))
    return user


def migrate():
    for operation in migration.Migration.operations:
        operation.code(apps, None)


def address_of(user):
    address = EmailAddress.objects.get(user=user, primary=True)
    return User.objects.get(pk=user.pk).email, address.email, address.verified, address.primary


def logs_in(email, password):
    return try_to_log_in(Client(), email=email, password=password).status_code == 302


def test_an_address_as_it_was_typed_gets_its_normal_form(catalogue):
    carla, dora = account(AS_TYPED, "ten sets a day"), account("dora@example.org", "four sets a day")
    assert not logs_in(AS_TYPED, "ten sets a day")
    migrate()
    migrate()

    assert address_of(carla) == (STORED, STORED, True, True)
    assert address_of(dora) == ("dora@example.org",) * 2 + (True, True)
    assert logs_in(AS_TYPED, "ten sets a day")


@pytest.mark.parametrize("emails", [(STORED, AS_TYPED), (AS_TYPED, STORED), (AS_TYPED, "CARLA@bücher.example")])
def test_two_accounts_with_one_address_stay_apart_and_are_told(catalogue, caplog, emails):
    """Whose the address stays: the one that has it in its normal form, else the first."""
    users = [account(email, password) for email, password in zip(emails, ("ten sets", "six sets"), strict=True)]
    migrate()
    owner, other = sorted(users, key=lambda user: address_of(user)[0] != STORED)
    apart = f"account-{other.pk}@same-address.invalid"

    assert address_of(owner) == (STORED, STORED, True, True)
    assert address_of(other) == (apart, apart, True, True)
    assert owner == users[0] or emails[1] == STORED
    assert logs_in(STORED, "ten sets" if owner == users[0] else "six sets")
    assert logs_in(apart, "six sets" if owner == users[0] else "ten sets")
    [told] = [record for record in caplog.records if record.getMessage() == "two accounts with one address"]
    assert (told.account, told.what) == (other.pk, f"same as {owner.pk}")


def test_an_address_that_another_account_has_confirmed_is_kept_apart_too(catalogue):
    carla, dora = account(AS_TYPED, "ten sets a day"), account("dora@example.org", "four sets a day")
    EmailAddress.objects.create(user=dora, email=STORED, verified=True)
    migrate()

    assert address_of(carla)[0] == f"account-{carla.pk}@same-address.invalid"
    assert logs_in(STORED, "four sets a day")


TOO_LONG = f"carla@{'.'.join(['ü'] * 60)}.example"  # each label has 8 characters in its normal form


def test_an_address_too_long_in_its_normal_form_stays_and_is_told(catalogue, caplog):
    carla, dora = account(TOO_LONG, "ten sets a day"), account(AS_TYPED, "four sets a day")
    EmailAddress.objects.create(user=dora, email=f"d{TOO_LONG}")
    migrate()

    assert address_of(carla) == (TOO_LONG, TOO_LONG, True, True)
    assert address_of(dora)[0] == STORED
    assert EmailAddress.objects.filter(user=dora, email=f"d{TOO_LONG}").exists()
    told = {each.account for each in caplog.records if each.getMessage() == "an address too long to log in with"}
    assert told == {carla.pk, dora.pk}


@pytest.mark.parametrize("odd", ["", "@", "carla", "carla@", "carla@b\u2028ü.example", "carla@\u00ad.example"])
def test_an_address_that_is_none_stops_nothing(catalogue, odd):
    """As an old table, or the admin of a release before, may have held it."""
    account(odd, "ten sets a day")
    carla = account(AS_TYPED, "six sets a day")
    migrate()

    assert address_of(carla)[0] == STORED


def test_further_addresses_get_their_normal_form_once(catalogue):
    carla, dora = account("carla@example.org", "ten sets a day"), account("dora@example.org", "four sets a day")
    EmailAddress.objects.create(user=carla, email=AS_TYPED)
    EmailAddress.objects.create(user=carla, email=STORED)
    EmailAddress.objects.create(user=dora, email="d@BÜCHER.example", verified=True)
    EmailAddress.objects.create(user=dora, email="x@bücher.example", verified=True)
    EmailAddress.objects.create(user=carla, email="x@xn--bcher-kva.example", verified=True)
    migrate()

    assert sorted(EmailAddress.objects.filter(primary=False).values_list("user", "email")) == [
        (carla.pk, STORED),
        (carla.pk, "x@xn--bcher-kva.example"),
        (dora.pk, "d@xn--bcher-kva.example"),
    ]
