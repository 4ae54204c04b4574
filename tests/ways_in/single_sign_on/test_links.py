"""Linking a log-in at the provider to an account, unlinking it, and proving by it who one is."""

import re
from html import unescape

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from exercises.accounts.provider import SingleSignOn
from exercises.accounts.ways_in import ways_in_of
from exercises.models import AccountEvent, User
from tests.conftest import logged_in
from tests.support.log_ins import ALICE, BOB, log_in
from tests.support.ways_in.provider import at_provider, through, to_provider

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("single_sign_on")]
SECURITY = "/settings/security/"
QUARTER_OF_AN_HOUR = 15 * 60 + 1


@pytest.fixture
def alices(alice):
    """Alice's browser, after a log-in with her password."""
    return log_in(Client())


def link_of(client):
    """The link that the page has, to begin with."""
    page = client.get(SECURITY).content.decode()
    return unescape(re.search(r'href="(/settings/security/links/add/[^"]*)"', page)[1])


def linked(client, sub="alice"):
    return through(client, sub, start=link_of(client))


def unlink(client):
    return client.post("/settings/security/links/unlink/", {"link": SocialAccount.objects.get().pk})


def forget_the_proof(client):
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}]
    session.save()


def text_of(answer):
    return unescape(answer.content.decode())


def kinds_of(user):
    return set(AccountEvent.objects.of(user).values_list("kind", flat=True))


def test_linked_from_the_settings_it_logs_in_and_changes_nothing_else(alice, alices, stranger):
    before = User.objects.values("email", "password", "session_stamp").get()
    answer = linked(alices)

    assert answer["Location"] == "/settings/security/?said=log-in-linked"
    page = text_of(alices.get(answer["Location"]))
    assert "Linked. You can log in with it from now on." in page
    assert "Linked since" in page
    assert "Unlink Lakeside Clinic" in page
    assert AccountEvent.Kind.LINKED in kinds_of(alice)
    assert User.objects.values("email", "password", "session_stamp").get() == before
    through(stranger, "alice")
    assert stranger.session["_auth_user_id"] == str(alice.pk)


def test_an_account_of_any_address_may_be_linked(alice, alices, stranger):
    linked(alices, "maria")
    through(stranger, "maria")

    assert stranger.session["_auth_user_id"] == str(alice.pk)
    assert User.objects.get().email == ALICE["login"]


def test_unlinked_it_logs_in_no_more(alice, alices, stranger):
    linked(alices)

    assert unlink(alices)["Location"] == "/settings/security/?said=log-in-unlinked"
    assert AccountEvent.Kind.UNLINKED in kinds_of(alice)
    assert through(stranger, "alice").status_code == 409


def test_another_site_cannot_begin_to_link(alices, bob):
    for query in ("", "?account=", "?account=junk", "?process=connect"):
        assert alices.get(f"/settings/security/links/add/{query}")["Location"] == SECURITY
    bobs = Client()
    bobs.post("/accounts/login/", BOB)
    assert alices.get(link_of(bobs))["Location"] == SECURITY


def test_before_a_link_changes_the_user_proves_who_they_are(alices):
    start = link_of(alices)
    linked(alices)
    forget_the_proof(alices)

    assert alices.get(start)["Location"].startswith("/accounts/reauthenticate/?next=%2Fsettings%2Fsecurity%2Flinks")
    assert unlink(alices)["Location"] == "/accounts/reauthenticate/?next=%2Fsettings%2Fsecurity%2F"
    assert SocialAccount.objects.exists()


def test_a_proof_that_runs_out_at_the_provider_is_asked_for(alices):
    back = at_provider(to_provider(alices, link_of(alices)), "alice")
    forget_the_proof(alices)

    assert alices.get(back)["Location"] == "/accounts/reauthenticate/?next=%2Fsettings%2Fsecurity%2F"
    assert not SocialAccount.objects.exists()


def test_a_log_in_that_is_linked_elsewhere_is_told(alices, bob, stranger):
    stranger.post("/accounts/login/", BOB)
    linked(stranger, "maria")
    answer = linked(alices, "maria")

    assert answer.status_code == 409
    assert "is linked to another account here. Nothing was changed." in text_of(answer)
    assert SocialAccount.objects.get().user == bob


def test_a_second_log_in_of_the_same_provider_is_not_linked(alices):
    start = link_of(alices)
    linked(alices)
    answer = through(alices, "maria", start=start)

    assert answer.status_code == 409
    assert SocialAccount.objects.get().uid == "alice"


def test_linking_twice_ends_like_linking_once(alices):
    start = link_of(alices)
    linked(alices)

    assert through(alices, "alice", start=start)["Location"] == "/settings/security/?said=log-in-linked"
    assert SocialAccount.objects.count() == 1


def test_somebody_else_on_this_phone_is_not_linked(alices, bob):
    back = at_provider(to_provider(alices, link_of(alices)), "alice")
    session = dict(alices.session)
    alices.force_login(bob)
    kept = alices.session
    kept["socialaccount_states"] = session["socialaccount_states"]
    kept.save()
    answer = alices.get(back)

    assert answer.status_code == 409
    assert "Somebody else is logged in on this device now" in text_of(answer)
    assert not SocialAccount.objects.exists()


