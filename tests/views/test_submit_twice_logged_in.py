"""A form that a user sends twice without scripts does once what it says, and the second answer is that of the first."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from exercises.models import CompletedSet, ShareLink, User
from tests.support.archive import a_file, a_kept_set, as_bytes, bring_in
from tests.support.log_ins import ALICE, CHANGE, log_in
from tests.support.twice import fields_of, is_logged_in, twice

pytestmark = pytest.mark.django_db


def test_a_password_given_again_twice_leads_on_twice(alice_client):
    fields = {"password": ALICE["password"], "next": "/settings/erase/"}
    ends, _other = twice(alice_client, "/accounts/reauthenticate/", fields)

    assert ends == [(200, "/settings/erase/")] * 2


def test_a_password_changed_twice_is_changed_and_the_browser_stays_in(alice_client, alice):
    fields = fields_of(alice_client, "/accounts/password/change/")
    ends, other = twice(alice_client, "/accounts/password/change/", {**CHANGE, **fields})

    assert ends == [(200, "/settings/ password-saved")] * 2
    assert is_logged_in(alice_client)
    assert is_logged_in(other)


@pytest.mark.parametrize("guess_at", [{"password1": "a guess", "password2": "a guess"}, {"account": "2:forged"}])
def test_a_second_change_by_a_stranger_lets_nobody_in(alice_client, stranger, alice, guess_at):
    """Even with the form of the account, a stranger would have to know the new password."""
    fields = {**CHANGE, **fields_of(alice_client, "/accounts/password/change/")}
    alice_client.post("/accounts/password/change/", fields)
    answer = stranger.post("/accounts/password/change/", {**fields, **guess_at})

    assert answer["Location"] == "/accounts/login/?next=/accounts/password/change/"
    assert not is_logged_in(stranger)


def test_of_two_erasures_both_say_that_the_account_is_erased(stranger, alice):
    log_in(stranger)
    fields = {"sure": "yes", **fields_of(stranger, "/settings/erase/")}
    other = Client()
    other.cookies.load({name: morsel.value for name, morsel in stranger.cookies.items()})
    answers = [client.post("/settings/erase/", fields) for client in (stranger, other)]

    assert [answer.status_code for answer in answers] == [200] * 2
    assert ["Your account is erased" in answer.content.decode() for answer in answers] == [True] * 2


def test_who_is_only_logged_out_reads_of_no_erasure(stranger, alice):
    log_in(stranger)
    fields = {"sure": "yes", **fields_of(stranger, "/settings/erase/")}
    answers = [Client().post("/settings/erase/", each) for each in (fields, {**fields, "account": "2:forged"})]

    assert [answer["Location"] for answer in answers] == ["/accounts/login/?next=/settings/erase/"] * 2
    assert User.objects.exists()


@pytest.mark.usefixtures("with_mail")
def test_an_address_added_twice_is_added_and_mailed_once(stranger, alice):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    log_in(stranger)
    stranger.post("/accounts/reauthenticate/", {"password": ALICE["password"]})
    ends, _other = twice(stranger, "/accounts/email/", {"action_add": "", "email": "Al@example.org"})

    assert ends == [(200, "/accounts/confirm-email/")] * 2
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize("fields", [{}, {"email": "a\0b@example.org"}, {"email": ""}], ids=["none", "NUL", "empty"])
def test_an_address_that_is_none_is_refused(stranger, alice, fields):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    log_in(stranger)
    stranger.post("/accounts/reauthenticate/", {"password": ALICE["password"]})

    assert stranger.post("/accounts/email/", {"action_add": "", **fields}).status_code == 422


@pytest.mark.usefixtures("with_mail")
def test_an_address_that_is_confirmed_is_not_added_again(stranger, alice):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    log_in(stranger)

    assert stranger.post("/accounts/email/", {"action_add": "", "email": alice.email}).status_code == 422


def test_a_link_ended_twice_is_ended(alice_client, alice):
    ShareLink.objects.give(alice, weeks=8, days=30, notes=False, now=timezone.now())
    ends, _other = twice(alice_client, f"/settings/links/{ShareLink.objects.get().uuid}/end/", {})

    assert ends == [(200, "/settings/links/ link-ended")] * 2
    assert not ShareLink.objects.exists()


DAY = "/progress/2026-11-18/"
WHOLE = as_bytes(a_file(sets=[a_kept_set(), a_kept_set()]))
FORMS = {
    "a mark of Today": ("/", {"mark": "morning/toe-presses"}, "/sets/"),
    "a step of a session": ("/session/morning/", {"exercise": "toe-presses", "slot": "morning"}, "/sets/"),
    "an extra set of a day": (DAY, {"mark": "extra/toe-presses"}, f"{DAY}sets/"),
}


@pytest.mark.usefixtures("friday_morning", "three_weeks_ago")
@pytest.mark.parametrize(("shown", "fields", "path"), FORMS.values(), ids=FORMS)
def test_a_set_sent_twice_is_one_and_from_a_new_page_another(alice_client, shown, fields, path):
    for count in (1, 2):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', alice_client.get(shown).content.decode())[1]
        ends, _other = twice(alice_client, path, {**fields, "next": shown, "csrfmiddlewaretoken": token})

        assert ends == [(200, f"{shown} set-added")] * 2
        assert CompletedSet.objects.count() == count


@pytest.mark.usefixtures("friday_morning")
def test_a_file_brought_in_twice_says_twice_what_was_added(alice_client, alice):
    answers = [bring_in(alice_client, WHOLE), alice_client.post("/import/preview/")]

    assert [answer["Location"] for answer in answers] == ["/settings/?said=added:2"] * 2
