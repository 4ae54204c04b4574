"""Two users who link one log-in at the provider in the same instant."""

import re
from html import unescape

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from exercises.models import User
from tests.support.log_ins import log_in
from tests.support.ways_in.provider import through

pytestmark = pytest.mark.django_db


def test_the_second_is_told_and_changes_nothing(single_sign_on, alice, bob, monkeypatch):
    def meanwhile(_user):
        SocialAccount.objects.get_or_create(user=bob, provider=single_sign_on.OIDC_URL, uid="alice")

    alices = log_in(Client())
    page = alices.get("/settings/security/").content.decode()
    start = unescape(re.search(r'href="(/settings/security/links/add/[^"]*)"', page)[1])
    monkeypatch.setattr(User, "take_turn", meanwhile)
    answer = through(alices, "alice", start=start)

    assert answer.status_code == 409
    assert "is linked to another account here. Nothing was changed." in " ".join(answer.content.decode().split())
