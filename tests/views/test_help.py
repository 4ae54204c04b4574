"""Get help and About: open to anyone, without the database, and without medical claims."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exercises.catalogue.exercises import CATALOGUE
from tests.support.log_ins import ALICE
from tests.support.queries import queries
from tests.support.settings import save_field

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

RED_FLAGS = {  # DOMAIN 5
    "now": [
        "genitals",
        "inner thighs",
        "holding in your pee",
        "poo that leaks",
        "quickly getting weak",
        "both legs",
        "bad fall",
    ],
    "today": ["hot, red and swollen", "fever", "weight on a leg", "One calf", "pop at the heel"],
    "soon": ["losing weight", "cancer", "at night", "under 20 or over 55", "after a few weeks"],
}
NEVER = (  # DOMAIN 3
    r"cur(e|es|ed)|heal(s|ed)?|fix(es|ed)?|reliev\w*|relief|proven|detox|organs|nerves|get rid|pain-free|painless"
    r"|guarantee\w*|easier (back|knees|hips)|against pain|you are fine|open source|no ads"
)
NUMBERS = r"\b(911|112|999|111|000|144|1[- ]?800)\b"
EVERYWHERE = [
    "/",
    "/accounts/login/",
    "/accounts/signup/",
    "/exercises/",
    "/exercises/toe-walking/",
    "/about/",
    "/help/",
]


def words(client, path):
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", client.get(path).content.decode()).split())


def section(client, name):
    body = client.get("/help/").content.decode()
    return " ".join(re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', body, re.DOTALL)[0].split())


@pytest.mark.parametrize("urgency", RED_FLAGS)
def test_every_red_flag_stands_under_how_soon_to_act(stranger, urgency):
    told = section(stranger, urgency)

    assert [sign for sign in RED_FLAGS[urgency] if sign not in told] == []


def test_the_pain_rule_has_its_three_steps(stranger):
    told = section(stranger, "too-much")

    assert re.search(
        r"0 to 3.*carry on.*4 or 5.*Do less.*Over 5.*Stop for today.*next morning\? Do less next time", told
    )


def test_no_countrys_number_is_given(stranger):
    told = words(stranger, "/help/")

    assert "your local emergency number" in told
    assert not re.search(NUMBERS, told)


@pytest.mark.parametrize("path", ["/help/", "/about/"])
def test_a_stranger_reads_it_without_a_query(stranger, path):
    with CaptureQueriesContext(connection) as captured:
        assert stranger.get(path).status_code == 200

    assert len(captured) == 0


@pytest.mark.parametrize("path", ["/help/", "/about/"])
def test_a_user_reads_it_with_session_and_user_alone(alice_client, path):
    assert len(queries(lambda: alice_client.get(path))) == 2


@pytest.mark.parametrize("path", EVERYWHERE)
def test_help_is_one_tap_away_for_a_stranger(stranger, path):
    assert 'href="/help/"' in stranger.get(path).content.decode()


@pytest.mark.parametrize("path", ["/", "/session/morning/", "/exercises/toe-walking/", "/settings/", "/no-such-page/"])
def test_help_is_one_tap_away_for_a_user(alice_client, path):
    assert 'href="/help/"' in alice_client.get(path).content.decode()


def test_what_is_known_is_said_with_its_limits(stranger):
    told = words(stranger, "/about/")

    assert "may help balance and foot strength" in told
    assert "For back pain the evidence is thin." in told
    assert "For hip pain we found none." in told
    assert "No trial has tested this routine." in told
    assert "Not medical advice" in told


@pytest.mark.parametrize("path", ["/", "/about/", "/help/", *(f"/exercises/{entry.slug}/" for entry in CATALOGUE)])
def test_nothing_is_claimed_that_may_not_be(stranger, path):
    assert not re.search(rf"\b({NEVER})\b", words(stranger, path), re.IGNORECASE)


@pytest.mark.parametrize(("url", "is_told"), [("", False), ("https://hooks.example.org/feet", True)])
def test_about_names_the_service_that_gets_reminders(stranger, settings, url, is_told):
    settings.REMINDER_URL = url

    assert ("it may get your email address" in words(stranger, "/about/")) is is_told


@pytest.mark.parametrize(("url", "is_told"), [("", False), ("https://auth.example.org", True)])
def test_about_says_what_a_provider_of_log_ins_learns(stranger, settings, url, is_told):
    settings.OIDC_URL, settings.OIDC_NAME = url, "Lakeside Clinic"
    assert ("If you log in with Lakeside Clinic, it sees when." in words(stranger, "/about/")) is is_told


@pytest.mark.parametrize("kept", ["Where you are logged in", "Passkeys", "Codes", "Other log-ins"])
def test_about_names_what_is_kept_of_log_ins(stranger, kept):
    assert kept in words(stranger, "/about/").partition("What we keep")[2].partition("What stays in your browser")[0]


def test_welcome_leads_to_about(stranger):
    known = stranger.get("/").content.decode().partition('class="known"')[2].partition("</section>")[0]

    assert 'href="/about/"' in known


def test_about_names_every_cookie_that_is_set(stranger, alice):
    """Session, CSRF, the known device, and `tz` by zone-cookie.js: whoever adds one must say so there."""
    stranger.get("/accounts/login/")
    stranger.post("/accounts/login/", ALICE)
    save_field(stranger, "theme")

    assert {name.removeprefix("__Host-") for name in stranger.cookies} == {"csrftoken", "sessionid", "device"}
    assert section_of_cookies(stranger).count("<li>") == 4


def section_of_cookies(client):
    return client.get("/about/").content.decode().partition("Cookies</h3>")[2].partition("</ul>")[0]


@pytest.mark.parametrize("path", ["/help/", "/about/"])
def test_a_post_where_a_get_belongs_is_405(alice_client, path):
    assert alice_client.post(path).status_code == 405
