"""The address changes when the code of the new one is entered, in both tables at once; the old one holds until then."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client

from exercises.accounts import addresses
from exercises.models import AccountEvent, User
from tests.support.log_ins import ALICE, log_in
from tests.support.ways_in.mailed import CONFIRM, newest_code, subjects

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_mail")]

EMAIL, NEW = "/accounts/email/", "new@example.org"


@pytest.fixture(autouse=True)
def confirmed(alice, friday_morning):
    return EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)


@pytest.fixture
def client(confirmed):
    """Alice has just logged in."""
    return log_in(Client())


def change(client, email=NEW):
    return client.post(EMAIL, {"action_add": "", "email": email})


def enter(client, code):
    return client.post(CONFIRM, {"code": code})


def held():
    """The address of Alice in both tables."""
    alice = User.objects.get(pk=User.objects.order_by("pk").first().pk)
    rows = EmailAddress.objects.filter(user=alice).values_list("email", "verified", "primary")
    return alice.email, list(rows)


def words(client, path=EMAIL):
    return client.get(path).content.decode()


def test_the_old_address_holds_until_the_code_is_entered(client):
    assert change(client)["Location"] == CONFIRM
    assert held() == (ALICE["login"], [(ALICE["login"], True, True)])
    assert NEW in words(client)
    answer = enter(client, newest_code(NEW))

    assert answer["Location"] == "/settings/security/?said=email-confirmed"
    assert held() == (NEW, [(NEW, True, True)])
    assert client.get("/settings/").status_code == 200
    assert [each.kind for each in AccountEvent.objects.all()].count("email-changed") == 1


def test_the_new_address_logs_in_and_the_old_one_does_not(client):
    change(client)
    enter(client, newest_code(NEW))
    answers = [Client().post("/accounts/login/", {**ALICE, "login": email}) for email in (NEW, ALICE["login"])]

    assert [answer.status_code for answer in answers] == [302, 422]


def test_a_code_for_one_address_confirms_no_other(client, friday_morning):
    change(client)
    first = newest_code(NEW)
    change(client, "other@example.org")

    assert enter(client, first).status_code == 422
    assert held()[0] == ALICE["login"]


def test_a_change_can_be_cancelled(client):
    change(client)
    code = newest_code(NEW)
    cancelled = client.post(EMAIL, {"action_cancel": ""})

    assert cancelled["Location"] == f"{EMAIL}?said=email-cancelled"
    assert NEW not in words(client)
    assert enter(client, code)["Location"] == "/"
    assert held()[0] == ALICE["login"]


def test_another_browser_cannot_enter_the_code(client):
    change(client)

    assert enter(log_in(Client()), newest_code(NEW))["Location"].startswith("/")
    assert held()[0] == ALICE["login"]


def test_a_change_asks_first_who_it_is(client, friday_morning):
    friday_morning.shift(timedelta(days=1))
    asked = [client.get(EMAIL), change(client)]

    assert [answer["Location"].partition("?")[0] for answer in asked] == ["/accounts/reauthenticate/"] * 2
    assert mail.outbox == []


def test_codes_of_an_app_do_not_stand_in_the_way(client, alice):
    Authenticator.objects.create(user=alice, type=Authenticator.Type.TOTP, data={"secret": "A" * 32})
    change(client)

    assert enter(client, newest_code(NEW))["Location"] == "/settings/security/?said=email-confirmed"


@pytest.mark.parametrize("email", ["ALICE@example.org", "", "a\0b@example.org"])
def test_an_address_that_cannot_be_is_told(client, email):
    assert change(client, email).status_code == 422
    assert mail.outbox == []


def test_an_address_of_somebody_else_is_told_to_who_reads_its_mail(client, bob):
    assert change(client, bob.email).status_code == 302
    answer = enter(client, newest_code(bob.email))

    assert answer.status_code == 422
    assert "There is already an account with this email address." in answer.content.decode()
    assert held()[0] == ALICE["login"]


@pytest.mark.parametrize("taken_by", ["a new account", "a confirmation"])
def test_an_address_taken_at_the_last_moment_is_told(client, bob, monkeypatch, taken_by):
    """After the form was found right."""
    confirm = addresses.confirm

    def too_late(user, email):
        if taken_by == "a new account":
            User.objects.create_user(email)
        else:
            EmailAddress.objects.create(user=bob, email=email, verified=True)
        return confirm(user, email)

    monkeypatch.setattr(addresses, "confirm", too_late)
    change(client)
    answer = enter(client, newest_code(NEW))

    assert answer["Location"] == f"{EMAIL}?said=email-exists"
    assert held() == (ALICE["login"], [(ALICE["login"], True, True)])


def test_asked_twice_the_mail_is_sent_once(client):
    answers = [change(client)["Location"] for _ in range(2)]

    assert answers == [CONFIRM] * 2
    assert subjects() == ["Confirm your email address"]
    assert enter(client, newest_code(NEW))["Location"] == "/settings/security/?said=email-confirmed"


def test_after_ten_mails_in_a_day_it_is_told_that_there_are_no_more(client, friday_morning):
    said = []
    for _ in range(11):
        client.post("/accounts/reauthenticate/", {"password": ALICE["password"]})
        said.append(change(client)["Location"])
        friday_morning.shift(timedelta(minutes=4))

    assert said == [CONFIRM] * 10 + [f"{CONFIRM}?said=code-tomorrow"]
    assert len(mail.outbox) == 10


def test_addresses_from_before_end_with_a_change(client, alice):
    EmailAddress.objects.create(user=alice, email="second@example.org", verified=True)
    EmailAddress.objects.create(user=alice, email="third@example.org")
    assert "second@example.org" in words(client)
    client.post(EMAIL, {"action_remove": "", "email": "third@example.org"})
    assert "third@example.org" not in words(client)
    change(client, "second@example.org")
    enter(client, newest_code("second@example.org"))

    assert held() == ("second@example.org", [("second@example.org", True, True)])


def test_an_address_from_home_is_confirmed_on_its_page(client, confirmed):
    """It was given while there was no mail server."""
    EmailAddress.objects.update(verified=False)
    assert "Not confirmed yet" in words(client)
    change(client, ALICE["login"])

    assert enter(client, newest_code())["Location"] == "/settings/security/?said=email-confirmed"
    assert held() == (ALICE["login"], [(ALICE["login"], True, True)])
    assert not AccountEvent.objects.filter(kind="email-changed").exists()


def test_a_new_password_by_mail_confirms_the_address(alice):
    """Or whoever is kept from confirming by mails that strangers asked for could never log in."""
    EmailAddress.objects.update(verified=False)
    client = Client()
    client.post("/accounts/password/reset/", {"email": alice.email})
    link = re.search(r"https?://[^/]+(/\S+/key/\S+)", mail.outbox[-1].body)[1]
    client.post(client.get(link)["Location"], dict.fromkeys(("password1", "password2"), "quite other words"))

    assert held() == (ALICE["login"], [(ALICE["login"], True, True)])


def test_without_mail_there_is_no_page(client, settings):
    settings.MAIL_ENABLED = False

    assert client.get(EMAIL).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_confirmed_at_once_one_holds_in_both_tables(alice):
    clients = {email: log_in(Client()) for email in ("one@example.org", "two@example.org")}
    for email, client in clients.items():
        change(client, email)
    codes, together = {email: newest_code(email) for email in clients}, Barrier(2)

    def enters(email):
        try:
            together.wait()
            return enter(clients[email], codes[email]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(enters, clients))
    address, rows = held()

    assert address in clients
    assert rows == [(address, True, True)]
