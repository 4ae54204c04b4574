"""A reset link proves the mailbox: what that opens, and what it must not leave open."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client

from exercises.accounts import known_devices
from tests.support.ways_in.codes import turn_on
from tests.support.ways_in.provider import through

pytestmark = pytest.mark.django_db
NEW = dict.fromkeys(("password1", "password2"), "quite other words")


@pytest.fixture
def mailbox(with_mail, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return mail.outbox


def reset(client, email, passwords=NEW):
    """Asks for a link and follows it. Returns the address of its form, and the answer."""
    client.post("/accounts/password/reset/", {"email": email})
    [link] = re.findall(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body)
    form = client.get(link)["Location"]
    return form, client.post(form, passwords)


def test_who_took_an_address_at_the_provider_is_not_confirmed_by_its_owner(single_sign_on, mailbox, client, stranger):
    through(client, "unsure")
    assert "_auth_user_id" not in client.session
    reset(stranger, "unsure@example.org")

    through(Client(), "unsure")
    assert not SocialAccount.objects.exists()
    assert EmailAddress.objects.get().verified


@pytest.mark.parametrize("confirmed", [True, False])
def test_passkeys_stay_if_the_address_was_confirmed_before(mailbox, alice, stranger, confirmed):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=confirmed, primary=True)
    Authenticator.objects.create(user=alice, type=Authenticator.Type.WEBAUTHN, data={})
    reset(stranger, alice.email)

    assert Authenticator.objects.exists() == confirmed
    assert EmailAddress.objects.get().verified


def test_a_reset_leaves_the_device_unknown_while_codes_are_on(mailbox, alice, stranger):
    """Else whoever reads the mailbox, or knows the password, could guess codes without the count of a day."""
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    turn_on(alice)
    form, answer = reset(stranger, alice.email)
    again = Client().post(form, NEW)
    made_up = Client().post(form.replace("set-password", "1-2"), NEW)

    assert [answer.status_code, again.status_code, made_up.status_code] == [302, 303, 303]
    assert [each.cookies.get(known_devices.COOKIE) for each in (answer, again, made_up)] == [None] * 3
