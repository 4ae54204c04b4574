"""Log-ins with the password and with guesses, and the cookie that a log-in leaves."""

from django.conf import settings
from django.test import Client

ALICE = {"login": "alice@example.org", "password": "alice's own words"}
BOB = {"login": "bob@example.org", "password": "bob's own words"}


def try_to_log_in(client, email=ALICE["login"], password="a guess", **headers):
    return client.post("/accounts/login/", {"login": email, "password": password}, **headers)


def guess(client, times, **fields):
    return [try_to_log_in(client, **fields).status_code for _ in range(times)]


CHANGE = {"oldpassword": ALICE["password"], "password1": "quite other words", "password2": "quite other words"}


def log_in(client):
    client.post("/accounts/login/", ALICE)
    return client


def cookie(client):
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def with_cookie(value):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = value
    return client


def gets_in(value):
    return with_cookie(value).get("/settings/").status_code == 200


def fill_in_log_in(page):
    """Alice at the form, in a browser."""
    page.get_by_label("Email").fill(ALICE["login"])
    page.get_by_label("Password").fill(ALICE["password"])
    page.get_by_role("button", name="Log in", exact=True).click()
