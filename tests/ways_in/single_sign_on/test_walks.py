"""Somebody who has the provider and nothing else: the whole life of such an account."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client

from exercises.models import User
from tests.support.ways_in.provider import through

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("single_sign_on")]
NEW = "ten sets a day"


@pytest.fixture
def marias():
    client = Client()
    through(client)
    return client


def test_the_export_names_neither_the_provider_nor_the_subject(marias, single_sign_on):
    export = marias.get("/export.json").content.decode()

    assert single_sign_on.OIDC_URL not in export
    assert '"maria"' not in export


def test_the_account_is_erased_and_the_next_log_in_makes_a_new_one(marias):
    first = User.objects.get().pk
    marias.post("/settings/erase/", {"sure": "yes"})
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()

    through(marias)
    assert User.objects.get().pk != first


def test_with_mail_a_password_is_set_by_mail_when_the_provider_is_lost(marias, with_mail, settings, stranger):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.OIDC_URL = settings.OIDC_NAME = ""
    stranger.post("/accounts/password/reset/", {"email": "maria@example.org"})
    link = re.search(r"https://feet.example.org(/\S+)", mail.outbox[-1].body)[1]
    form = stranger.get(link, follow=True).redirect_chain[-1][0]
    stranger.post(form, {"password1": NEW, "password2": NEW})
    stranger.post("/accounts/login/", {"login": "maria@example.org", "password": NEW})

    assert stranger.get("/progress/").status_code == 200


def test_without_mail_the_owner_sets_a_password_and_the_link_may_go(marias, stranger):
    user = User.objects.get()
    user.set_password(NEW)  # manage.py changepassword
    user.save()
    stranger.post("/accounts/login/", {"login": "maria@example.org", "password": NEW})
    gone = stranger.post("/settings/security/links/unlink/", {"link": SocialAccount.objects.get().pk})

    assert gone.status_code == 303
    assert not SocialAccount.objects.exists()


def test_the_page_to_change_a_password_leads_to_one_to_set_it(marias):
    assert marias.get("/accounts/password/change/")["Location"] == "/accounts/password/set/"


def test_a_user_by_the_provider_meets_no_fault_on_their_pages(marias):
    paths = ("/", "/progress/", "/settings/", "/settings/security/", "/settings/erase/", "/accounts/reauthenticate/")

    assert {path: marias.get(path, follow=True).status_code for path in paths} == dict.fromkeys(paths, 200)
