"""A password for users who have none: set once after a proof, and told."""

import pytest
from django.test import Client

from exercises.models import AccountEvent, User
from tests.conftest import logged_in
from tests.support.log_ins import ALICE, guess, log_in
from tests.support.twice import fields_of, is_logged_in, twice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

SET = "/accounts/password/set/"
NEW = dict.fromkeys(("password1", "password2"), "quite other words")


@pytest.fixture
def lately(alice):
    """Alice without a password, who has just proved who she is."""
    client = log_in(Client())
    alice.set_unusable_password()
    stamp = User.objects.get(pk=alice.pk).session_stamp
    User.objects.filter(pk=alice.pk).update(password=alice.password, session_stamp=stamp)
    return client


def test_a_password_is_set_and_logs_in(lately):
    answer = lately.post(SET, NEW)

    assert answer["Location"] == "/settings/security/?said=password-saved"
    assert is_logged_in(lately)
    assert guess(Client(), 1, password=NEW["password1"]) == [302]
    assert "password-set" in [each.kind for each in AccountEvent.objects.all()]


def test_it_asks_first_who_it_is(alice):
    User.objects.update(password="!")
    client = logged_in(User.objects.get())

    assert [client.get(SET)["Location"], client.post(SET, NEW)["Location"]] == [
        "/accounts/reauthenticate/?next=%2Faccounts%2Fpassword%2Fset%2F"
    ] * 2
    assert not User.objects.get().has_usable_password()


def test_a_second_submit_ends_like_the_first(lately):
    ends, other = twice(lately, SET, NEW | fields_of(lately, SET))

    assert ends == [(200, "/settings/security/ password-saved")] * 2
    assert is_logged_in(other)


def test_whoever_has_a_password_is_led_to_change_it(alice):
    client = log_in(Client())

    assert client.post(SET, NEW)["Location"] == "/accounts/password/change/"
    assert guess(Client(), 1, password=ALICE["password"]) == [302]


@pytest.mark.parametrize("second", ["", "quite others"])
def test_a_password_typed_in_two_ways_is_told(lately, second):
    assert lately.post(SET, NEW | {"password2": second}).status_code == 422
    assert not User.objects.get().has_usable_password()


def test_the_page_of_the_ways_in_says_what_there_is(lately):
    assert f'href="{SET}"' in lately.get("/settings/security/").content.decode()
    lately.post(SET, NEW)
    page = lately.get("/settings/security/").content.decode()
    assert 'href="/accounts/password/change/"' in page
    assert "Saved today at" in page


def test_a_password_that_was_never_changed_has_no_day(alice):
    assert "You log in with it and your email address." in log_in(Client()).get("/settings/security/").content.decode()


def test_without_mail_the_address_is_shown_and_cannot_be_changed(lately, settings):
    assert "/accounts/email/" not in lately.get("/settings/security/").content.decode()
    settings.MAIL_ENABLED = True
    assert 'href="/accounts/email/"' in lately.get("/settings/security/").content.decode()
