"""Passkeys of a user: added, named, removed; never the last way in, never more than ten."""

import pytest
from allauth.mfa.models import Authenticator as Kept
from django.test import Client

from exercises.models import AccountEvent
from tests.conftest import logged_in
from tests.support.log_ins import ALICE, log_in
from tests.support.phone import FRIDAY
from tests.support.ways_in.passkey import ADD, AS_JSON, Passkey, add_passkey, field_of, options_of

pytestmark = pytest.mark.django_db
SECURITY = "/settings/security/"
SPOILS = [
    *(lambda whole, junk=junk: junk for junk in ("", "{", "[]", "null", "{}", "[" * 5000, '{"rawId": 1e400}')),
    lambda whole: whole[:-9],
    lambda whole: whole.replace("A", "B"),
    lambda whole: whole.replace('Object": "', 'Object": "AAAA'),
    lambda whole: whole.replace('Object": "o', 'Object": "_'),
    lambda whole: whole.replace('rawId": "', 'rawId": "AAAA'),
    lambda whole: whole.replace('DataJSON": "', 'DataJSON": "AAAA'),
    lambda whole: whole.replace('"response": {', '"response": {"clientDataJSON": [], "also": {'),
]


@pytest.fixture
def client(alice):
    """Alice's, just logged in with the password."""
    return log_in(Client())


def passkeys_of(user):
    return Kept.objects.filter(user=user, type="webauthn")


def kinds(user):
    return list(AccountEvent.objects.of(user).values_list("kind", flat=True))


def test_a_passkey_is_added_under_its_name_and_told(client, alice):
    _passkey, answer = add_passkey(client, name="  My   phone ")

    assert (answer.status_code, answer["Location"]) == (303, f"{SECURITY}?said=passkey-added")
    assert [each.data["name"] for each in passkeys_of(alice)] == ["My phone"]
    assert AccountEvent.Kind.PASSKEY_ADDED in kinds(alice)
    assert not Kept.objects.exclude(type="webauthn").exists()  # allauth would make recovery codes


def test_the_browser_is_asked_for_one_without_address_and_unlocked(client):
    add_passkey(client)
    options = options_of(client, ADD)["publicKey"]

    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["rp"] == {"id": "testserver", "name": "Footcare"}
    assert len(options["excludeCredentials"]) == 1


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("public", "host", "name"),
    [
        ("", "localhost:8000", "localhost"),
        ("", "[::1]:8000", "::1"),
        ("https://feet.example.org:8443", "localhost", "feet.example.org"),
    ],
)
def test_a_passkey_holds_for_the_public_name_or_that_of_the_request(client, settings, public, host, name):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = public, ["*"]

    assert options_of(client, ADD, Host=host)["publicKey"]["rp"]["id"] == name


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://testserver"},
        {"origin": "https://evil.example"},
        {"origin": "https://below.testserver"},
        {"host": "evil.example"},
        {"verified": False},
    ],
    ids=str,
)
def test_what_another_site_or_an_unlocked_phone_made_is_refused(client, alice, wrong):
    _passkey, answer = add_passkey(client, **wrong)

    assert answer.status_code == 422
    assert not passkeys_of(alice).exists()


def test_the_same_passkey_sent_twice_is_kept_once_and_answered_alike(client, alice):
    passkey = Passkey()
    form = {
        "account": field_of(client.get(ADD).content.decode(), "account"),
        "credential": passkey.made(options_of(client, ADD)),
    }
    answers = [client.post(ADD, form)["Location"] for _ in range(2)]

    assert answers == [f"{SECURITY}?said=passkey-added"] * 2
    assert passkeys_of(alice).count() == 1


def test_an_answer_to_an_older_question_is_refused(client, alice):
    passkey = Passkey()
    credential = passkey.made(options_of(client, ADD))
    options_of(client, ADD)
    account = field_of(client.get(ADD).content.decode(), "account")

    assert client.post(ADD, {"account": account, "credential": credential}).status_code == 422


def test_a_passkey_of_somebody_else_cannot_be_taken_over(client, alice, bob):
    passkey, _ = add_passkey(client)
    bobs = log_in_as_bob()
    _passkey, answer = add_passkey(bobs, passkey)

    assert answer.status_code == 422
    assert not passkeys_of(bob).exists()


def log_in_as_bob():
    client = Client()
    client.post("/accounts/login/", {"login": "bob@example.org", "password": "bob's own words"})
    return client


def test_a_page_of_another_user_on_this_phone_adds_nothing(client, alice, bob):
    account = field_of(client.get(ADD).content.decode(), "account")
    _passkey, answer = add_passkey(log_in_as_bob(), account=account)

    assert answer["Location"] == SECURITY
    assert not Kept.objects.exists()


