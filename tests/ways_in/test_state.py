"""What "Log-in and security" says first: how the user logs in, and whether a password alone is enough."""

import pytest
from allauth.socialaccount.models import SocialAccount

from exercises.accounts.ways_in import WaysIn

PASSKEY, CODES = object(), object()
PROVIDER = "https://sso.example.org"


@pytest.fixture(autouse=True)
def single_sign_on(settings):
    settings.OIDC_URL, settings.OIDC_NAME, settings.OIDC_ONLY = PROVIDER, "Lakeside Clinic", False


def ways(password=True, **others):
    return WaysIn(password=password, mailed_code=False, **others)


LINK, OLD_LINK = SocialAccount(provider=PROVIDER), SocialAccount(provider="https://old.example.org")


@pytest.mark.parametrize(
    ("ways_in", "protected"),
    [
        pytest.param(ways(), False, id="a password"),
        pytest.param(ways(passkeys=[PASSKEY]), False, id="a password beside a passkey opens the account"),
        pytest.param(ways(links=[LINK]), False, id="a password beside a link does too"),
        pytest.param(ways(passkeys=[PASSKEY], codes=CODES), True, id="a code is asked for after the password"),
        pytest.param(ways(password=False, passkeys=[PASSKEY]), True, id="a passkey and no password"),
        pytest.param(ways(password=False, links=[LINK]), True, id="a link and no password"),
        pytest.param(ways(password=False, links=[OLD_LINK]), False, id="a link that logs nobody in"),
    ],
)
def test_an_account_is_well_protected_where_a_password_alone_opens_nothing(ways_in, protected):
    assert ways_in.protected is protected


def test_where_only_single_sign_on_is_allowed_a_password_is_not_needed(settings):
    settings.OIDC_ONLY = True

    assert ways(links=[LINK]).protected
    assert ways(links=[LINK]).advice == ""


def test_who_has_a_passkey_is_told_of_the_password_and_not_of_passkeys():
    assert "Your password works too" in ways(passkeys=[PASSKEY]).advice
    assert "A passkey is quicker" in ways().advice
    assert ways(passkeys=[PASSKEY], codes=CODES).advice == ""


def test_a_link_is_called_by_the_name_of_its_provider():
    assert ways(links=[LINK]).state == "You can log in with Lakeside Clinic."
    assert "password" in ways(links=[OLD_LINK]).state
