"""How well an account is protected, as "Log-in and security" says it."""

from unittest.mock import Mock

import pytest

from exercises.accounts.ways_in import WaysIn

PROVIDER = "https://id.example.org"
ONE = Mock(provider=PROVIDER)
PASSKEY, QUICKER, STILL_WORKS = [ONE], "A passkey is quicker", "Your password works too"


@pytest.fixture(autouse=True)
def provider(settings):
    settings.OIDC_URL = PROVIDER


@pytest.mark.parametrize(
    ("ways", "protected", "advice"),
    [
        (WaysIn(True, False), False, QUICKER),
        (WaysIn(False, True), False, QUICKER),
        (WaysIn(True, True, passkeys=PASSKEY), False, STILL_WORKS),
        (WaysIn(True, True, links=[ONE]), False, STILL_WORKS),
        (WaysIn(True, True, passkeys=PASSKEY, codes=ONE), True, ""),
        (WaysIn(False, True, passkeys=PASSKEY), True, ""),
        (WaysIn(False, False, links=[ONE]), True, ""),
    ],
)
def test_an_account_that_a_password_alone_opens_is_not_well_protected(ways, protected, advice):
    assert ways.protected == protected
    assert ways.advice.startswith(advice)
    assert bool(ways.advice) == bool(advice)


def test_where_the_provider_is_the_only_way_no_password_opens_anything(settings):
    settings.OIDC_ONLY = True
    ways = WaysIn(True, False, links=[ONE])

    assert ways.protected
    assert ways.advice == ""
