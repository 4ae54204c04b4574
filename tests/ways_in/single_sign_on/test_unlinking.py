"""Unlinking sent twice, with junk, and at the moment at which another way in goes."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from exercises.models import User
from tests.support.ways_in.provider import through

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("single_sign_on")]
UNLINK = "/settings/security/links/unlink/"


@pytest.fixture
def marias(stranger):
    """The browser of somebody who has the provider and a passkey."""
    through(stranger)
    Authenticator.objects.create(user=User.objects.get(), type=Authenticator.Type.WEBAUTHN, data={"name": "Phone"})
    return stranger


def test_sent_twice_it_ends_like_sent_once(marias):
    link = SocialAccount.objects.get().pk
    answers = [marias.post(UNLINK, {"link": link})["Location"] for _ in range(2)]

    assert answers == ["/settings/security/?said=log-in-unlinked"] * 2


@pytest.mark.parametrize("link", ["", "x", "-1", "²", "9" * 30, "9" * 5000])
def test_what_is_no_link_unlinks_nothing(marias, link):
    assert marias.post(UNLINK, {"link": link}).status_code == 303
    assert SocialAccount.objects.exists()


def test_it_stays_if_the_passkey_goes_at_the_same_time(marias, before_its_turn):
    before_its_turn(Authenticator.objects.all().delete)

    assert marias.post(UNLINK, {"link": SocialAccount.objects.get().pk}).status_code == 409
    assert SocialAccount.objects.exists()
