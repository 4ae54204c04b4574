"""An account that another device erases while a request of its own is under way: a plain answer, and nothing is kept.

Whoever adds an address adds its rule in tests/support/rules.py: its requests are interrupted here too.
"""

from contextlib import contextmanager
from functools import partial
from itertools import count
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.db.transaction import Atomic
from django.test import Client

from exercises.accounts import backend
from exercises.models import LoginAttempts, User
from exercises.models.range_queries import user_of
from exercises.record import demo
from exercises.record.erasure import erase
from tests.support.cast import Cast
from tests.support.log_ins import ALICE, BOB
from tests.support.phone import FRIDAY
from tests.support.rules import ANYBODY, RULES, WITH_MAIL

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("friday_morning")]
ACTS = [
    (name, rule, logged_in)
    for name, rule in [*RULES.items(), *WITH_MAIL.items()]
    if "POST" in rule.methods and name != "account_signup"  # whose account is new
    for logged_in in ([True, False] if rule.users == ANYBODY else [True])
]
IDS = [f"{name}{' with mail' * rule.mail}{'' if logged_in else ' as a stranger'}" for name, rule, logged_in in ACTS]


@contextmanager
def erased_at(point, user):
    """Erases the user when the request is known to be hers (0), or at a later begin of a transaction. Yields whether
    it came to that.
    """
    passed, reached, enter = count(), [], Atomic.__enter__

    def pass_by():
        if not reached and next(passed) == point:
            reached.append(True)
            erase(User.objects.get(pk=user.pk))

    def look_who_it_is(pk):
        found = user_of(pk)
        pass_by()
        return found

    def begin(self):
        if not connection.in_atomic_block:
            pass_by()
        enter(self)

    with patch.object(Atomic, "__enter__", begin), patch.object(backend, "user_of", look_who_it_is):
        yield reached


def before(name, rule, logged_in=True):
    """The cast as new, before that address, and the browser of those who come there, logged in if they may be."""
    for left in (User, LoginAttempts):
        left.objects.all().delete()
    cache.clear()
    alice, bob = (User.objects.create_user(each["login"], each["password"]) for each in (ALICE, BOB))
    demo.write(alice, FRIDAY.date(), 2)
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    cast = Cast(name, rule, alice, bob, EmailAddress.objects.create(user=alice, email="alice-too@example.org"))
    requests = requests_to(cast)
    client = Client(raise_request_exception=False)
    browser = cast.guests if logged_in else cast.strangers
    client.cookies[settings.SESSION_COOKIE_NAME] = browser.cookies["sessionid"]
    client.cookies["tz"] = "Asia/Tokyo"  # so that every request writes
    return alice, client, requests


def requests_to(cast):
    """Each page and each form of the address, to be sent by a client."""
    sent = [partial(Client.get, path=cast.path)] if "GET" in cast.rule.methods else []
    sent += [partial(Client.post, path=cast.path, data=form) for form in cast.rule.forms(cast)]
    as_json = partial(Client.post, path=cast.path, content_type="application/json")
    return sent + [partial(as_json, data=document) for document in cast.rule.documents(cast)]


def left_of(user):
    """Her address and her log-in sessions; of her other rows the constraints tell."""
    log_ins = [each for each in Session.objects.all() if each.get_decoded().get(SESSION_KEY) == str(user.pk)]
    of_email = [each for model in (User, EmailAddress) for each in model.objects.filter(email__startswith="alice")]
    return log_ins + of_email


@pytest.mark.parametrize(("name", "rule", "logged_in"), ACTS, ids=IDS)
def test_an_account_erased_meanwhile_gets_a_plain_answer_and_is_gone(name, rule, logged_in, request, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    if rule.mail:
        request.getfixturevalue("with_mail")
    faults = []
    for number in range(len(before(name, rule, logged_in)[2])):
        for point in count():
            alice, client, requests = before(name, rule, logged_in)
            with erased_at(point, alice) as reached:
                status = requests[number](client).status_code
            if not reached:
                break
            faults += [(number, point, status)] if status == 400 or status >= 500 else []
            faults += [(number, point, each) for each in left_of(alice)]
            connection.check_constraints()

    assert faults == []


def test_a_set_of_an_erased_account_is_not_called_wrong(catalogue):
    alice, client, requests = before("sync", RULES["sync"])
    with erased_at(0, alice):
        assert requests[1](client).status_code == 401
