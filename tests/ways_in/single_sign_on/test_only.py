"""With OIDC_ONLY the provider is the only way in: every other one is refused, not only hidden."""

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from exercises.accounts.single_sign_on import STILL_OPEN
from exercises.models import User
from footcare.urls import urlpatterns
from tests.support.addresses import addresses
from tests.support.log_ins import ALICE, log_in
from tests.support.ways_in.codes import turn_on
from tests.support.ways_in.provider import through

pytestmark = pytest.mark.django_db


@pytest.fixture
def only(single_sign_on):
    single_sign_on.OIDC_ONLY = True
    single_sign_on.MIDDLEWARE = [*single_sign_on.MIDDLEWARE, "exercises.accounts.single_sign_on.OnlyThere"]
    return single_sign_on


@pytest.fixture
def closed(only):
    """Made after the middleware is there."""
    return Client()


def test_the_page_to_log_in_has_that_button_alone(closed):
    page = closed.get("/accounts/login/?next=/progress/").content.decode()

    assert 'href="/accounts/oidc/sso/login/?next=/progress/"' in page
    assert "Log in with Lakeside Clinic" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert "Make an account" not in page


def test_without_it_the_button_stands_below_the_form(single_sign_on, stranger):
    page = stranger.get("/accounts/login/?next=/progress/").content.decode()

    assert page.index('type="password"') < page.index('href="/accounts/oidc/sso/login/?next=/progress/"')
    assert "Make an account" in page


def test_the_button_leads_in(closed):
    assert through(closed).status_code == 302
    assert closed.get("/progress/").status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_each_other_address_of_accounts_is_refused_to_strangers(closed, alice, with_mail, method):
    """One that is new is refused until somebody decides about it."""
    key = f"{user_pk_to_url_str(alice)}-{default_token_generator.make_token(alice)}"
    routes = {name: route for name, route in addresses(urlpatterns) if route.lstrip("^").startswith("accounts/")}
    routes |= {"account_reset_password_from_key": f"accounts/password/reset/key/{key}/"}
    answers = {name: getattr(closed, method)("/" + route.replace("<int:pk>", "1")) for name, route in routes.items()}
    met = {name for name, answer in answers.items() if answer.status_code != 403 and not leads_to_log_in(answer)}

    assert met <= STILL_OPEN
    assert ("account_login" in met) == (method == "get")


def leads_to_log_in(answer):
    return answer.headers.get("Location", "").startswith("/accounts/login/")


def test_make_an_account_leads_to_the_button_too(closed):
    page = closed.get("/").content.decode()
    assert 'href="/accounts/signup/"' in page

    assert closed.get("/accounts/signup/")["Location"] == "/accounts/login/"


@pytest.mark.usefixtures("alice")
def test_a_taken_address_is_told_without_advice_that_nobody_could_follow(closed):
    told = through(closed, "alice")

    assert told.status_code == 409
    assert "Ask the person who runs this site." in told.content.decode()
    assert "Log in to it" not in told.content.decode()


def test_the_right_password_logs_nobody_in_and_is_told_why(closed, alice):
    answer = closed.post("/accounts/login/", ALICE)

    assert answer.status_code == 403
    assert "Please log in with Lakeside Clinic. All other ways are turned off" in answer.content.decode()
    assert "_auth_user_id" not in closed.session


def test_a_new_password_sign_up_and_reset_are_refused_to_users_too(single_sign_on, alice, only):
    client = Client()
    client.force_login(alice)
    refused = {
        path: client.post(path, {"password": ALICE["password"]}).status_code
        for path in (
            "/accounts/signup/",
            "/accounts/password/change/",
            "/accounts/password/reset/",
            "/accounts/reauthenticate/",
            "/accounts/login/",
        )
    }

    assert set(refused.values()) == {403}


def test_a_user_with_a_password_proves_it_at_the_provider(closed, alice, only):
    client = Client()
    client.force_login(alice)
    SocialAccount.objects.create(user=alice, provider=only.OIDC_URL, uid="alice")
    page = client.get("/accounts/reauthenticate/").content.decode()

    assert 'type="password"' not in page
    assert through(client, "alice", start="/accounts/oidc/sso/prove/")["Location"] == "/settings/security/"


@pytest.mark.parametrize("has_codes", [True, False])
def test_no_form_is_shown_that_is_refused(closed, alice, only, with_mail, has_codes):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    User.objects.update(password="!")
    if has_codes:
        turn_on(alice)
    client = Client()
    client.force_login(alice)
    page = client.get("/accounts/reauthenticate/").content.decode()

    assert 'name="code"' not in page
    assert "Log out and mail me a code" not in page
    assert ("Ask the person who runs this site" in page) == (not SocialAccount.objects.exists())


def test_the_link_stays_although_there_is_a_password(closed, alice, only):
    SocialAccount.objects.create(user=alice, provider=only.OIDC_URL, uid="alice")
    through(closed, "alice")
    page = closed.get("/settings/security/").content.decode()

    assert "You log in with Lakeside Clinic on this site, so it stays linked." in page
    assert closed.post("/settings/security/links/unlink/", {"link": SocialAccount.objects.get().pk}).status_code == 409


def test_with_oidc_create_off_a_new_person_is_told_whom_to_ask(closed, only):
    only.OIDC_CREATE = False
    answer = through(closed)

    assert answer.status_code == 403
    assert "Ask the person who runs this site." in answer.content.decode()
    assert not User.objects.exists()


def test_the_admin_leads_to_the_same_page(closed):
    assert closed.get("/desk/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")


def test_log_out_still_works(closed):
    through(closed)

    assert closed.post("/accounts/logout/").status_code == 302
    assert log_in(closed).get("/progress/").status_code == 302
