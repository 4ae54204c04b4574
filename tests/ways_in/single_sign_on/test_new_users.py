"""Whoever comes from the provider for the first time: an account with a plan like any other, or a plain sentence."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail
from django.http import HttpResponse
from django.utils import timezone

from exercises.accounts import second_step
from exercises.models import AccountEvent, Preferences, Prescription, User
from exercises.record import trial
from exercises.web import rate_limits
from tests.support.log_ins import ALICE
from tests.support.ways_in.provider import at_provider, through, to_provider

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("single_sign_on")]


@pytest.fixture
def mailbox(with_mail, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return mail.outbox


def test_a_new_user_gets_preferences_a_plan_and_the_first_questions(stranger):
    answer = through(stranger)

    user = User.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/first/1/")
    assert (user.email, user.has_usable_password()) == ("maria@example.org", False)
    assert Preferences.objects.filter(user=user).count() == 1
    assert Prescription.objects.filter(user=user).count() > 0
    assert stranger.get("/").status_code in (200, 302)
    assert stranger.get("/progress/").status_code == 200


def test_a_new_user_whose_plan_cannot_be_made_is_not_made(stranger, monkeypatch):
    monkeypatch.setattr(trial, "begin", lambda *_: 1 / 0)
    stranger.raise_request_exception = False

    assert through(stranger).status_code == 500
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()


def test_nothing_is_kept_of_the_provider_but_who_said_it_and_the_subject(stranger, single_sign_on):
    through(stranger)

    link = SocialAccount.objects.get()
    assert (link.provider, link.uid, link.extra_data) == (single_sign_on.OIDC_URL, "maria", {})
    assert (User.objects.get().first_name, User.objects.get().last_name) == ("", "")
    assert not SocialToken.objects.exists()
    assert "access_token" not in str(dict(stranger.session))


def test_the_second_log_in_is_to_the_same_account_and_keeps_next(stranger, client):
    through(stranger)
    answer = through(client, start="/accounts/oidc/sso/login/?next=/progress/")

    assert answer["Location"] == "/progress/"
    assert User.objects.count() == 1
    kinds = AccountEvent.objects.of(User.objects.get()).values_list("kind", flat=True)
    assert list(kinds) == ["new-device", "logged-in"]


def test_a_page_of_another_site_is_not_led_to(stranger, client):
    through(stranger)

    assert through(client, start="/accounts/oidc/sso/login/?next=https://evil.example/")["Location"] == "/"


def test_a_changed_address_at_the_provider_changes_nothing_here(stranger, client):
    through(stranger)
    User.objects.update(email="maria@new.example")
    through(client)

    assert User.objects.get().email == "maria@new.example"


@pytest.mark.parametrize(
    ("sub", "trusted", "confirmed"),
    [
        ("maria", False, True),
        ("unsure", False, False),
        ("unsure", True, True),
        ("wordy", False, False),  # it says "false", which is a word and so true to Python
    ],
)
def test_an_address_is_confirmed_if_the_provider_says_so_or_is_trusted(
    stranger, settings, mailbox, sub, trusted, confirmed
):
    settings.OIDC_TRUST_EMAIL = trusted
    answer = through(stranger, sub)

    assert EmailAddress.objects.get().verified == confirmed
    assert ("_auth_user_id" in stranger.session) == confirmed
    assert len(mailbox) == (0 if confirmed else 1)
    assert answer["Location"] == ("/first/1/" if confirmed else "/accounts/confirm-email/")


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize("sub", ["alice", "mallory"])
def test_without_mail_a_taken_address_is_told_and_touches_no_account(stranger, alice, sub):
    before = User.objects.values().get()
    answer = through(stranger, sub)

    assert answer.status_code == 409
    assert "Log in to it, then link Lakeside Clinic in Settings" in answer.content.decode()
    assert "_auth_user_id" not in stranger.session
    assert User.objects.values().get() == before
    assert not SocialAccount.objects.exists()
    assert alice.check_password(ALICE["password"])


def test_with_mail_a_taken_address_is_told_to_its_owner_alone(alice, mailbox, client, stranger):
    owner, other, new = through(client, "alice"), through(stranger, "mallory"), through(type(client)(), "unsure")

    assert owner.status_code == 409
    assert (other.status_code, other["Location"]) == (new.status_code, new["Location"])
    assert "_auth_user_id" not in stranger.session
    assert [sent.to for sent in mailbox] == [["alice@example.org"], ["unsure@example.org"]]
    assert not SocialAccount.objects.filter(user=alice).exists()


def test_a_taken_address_that_is_not_the_persons_own_counts_as_a_guess(alice, stranger):
    guess(19)

    assert [through(stranger, "mallory").status_code for _ in range(2)] == [409, 429]


@pytest.mark.parametrize("sub", ["nameless", "odd"])
def test_without_an_address_the_person_is_asked_for_one(stranger, sub):
    answer = through(stranger, sub, follow=True)
    assert "did not give us one" in answer.content.decode()
    assert "access" not in str(stranger.session["socialaccount_sociallogin"])

    done = stranger.post("/accounts/oidc/sso/address/", {"email": "Nora@Example.org"})

    assert (done.status_code, done["Location"]) == (302, "/first/1/")
    assert User.objects.get().email == "nora@example.org"
    assert SocialAccount.objects.get().uid == sub
    assert Prescription.objects.exists()
    assert stranger.get("/progress/").status_code == 200


def test_a_typed_address_that_is_taken_is_told_and_counts_as_a_guess(alice, stranger):
    guess(19)
    through(stranger, "nameless")
    first, second = (stranger.post("/accounts/oidc/sso/address/", {"email": "alice@example.org"}) for _ in range(2))

    assert (first.status_code, second.status_code) == (422, 429)
    assert "There is already an account with this email address" in first.content.decode()
    assert User.objects.get() == alice


def test_a_typed_address_that_is_new_counts_for_nothing(stranger):
    guess(19)
    through(stranger, "nameless")

    assert stranger.post("/accounts/oidc/sso/address/", {"email": "no address"}).status_code == 422
    assert stranger.post("/accounts/oidc/sso/address/", {"email": "nora@example.org"}).status_code == 302


def guess(times):
    """Places taken under the limit of this network, which has 20."""
    for _ in range(times):
        rate_limits.acquire([rate_limits.of_network("127.0.0.1")], timezone.now())


def test_the_page_for_the_address_alone_leads_to_the_log_in(stranger, alice_client):
    assert stranger.get("/accounts/oidc/sso/address/")["Location"] == "/accounts/login/"
    assert alice_client.get("/accounts/oidc/sso/address/")["Location"] in ("/", "/accounts/login/")


def test_oidc_create_decides_whether_accounts_are_made(stranger, settings):
    settings.OIDC_CREATE, settings.SIGNUP_OPEN = False, True
    refused = through(stranger)
    assert refused.status_code == 403
    assert "No account here belongs to this log-in at Lakeside Clinic" in refused.content.decode()
    assert not User.objects.exists()

    settings.OIDC_CREATE, settings.SIGNUP_OPEN = True, False
    through(stranger)
    assert User.objects.exists()


def test_with_oidc_create_off_a_taken_address_is_not_told(alice, stranger, settings):
    settings.OIDC_CREATE = False

    assert "already an account" not in through(stranger, "alice").content.decode()


def test_an_account_that_is_turned_off_gets_its_page(stranger, client):
    through(stranger)
    User.objects.update(is_active=False)

    assert through(client)["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_a_code_is_still_asked_of_whoever_turned_codes_on(stranger, client, monkeypatch):
    through(stranger)
    Authenticator.objects.create(user=User.objects.get(), type=Authenticator.Type.TOTP, data={})
    monkeypatch.setattr(second_step, "headed_redirect_response", HttpResponse)

    assert through(client).content == b"mfa_authenticate"
    assert "_auth_user_id" not in client.session


def test_the_way_to_the_provider_has_a_state_a_challenge_and_no_secret(stranger, settings):
    settings.OIDC_CLIENT_SECRET = "very secret"
    address = to_provider(stranger, "/accounts/oidc/sso/login/?scope=admin&auth_params=prompt%3Dnone&process=connect")

    assert re.search(r"[?&]code_challenge=[\w-]{43}(&|$)", address)
    assert "code_challenge_method=S256" in address
    assert re.search(r"[?&]state=\w{16}", address)
    assert re.search(r"[?&]nonce=\w{32}", address)
    assert "secret" not in address
    assert "admin" not in address
    assert "prompt" not in address


def test_the_callback_is_named_by_the_public_url_where_there_is_one(stranger, settings):
    assert "redirect_uri=http%3A%2F%2Ftestserver%2Faccounts%2Foidc%2Fsso%2Flogin%2Fcallback%2F" in to_provider(stranger)
    settings.PUBLIC_URL = "https://feet.example.org"
    address = to_provider(stranger)
    assert "redirect_uri=https%3A%2F%2Ffeet.example.org%2Faccounts%2Foidc%2Fsso%2Flogin%2Fcallback%2F" in address
    assert stranger.get(at_provider(address)).status_code == 302
