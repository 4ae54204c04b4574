"""The same password counts however its letters are composed: a Mac and an Android phone type "ü" differently."""

from unicodedata import normalize

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.test import Client

from exercises.models import User
from tests.support.log_ins import guess, try_to_log_in

pytestmark = pytest.mark.django_db

TYPED = "grüße vom fuß äöü"
COMPOSED, DECOMPOSED = normalize("NFC", TYPED), normalize("NFD", TYPED)
MIXED = COMPOSED[:9] + DECOMPOSED[10:]
FORMS = pytest.mark.parametrize("typed", [COMPOSED, DECOMPOSED], ids=["composed", "decomposed"])
EMAIL = "carla@example.org"


def logs_in(password):
    return try_to_log_in(Client(), email=EMAIL, password=password).status_code == 302


@pytest.fixture
def carla(catalogue):
    return User.objects.create_user(EMAIL, TYPED)


@FORMS
def test_a_password_set_in_one_form_is_right_in_each(stranger, catalogue, typed):
    stranger.post("/accounts/signup/", {"email": EMAIL, "password1": typed})

    assert [logs_in(each) for each in (COMPOSED, DECOMPOSED, MIXED)] == [True] * 3
    assert not logs_in(TYPED.upper())


@FORMS
def test_a_new_password_is_right_in_each_form(carla, typed):
    client = Client()
    client.force_login(carla)
    fields = {"oldpassword": typed, "password1": COMPOSED[::-1], "password2": normalize("NFD", COMPOSED[::-1])}

    assert client.post("/accounts/password/change/", fields).status_code == 302
    assert logs_in(normalize("NFD", COMPOSED[::-1]))


@FORMS
@pytest.mark.parametrize("hashed_as", [DECOMPOSED, MIXED], ids=["decomposed", "mixed"])
def test_a_password_hashed_as_it_was_typed_is_still_right(carla, typed, hashed_as):
    """Before, passwords were hashed as they were typed. The first right log-in hashes the one form."""
    User.objects.update(password=make_password(hashed_as))
    right = typed if hashed_as == DECOMPOSED else hashed_as

    assert logs_in(right)
    assert logs_in(COMPOSED)
    assert logs_in(DECOMPOSED)


def test_hashing_it_anew_ends_no_log_in(carla):
    User.objects.update(password=make_password(DECOMPOSED))
    client = Client()
    try_to_log_in(client, email=EMAIL, password=DECOMPOSED)
    before = User.objects.get().password
    logs_in(DECOMPOSED)

    assert User.objects.get().password == before
    assert client.get("/settings/").status_code == 200


@FORMS
def test_a_sign_up_again_is_known_in_each_form(carla, stranger, typed):
    answer = stranger.post("/accounts/signup/", {"email": EMAIL, "password1": typed})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("password", ["a plain guess", "ein rät-versuch", MIXED])
def test_a_known_address_takes_no_longer_than_an_unknown_one(carla, hashed, password):
    """A wrong guess hashes as often for both, whatever its letters."""
    User.objects.update(password=make_password("quite another one"))
    counts = []
    for email in (EMAIL, "nobody@example.org"):
        hashed.clear()
        assert guess(Client(), 1, email=email, password=password) == [422]
        counts.append(len(hashed))

    assert counts[0] == counts[1]


@pytest.mark.usefixtures("with_mail")
def test_with_mail_a_sign_up_takes_as_long_whoever_is_known(carla, hashed):
    carla.emailaddress_set.create(email=EMAIL, verified=True, primary=True)
    User.objects.create_user("unverified@example.org", "quite another one")
    counts = []
    for email in (EMAIL, "unverified@example.org", "nobody@example.org"):
        hashed.clear()
        Client().post("/accounts/signup/", {"email": email, "password1": "ein rät-versuch"})
        counts.append(len(hashed))

    assert len(set(counts)) == 1


def test_a_password_set_by_hand_is_right_in_each_form(catalogue, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", DECOMPOSED)
    call_command("createsuperuser", email=EMAIL, interactive=False)

    assert logs_in(COMPOSED)
    assert logs_in(DECOMPOSED)