def test_the_page_tells_its_script_who_is_logged_in(client, alice):
    assert client.get(ADD, headers=AS_JSON).json()["user"] == alice.pk


def another(user):
    """As if it had been added on another device."""
    credential = Passkey().made_json({"publicKey": {"challenge": "AAAA", "user": {"id": ""}}})
    return Kept.objects.create(user=user, type="webauthn", data={"name": "Other", "credential": credential})


def test_there_are_at_most_ten_also_when_two_come_at_once(client, alice, before_its_turn):
    for _ in range(9):
        another(alice)
    before_its_turn(lambda: another(alice))
    assert add_passkey(client)[1].status_code == 422
    assert passkeys_of(alice).count() == 9  # the one from elsewhere was part of the same transaction here
    another(alice)

    assert b"You have 10 passkeys" in client.get(ADD).content
    assert b"You have 10 passkeys" in client.get(SECURITY).content


def test_a_passkey_is_renamed(client, alice, bob_client):
    add_passkey(client)
    path = f"/accounts/passkeys/{passkeys_of(alice).get().pk}/rename/"

    assert client.post(path, {"name": " "}).status_code == 422
    assert client.post(path, {"name": "Tablet <b>"})["Location"] == f"{SECURITY}?said=saved"
    assert "Tablet &lt;b&gt;" in client.get(SECURITY).content.decode()
    assert log_in_as_bob().post(path, {"name": "mine"}).status_code == 404


def test_the_list_says_since_when_and_when_it_was_last_used(client, alice, friday_morning):
    client = log_in(Client())
    add_passkey(client)
    assert "Added today, not used yet" in client.get(SECURITY).content.decode()
    passkeys_of(alice).update(created_at=FRIDAY.replace(month=11, day=3), last_used_at=FRIDAY.replace(year=2025))

    assert "Added 3 November, last used 20 November 2025" in client.get(SECURITY).content.decode()


def test_a_passkey_is_removed_after_a_question_and_told(client, alice):
    add_passkey(client)
    path = f"/accounts/passkeys/{passkeys_of(alice).get().pk}/remove/"
    assert client.get(path).status_code == 200
    assert passkeys_of(alice).count() == 1
    answers = [client.post(path)["Location"] for _ in range(2)]

    assert answers == [f"{SECURITY}?said=passkey-removed"] * 2
    assert not passkeys_of(alice).exists()
    assert kinds(alice).count(AccountEvent.Kind.PASSKEY_REMOVED) == 1


@pytest.fixture
def passkey_only(client, alice):
    """Alice, logged in, whose passkey is the only way in."""
    passkey, _ = add_passkey(client)
    without_password(alice)
    return passkey


def without_password(user):
    user.set_unusable_password()
    user.save(update_fields=["password"])


def test_the_last_way_in_cannot_be_removed_and_its_button_says_why(passkey_only, client, alice):
    path = f"/accounts/passkeys/{passkeys_of(alice).get().pk}/remove/"
    page = client.get(SECURITY).content.decode()

    assert 'aria-describedby="only-passkey"' in page
    assert path not in page
    assert b"It is your only way to log in" in client.get(path).content
    assert client.post(path).status_code == 409
    assert passkeys_of(alice).count() == 1


def test_of_two_last_passkeys_removed_at_once_one_stays(passkey_only, client, alice, before_its_turn):
    second = another(alice)
    before_its_turn(second.delete)
    first = passkeys_of(alice).exclude(pk=second.pk).get()

    assert client.post(f"/accounts/passkeys/{first.pk}/remove/").status_code == 409
    assert passkeys_of(alice).filter(pk=first.pk).exists()


@pytest.mark.parametrize("path", [ADD, "/accounts/passkeys/1/rename/", "/accounts/passkeys/1/remove/"])
def test_who_logged_in_long_ago_proves_it_again_first(alice, path):
    client = logged_in(alice)
    leads = f"/accounts/reauthenticate/?next={path.replace('/', '%2F')}"

    assert client.get(path)["Location"] == leads
    assert client.post(path, {"name": "x"})["Location"] == leads
    assert client.get(path, headers=AS_JSON).status_code == 303


def test_junk_in_place_of_a_credential_is_refused_in_words(client):
    account = field_of(client.get(ADD).content.decode(), "account")
    for spoil in SPOILS:
        whole = Passkey().made(options_of(client, ADD))
        answer = client.post(ADD, {"account": account, "credential": spoil(whole)})

        assert (answer.status_code, b"This did not work" in answer.content) == (422, True)


def test_alice_still_has_her_password_after_it_all(client, alice):
    add_passkey(client)

    assert Client().post("/accounts/login/", ALICE).status_code == 302
