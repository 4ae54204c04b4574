"""A code app, and users who have one."""

from time import time

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from exercises.accounts import codes
from exercises.accounts.second_step import SecondStep
from tests.support.log_ins import ALICE, try_to_log_in

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now(secret=SECRET, half_minutes=0):
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time()) // 30 + half_minutes))


def turn_on(user, secret=SECRET):
    """The user has an app with this secret, and recovery codes; no code of it was used."""
    codes.turn_on(user, secret, counter=0)
    return user


def recovery_codes_of(user):
    return RecoveryCodes(held(user, codes.Type.RECOVERY_CODES)).get_unused_codes()


def held(user, kind=codes.Type.TOTP):
    return Authenticator.objects.filter(user=user, type=kind).first()


def after_password(**options):
    """Alice's browser after the first step."""
    client = Client(**options)
    answer = try_to_log_in(client, password=ALICE["password"])
    assert answer["Location"] == "/accounts/codes/", answer["Location"]
    return client


def enter(client, code, **options):
    return client.post("/accounts/codes/", {"code": code}, **options)


def is_logged_in(client):
    return client.get("/settings/").status_code == 200


def take_first_step(browser, user):
    """As the password does, for a browser of tests/support/wire.py."""
    store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    session = store(browser.cookies["sessionid"])
    state = {"stages": {"current": SecondStep.key}}
    session[LOGIN_SESSION_KEY] = Login(user=user, state=state).serialize()
    session.save()
