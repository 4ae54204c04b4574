"""Mail: a failed try is not a done one, links name this site, and nobody is flooded or locked out."""

import re
import smtplib
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from exercises.models import User
from tests.support.log_ins import ALICE, guess

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_mail")]

CARLA = {"email": "carla@example.org", "password1": "ten sets a day"}
# No mail can go to these: a line or a letter that no name of a host has, a label that is too long.
NO_DOMAINS = [
    "exam\u2028ple.org",
    "\u202eexample.org",
    "ä" * 60 + ".org",
    "\u2488.org",
    "xn--a.org",
    "-ä.org",
    "ä..org",
]
ASKING = {
    "sign-up": ("/accounts/signup/", lambda email: {"email": email, "password1": "ten sets a day"}),
    "reset": ("/accounts/password/reset/", lambda email: {"email": email}),
}


@pytest.fixture
def mail_server(monkeypatch):
    """`broken` says how it fails; without that it takes every mail."""

    class Server:
        broken = None

    def send_messages(self, messages):
        if Server.broken:
            raise Server.broken
        return send(self, messages)

    send = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return Server


def ask(way, email=CARLA["email"], client=None):
    path, fields = ASKING[way]
    return (client or Client()).post(path, fields(email))


def subjects():
    return [letter.subject for letter in mail.outbox]


@pytest.mark.parametrize("way", ASKING)
@pytest.mark.parametrize(
    "broken",
    [ConnectionRefusedError(), smtplib.SMTPRecipientsRefused({}), UnicodeError()],
    ids=lambda each: type(each).__name__,
)
def test_after_a_mail_that_failed_the_next_try_sends_one(mail_server, alice, way, broken):
    mail_server.broken = broken
    first, second = ask(way), ask(way)
    mail_server.broken = None
    third = ask(way)

    assert [first.status_code, second.status_code, third.status_code] == [503, 503, 302]
    assert len(mail.outbox) == 1


def test_a_sign_up_whose_mail_failed_is_finished_by_a_log_in(mail_server):
    mail_server.broken = ConnectionRefusedError()
    ask("sign-up")
    mail_server.broken = None
    answer = Client().post("/accounts/login/", {"login": CARLA["email"], "password": CARLA["password1"]})

    assert answer["Location"].startswith("/accounts/confirm-email/")
    assert subjects() == ["[Footcare] Confirm your email address"]


@pytest.mark.one_database
@pytest.mark.parametrize("domain", NO_DOMAINS)
@pytest.mark.parametrize("way", ASKING)
def test_an_address_that_no_mail_can_reach_is_told_in_the_form(way, domain):
    answer = ask(way, f"a@{domain}")

    assert answer.status_code == 422
    assert "Please enter an email address, like name@example.org." in answer.content.decode()
    assert not User.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize("domain", NO_DOMAINS)
def test_nor_does_such_an_address_break_a_log_in(domain):
    assert guess(Client(), 1, email=f"a@{domain}") == [422]


@pytest.mark.parametrize("host", ["localhost:9999", "localhost"])
def test_the_links_in_a_mail_name_this_site_whatever_host_was_asked(alice, host):
    """Else a stranger chooses where the owner of an address is led."""
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    stranger = Client(headers={"host": host})
    for way in ASKING:
        for email in (CARLA["email"], alice.email, "nobody@example.org"):
            ask(way, email, stranger)
    links = [link for letter in mail.outbox for link in re.findall(r"\w+://\S+", letter.body)]

    assert (len(mail.outbox), len(links)) == (6, 4)  # two were codes
    assert {link.partition("/accounts/")[0] for link in links} == {"https://feet.example.org"}
    assert not [letter for letter in mail.outbox if host in letter.subject + letter.body]


@pytest.mark.parametrize("way", ASKING)
def test_a_mail_asked_for_twice_is_sent_once(alice, way):
    answers = [ask(way, alice.email) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert len(mail.outbox) == 1


def test_a_user_who_asks_for_a_reset_twice_sees_the_same_twice(alice, alice_client):
    answers = [ask("reset", alice.email, alice_client)["Location"] for _ in range(2)]

    assert answers == ["/accounts/password/reset/done/"] * 2
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("way", ASKING)
def test_a_stranger_cannot_flood_an_address(alice, friday_morning, settings, way):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup": None, "reset_password": None}
    for _ in range(30):
        assert ask(way, alice.email).status_code == 302
        friday_morning.shift(timedelta(minutes=4))

    assert len(mail.outbox) == 10


def test_nor_lock_its_owner_out(alice, friday_morning, settings):
    """The mails of the stranger are the owner's: the last of them still works."""
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup": None, "reset_password": None}
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    for way in [*ASKING] * 15:
        ask(way, alice.email)
        friday_morning.shift(timedelta(minutes=4))
    owners = Client()
    link = re.findall(r"https://[^/]+(/\S+/key/\S+)", "".join(letter.body for letter in mail.outbox))[-1]
    answer = owners.post(owners.get(link)["Location"], dict.fromkeys(("password1", "password2"), "quite other words"))

    assert ask("reset", alice.email).status_code == 302
    assert answer["Location"].startswith("/accounts/password/reset/key/done/")
    assert guess(owners, 1, password="quite other words") == [302]


def test_the_day_after_there_is_mail_again(alice, friday_morning):
    for _ in range(12):
        ask("reset", alice.email)
        friday_morning.shift(timedelta(minutes=4))
    friday_morning.shift(timedelta(days=1))
    ask("reset", alice.email)

    assert len(mail.outbox) == 11


def test_a_page_that_says_what_was_done_says_it_once(alice):
    """Without the message that its address names: after a sign-up, and after a new password."""
    signed_up = ask("sign-up")
    ask("reset", alice.email)
    reader = Client()
    link = re.findall(r"https://[^/]+(/\S+/key/\S+)", mail.outbox[-1].body)[0]
    reset = reader.post(reader.get(link)["Location"], dict.fromkeys(("password1", "password2"), "quite other words"))

    assert [b'class="banner"' in reader.get(answer["Location"]).content for answer in (signed_up, reset)] == [False] * 2


def test_what_can_be_done_with_an_address_is_all_that_is_offered(alice, alice_client):
    """The only address cannot be removed, and a confirmed one needs no link."""
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    alice_client.post("/accounts/reauthenticate/", {"password": ALICE["password"]})
    one = alice_client.get("/accounts/email/").content.decode()
    EmailAddress.objects.create(user=alice, email="new@example.org")
    two = alice_client.get("/accounts/email/").content.decode()
    acts = [f'name="action_{act}"' for act in ("primary", "send", "remove")]

    assert [act for act in acts if act in one] == []
    assert [act for act in acts if act in two] == acts
