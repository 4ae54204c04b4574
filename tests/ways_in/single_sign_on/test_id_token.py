"""What an ID token must say: who issued it, for which client, and until when. The nonce is in test_broken.py."""

from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

from exercises.models import User
from tests.support.ways_in.stand_in import DISCOVERY, ISSUER, stand_in

pytestmark = pytest.mark.django_db
START = "/accounts/oidc/sso/login/"
CONFIGURATION = DISCOVERY | {"jwks_uri": f"{ISSUER}/keys"}
TOLD = {"sub": "maria", "email": "maria@example.org"}
GOOD = {"iss": ISSUER, "aud": "footcare", "sub": "maria", "nonce": "nonce", "exp": 4_000_000_000}


@pytest.fixture
def log_in_with(settings, monkeypatch, stranger):
    """The answer to a log-in whose ID token has these claims."""
    monkeypatch.setattr("exercises.views.accounts.single_sign_on.get_random_string", lambda _: "nonce")

    def log_in(claims):
        tokens = {"access_token": "abc", "id_token": jwt.encode(claims, "a key that nobody looks at in here", "HS256")}
        stand_in(settings, monkeypatch, configuration=CONFIGURATION, token=tokens, userinfo=TOLD)
        state = parse_qs(urlsplit(stranger.get(START)["Location"]).query)["state"][0]
        return stranger.get(f"{START}callback/", {"state": state, "code": "123"})

    return log_in


def test_a_whole_token_logs_in(log_in_with):
    assert log_in_with(GOOD).status_code == 302
    assert User.objects.get().email == "maria@example.org"


@pytest.mark.parametrize(
    "wrong",
    [{"iss": "https://evil.example.org"}, {"aud": "another client"}, {"exp": 1_000_000_000}],
    ids=["issuer", "audience", "time"],
)
def test_one_of_another_issuer_or_client_or_time_is_refused(log_in_with, wrong):
    assert log_in_with(GOOD | wrong).status_code == 502
    assert not User.objects.exists()


@pytest.mark.parametrize("missing", ["iss", "aud"])
def test_one_that_does_not_say_is_refused(log_in_with, missing):
    assert log_in_with({name: value for name, value in GOOD.items() if name != missing}).status_code == 502
    assert not User.objects.exists()
