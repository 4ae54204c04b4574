"""What happened to an account is mailed to its confirmed address, whatever became of other mails and of the server."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.test import Client

from exercises.accounts import notices
from exercises.models import AccountEvent, User
from tests.support.log_ins import ALICE, CHANGE, log_in
from tests.support.twice import is_logged_in
from tests.support.ways_in.mailed import CONFIRM, newest_code, subjects

# A mail waits for the end of the transaction, so each test has real ones.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("with_mail")]

ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture(autouse=True)
def known(alice):
    """Alice has been here before, and her address is confirmed."""
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    log_in(Client())
    mail.outbox.clear()
    return alice


def change_password(client=None):
    return (client or log_in(Client())).post("/accounts/password/change/", CHANGE)


def test_a_log_in_on_a_new_device_is_told(known):
    known.preferences.time_zone = "Asia/Tokyo"
    known.preferences.save()
    phone = Client(headers={"user-agent": ANDROID})
    log_in(phone)
    [letter] = mail.outbox

    assert (letter.to, letter.subject) == ([ALICE["login"]], "[Footcare] Logged in on a new device")
    assert re.search(r"Logged in on a new device\n\w+day, \d+ \w+ \d{4}, \d\d:\d\d\nChrome on Android\n", letter.body)
    assert re.findall(r"https://\S+", letter.body) == [
        "https://feet.example.org/settings/security/",
        "https://feet.example.org/accounts/password/reset/",
    ]


def test_a_log_in_on_a_known_device_is_not(known):
    phone = log_in(Client())
    mail.outbox.clear()
    phone.post("/accounts/logout/")
    log_in(phone)

    assert mail.outbox == []


def test_nor_is_the_first_log_in_of_an_account():
    client = Client()
    client.post("/accounts/signup/", {"email": "carla@example.org", "password1": "ten sets a day"})
    client.post(CONFIRM, {"code": newest_code()})

    assert is_logged_in(client)
    assert subjects() == ["Confirm your email address"]


def test_a_new_password_is_told(known):
    change_password()

    assert subjects() == ["Logged in on a new device", "New password"]


def test_a_new_address_is_told_to_both(known):
    client = log_in(Client())
    client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    client.post(CONFIRM, {"code": newest_code("new@example.org")})
    told = [letter for letter in mail.outbox if letter.subject.endswith("New email address")]

    assert [letter.to for letter in told] == [[ALICE["login"]], ["new@example.org"]]
    assert ["no longer belongs to the account" in letter.body for letter in told] == [True, False]


def test_an_address_that_is_not_confirmed_gets_none(known):
    client = log_in(Client())
    mail.outbox.clear()
    EmailAddress.objects.update(verified=False)
    change_password(client)

    assert mail.outbox == []


def test_without_mail_nothing_is_sent(known, settings):
    settings.MAIL_ENABLED = False
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    change_password()

    assert mail.outbox == []
    assert AccountEvent.objects.filter(kind="password-changed").exists()


def test_a_mail_server_that_is_down_stops_no_log_in_and_no_change(known, monkeypatch, caplog):
    def refuse(backend, letters):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    client = log_in(Client())
    answer = change_password(client)

    assert answer["Location"] == "/settings/security/?said=password-saved"
    assert is_logged_in(client)
    assert [each.levelname for each in caplog.records if "notice" in each.message] == ["WARNING"] * 2


def test_no_mail_is_sent_inside_of_a_transaction(known, monkeypatch):
    """A slow mail server would hold what the transaction has locked."""
    inside, send = [], EmailBackend.send_messages
    see = lambda backend, letters: inside.append(connection.in_atomic_block) or send(backend, letters)  # noqa: E731
    monkeypatch.setattr(EmailBackend, "send_messages", see)
    test_a_new_address_is_told_to_both(known)
    change_password(log_in(Client()))

    assert inside
    assert True not in inside


def test_a_notice_waits_for_the_end_of_its_transaction(known, rf):
    with transaction.atomic():
        notices.tell(rf.get("/"), known, AccountEvent.Kind.PASSKEY_ADDED)
        assert mail.outbox == []

    assert subjects() == ["Passkey added"]


def test_mails_of_another_kind_silence_no_notice(known):
    for _ in range(12):
        log_in(Client())
    assert subjects() == ["Logged in on a new device"] * 10

    change_password()
    assert subjects()[10:] == ["New password"]


def test_an_erased_account_is_told_nothing(known):
    client = log_in(Client())
    mail.outbox.clear()
    client.post("/settings/erase/", {"sure": "yes"})

    assert not User.objects.exists()
    assert mail.outbox == []
