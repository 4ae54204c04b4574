"""Two spellings of one address are one account."""

from contextlib import suppress
from unicodedata import normalize

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from exercises.models import User
from exercises.models.user import normal_email, validate_domain
from tests.support.log_ins import guess

PASSWORD = "ten sets a day"
STORED = "carla@xn--bcher-kva.example"
SPELLINGS = [
    "Carla@bücher.example",
    "carla@BÜCHER.example",
    "CARLA@XN--BCHER-KVA.example",
    "carla@bu\u0308cher.example",
]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        *((each, STORED) for each in SPELLINGS),
        ("carla@bücher。example", STORED),  # as a Japanese keyboard writes the dot
        ("\u212aarla@example.org", "karla@example.org"),  # the Kelvin sign is a K
        ("carla@faß.example", "carla@xn--fa-hia.example"),  # another domain than fass.example
        ("carla@example.org", "carla@example.org"),
        ("", ""),
    ],
)
def test_an_address_has_one_normal_form(typed, stored):
    assert normal_email(typed) == stored


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_the_normal_form_is_its_own(typed):
    once = normal_email(typed)

    assert normal_email(once) == once
    assert normal_email(normalize("NFD", typed)) == once


@pytest.fixture
def carla(catalogue):
    return User.objects.create_user(SPELLINGS[0], PASSWORD)


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_each_spelling_names_the_same_account(carla, stranger, spelling):
    assert carla.email == STORED
    assert User.objects.get_by_natural_key(spelling) == carla
    assert stranger.post("/accounts/login/", {"login": spelling, "password": PASSWORD})["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_second_account_is_made_for_another_spelling(carla, stranger, spelling):
    answer = stranger.post("/accounts/signup/", {"email": spelling, "password1": "another password"})

    assert answer.status_code == 422
    with pytest.raises(ValidationError, match="There is already an account"):
        User(email=spelling, password="x").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        User(email=spelling).save()


@pytest.mark.django_db
def test_signing_up_stores_the_normal_form(catalogue, stranger):
    stranger.post("/accounts/signup/", {"email": SPELLINGS[0], "password1": PASSWORD})

    assert User.objects.get().email == STORED


@pytest.mark.django_db
def test_an_address_too_long_in_its_normal_form_is_told_in_the_form(catalogue, stranger):
    labels = ".".join(["足の指で床をつかむ運動"] * 8)  # 95 characters, 271 in ASCII
    answer = stranger.post("/accounts/signup/", {"email": f"carla@{labels}.example", "password1": PASSWORD})

    assert answer.status_code == 422
    assert not User.objects.exists()


@pytest.mark.django_db
def test_spellings_share_one_limit_on_guesses(carla, stranger):
    tries = [answer for spelling in (*SPELLINGS, *SPELLINGS) for answer in guess(stranger, 1, email=spelling)]

    assert tries == [422] * 5 + [429] * 3


@pytest.mark.django_db
def test_spellings_of_an_unknown_address_share_one_limit_too(catalogue, stranger):
    tries = [answer for spelling in (*SPELLINGS, *SPELLINGS) for answer in guess(stranger, 1, email=spelling)]

    assert tries == [422] * 5 + [429] * 3


@pytest.mark.django_db
@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_reset_is_mailed_to_the_address_as_it_is_stored(carla, stranger, spelling):
    stranger.post("/accounts/password/reset/", {"email": spelling})

    assert [message.to for message in mail.outbox] == [[STORED]]


@pytest.mark.django_db
def test_an_address_that_no_mail_can_reach_is_refused_by_hand_too(catalogue):
    """Also in the admin, which cleans a user as here."""
    with pytest.raises(CommandError, match="Enter a valid email address"):
        call_command("createsuperuser", email="a@exam\u2028ple.org", interactive=False)
    with pytest.raises(ValidationError, match="Enter a valid email address"):
        User(email="a@\u202eexample.org", password="x").full_clean()


@given(st.text(), st.text())
def test_any_domain_is_good_or_refused_with_a_sentence(local, domain):
    with suppress(ValidationError):
        validate_domain(f"{local}@{domain}")


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_admin_knows_each_spelling_too(carla, stranger, spelling):
    User.objects.update(is_staff=True, is_superuser=True)
    log_in = stranger.get("/desk/", follow=True).redirect_chain[-1][0]
    answer = stranger.post(log_in, {"login": spelling, "password": PASSWORD})

    assert answer["Location"] == "/desk/"
