"""An account as an admin makes it, without a password, meets no fault at any address."""

import pytest
from allauth.account.models import EmailAddress

from exercises.models import User
from exercises.record import demo
from tests.support.cast import Cast
from tests.support.phone import FRIDAY
from tests.support.rules import RULES, WITH_MAIL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

ALL = [*RULES.items(), *WITH_MAIL.items()]


@pytest.fixture
def passwordless(catalogue):
    user = User.objects.create_user("passwordless@example.org")
    demo.write(user, FRIDAY.date(), 7)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def harm_at(cast):
    seen = [cast.guests.ask(method, cast.path) for method in cast.rule.methods if method != "POST"]
    sent = [cast.guests.send("POST", cast.path, **example) for example in cast.examples()]
    return [f"{cast.name}: {fault}" for answer in seen + sent for fault in answer.faults()]


@pytest.mark.parametrize("mail", [False, True], ids=["without mail", "with mail"])
def test_who_has_no_password_meets_no_fault(passwordless, bob, mail, request, settings):
    if mail:
        request.getfixturevalue("with_mail")
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    address = EmailAddress.objects.create(user=passwordless, email="passwordless-too@example.org")
    casts = [Cast(name, rule, passwordless, bob, address) for name, rule in ALL if rule.mail == mail]

    assert [harm for cast in casts for harm in harm_at(cast)] == []