def test_a_log_in_session_that_ended_meanwhile_leads_to_the_log_in(alices):
    back = at_provider(to_provider(alices, link_of(alices)), "alice")
    session = alices.session
    for key in ("_auth_user_id", "_auth_user_backend", "_auth_user_hash"):
        del session[key]
    session.save()

    assert alices.get(back)["Location"] == "/accounts/login/?next=/settings/security/"
    assert not SocialAccount.objects.exists()


def test_cancelling_a_link_leads_back_to_the_page(alices):
    address = to_provider(alices, link_of(alices))
    state = re.search(r"state=(\w+)", address)[1]
    answer = alices.get("/accounts/oidc/sso/login/callback/", {"error": "access_denied", "state": state})

    assert answer["Location"] == "/settings/security/?said=log-in-stopped"


def test_the_only_way_to_log_in_stays(stranger):
    through(stranger)
    answer = unlink(stranger)

    assert answer.status_code == 409
    assert "This is your only way to log in, so it stays" in text_of(answer)
    assert "This is your only way to log in, so it stays" in text_of(stranger.get(SECURITY))
    assert SocialAccount.objects.exists()


def test_the_link_of_another_user_stays(alices, bob, stranger):
    through(stranger)

    assert unlink(alices)["Location"] == "/settings/security/?said=log-in-unlinked"  # as if it were gone already
    assert SocialAccount.objects.exists()


def test_a_link_of_a_former_provider_logs_nobody_in_and_can_go(alice, alices, settings, stranger):
    linked(alices)
    SocialAccount.objects.update(provider="https://old.example.org")

    assert through(stranger, "alice").status_code == 409  # the same subject of another issuer is somebody else
    page = text_of(alices.get(SECURITY))
    assert "old.example.org" in page
    assert "This site no longer uses it." in page
    assert not ways_in_of(alice).working_links
    assert unlink(alices).status_code == 303


def test_who_has_nothing_but_such_a_link_is_told_whom_to_ask_for_a_proof(alices):
    linked(alices)
    SocialAccount.objects.update(provider="https://old.example.org")
    alice = User.objects.get()
    alice.set_unusable_password()
    alice.save()

    page = text_of(logged_in(alice).get("/accounts/reauthenticate/"))
    assert "Ask the person who runs this site for a link to log in." in page


def test_without_a_provider_a_link_is_shown_and_can_go(alices, settings):
    linked(alices)
    settings.OIDC_URL = settings.OIDC_NAME = ""

    assert "This site no longer uses it." in text_of(alices.get(SECURITY))
    assert unlink(alices).status_code == 303
    assert "Other log-ins" not in text_of(alices.get(SECURITY))


def prove(client, sub, start="/accounts/oidc/sso/prove/?next=/settings/erase/"):
    return through(client, sub, start=start)


def test_who_has_no_password_proves_it_at_the_provider(stranger):
    through(stranger)
    forget_the_proof(stranger)
    asked = stranger.post("/settings/erase/", {"sure": "yes"})
    page = text_of(stranger.get(asked["Location"]))

    assert 'type="password"' not in page
    start = unescape(re.search(r'href="(/accounts/oidc/sso/prove/[^"]*)"', page)[1])
    address = to_provider(stranger, start)
    assert "prompt=login" in address
    assert "max_age=0" in address
    assert stranger.get(at_provider(address))["Location"] == "/settings/erase/"
    assert stranger.post("/settings/erase/", {"sure": "yes"}).status_code == 200
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()


def test_who_has_a_password_too_may_choose(alices):
    linked(alices)
    forget_the_proof(alices)
    page = text_of(alices.get("/accounts/reauthenticate/?next=/settings/erase/"))

    assert 'type="password"' in page
    assert "Log in again with Lakeside Clinic" in page


@pytest.mark.parametrize("sub", ["maria", "mallory"])
def test_another_account_at_the_provider_proves_nothing(alices, sub):
    linked(alices)
    forget_the_proof(alices)
    answer = prove(alices, sub)

    assert answer.status_code == 403
    assert "does not belong to your account" in text_of(answer)
    assert alices.post("/settings/erase/", {"sure": "yes"}).status_code == 303
    assert User.objects.filter(email=ALICE["login"]).exists()


@pytest.mark.parametrize(("asked_at", "status"), [(-QUARTER_OF_AN_HOUR, 403), (0, 403), ("soon", 502), (None, 303)])
def test_a_provider_that_did_not_ask_again_proves_nothing(alices, monkeypatch, asked_at, status):
    linked(alices)
    forget_the_proof(alices)
    made = SingleSignOn.sociallogin_from_response

    def at(self, request, response):
        token = response["id_token"]
        token["auth_time"] = token["auth_time"] + asked_at if asked_at == -QUARTER_OF_AN_HOUR else asked_at
        return made(self, request, response)

    monkeypatch.setattr(SingleSignOn, "sociallogin_from_response", at)

    answer = prove(alices, "alice")
    assert answer.status_code == status
    assert ("did not ask who you are" in text_of(answer)) == (status == 403)


def test_a_proof_does_not_log_in_a_stranger(alices, stranger):
    linked(alices)
    back = at_provider(to_provider(alices, "/accounts/oidc/sso/prove/"), "alice")

    assert stranger.get(back).status_code == 400
    assert stranger.get("/accounts/oidc/sso/prove/")["Location"].startswith("/accounts/login/")
    assert isinstance(stranger.get("/help/").wsgi_request.user, AnonymousUser)
