"""Logging in with a code from a mail: for whoever confirmed the address, once, and in no other way told apart."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.http import HttpResponseRedirect
from django.test import Client

from exercises.accounts import forms, second_step
from exercises.models import User
from tests.support.log_ins import ALICE, guess
from tests.support.twice import is_logged_in, twice
from tests.support.ways_in.mailed import ASK, ENTER, code_in, newest_code, subjects, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_mail")]


@pytest.fixture(autouse=True)
def unhurried(settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "request_login_code": None}


@pytest.fixture(autouse=True)
def confirmed(alice):
    return EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)


def ask(email=ALICE["login"], client=None, **fields):
    client = client or Client()
    answer = client.post(ASK, {"email": email, **fields})
    assert answer["Location"].startswith(ENTER)
    return client


def enter(client, code, **fields):
    return client.post(ENTER, {"code": code, **fields})


def test_a_code_logs_in_and_leads_on():
    client = ask("Alice@Example.ORG", next="/progress/")
    answer = enter(client, newest_code(), next="/progress/")

    assert (answer.status_code, answer["Location"]) == (302, "/progress/")
    assert is_logged_in(client)
    assert subjects()[0] == "Your code to log in"


def test_the_page_of_the_log_in_offers_it_only_where_there_is_mail(stranger, settings):
    assert f'href="{ASK}?next=/progress/"' in stranger.get("/accounts/login/?next=/progress/").content.decode()
    settings.MAIL_ENABLED = False
    assert ASK not in stranger.get("/accounts/login/").content.decode()
    assert [stranger.get(path).status_code for path in (ASK, ENTER)] == [404] * 2


def test_every_address_is_answered_alike(alice):
    squatter = User.objects.create_user("bob@example.org", "a squatter's own words")
    EmailAddress.objects.create(user=squatter, email=squatter.email, primary=True)
    names = ["alice", "bob", "nobody"]
    clients = [ask(f"{name}@example.org") for name in names]

    assert [letter.to for letter in mail.outbox] == [[f"{name}@example.org"] for name in names]
    assert subjects() == [
        "Your code to log in",
        "Confirm your email address first",
        "No account with this email address",
    ]
    assert len({plain(client.get(ENTER)) for client in clients}) == 1
    for form in ({"action": "resend"}, {"code": "0000 0000"}, {"code": ""}, {"action": "leave"}):
        assert len({plain(client.post(ENTER, form)) for client in clients}) == 1, form


def plain(answer):
    page = re.sub(r'(?<=name="csrfmiddlewaretoken" value=")\w+', "", answer.content.decode())
    return answer.status_code, answer.get("Location"), re.sub(r"(alice|bob|nobody)@", "", page)


def test_six_wrong_codes_are_answered_alike_too():
    tried = [[enter(client, "0000 0000").status_code for _ in range(6)] for client in (ask(), ask("no@example.org"))]

    assert tried == [[422] * 5 + [429]] * 2
    assert guess(Client(), 1) == [429]  # they count with the passwords


def test_a_code_is_used_once(friday_morning):
    client, other = ask(), ask()
    code = newest_code()
    assert len(mail.outbox) == 1
    assert enter(client, code).status_code == 302
    client.logout()
    client.cookies.clear()

    assert [enter(each, code).status_code for each in (other, ask(client=client))] == [422] * 2


def test_after_a_log_in_the_next_device_gets_its_code_at_once(friday_morning):
    enter(ask(), newest_code())
    friday_morning.shift(timedelta(seconds=5))
    laptop = ask()

    assert enter(laptop, newest_code()).status_code == 302


def test_the_code_is_worth_nothing_where_it_was_not_asked_for():
    ask()

    assert enter(Client(), newest_code())["Location"] == "/accounts/login/"
    assert enter(ask("nobody@example.org"), newest_code("alice@example.org")).status_code == 422


def test_a_new_password_ends_the_code(alice):
    client = ask()
    alice.set_password("quite other words")
    alice.save()

    assert enter(client, newest_code()).status_code == 422


def test_a_new_code_is_sent_after_three_minutes(friday_morning):
    client = ask()
    too_soon = client.post(ENTER, {"action": "resend"})["Location"]
    friday_morning.shift(timedelta(minutes=14))
    sent = client.post(ENTER, {"action": "resend"})["Location"]
    friday_morning.shift(timedelta(minutes=10))

    assert [too_soon, sent] == [f"{ENTER}?said=code-wait", f"{ENTER}?said=code-sent"]
    assert enter(client, code_in(mail.outbox[0])).status_code == 422
    assert enter(client, newest_code()).status_code == 302


def test_after_15_minutes_the_page_begins_again(friday_morning):
    client = ask()
    friday_morning.shift(timedelta(minutes=14))
    assert enter(client, wrong(newest_code())).status_code == 422
    friday_morning.shift(timedelta(minutes=2))

    assert enter(client, newest_code())["Location"] in ("/accounts/login/", f"{ASK}?said=code-expired")


def test_nobody_can_flood_an_address(friday_morning):
    for _ in range(15):
        ask()
        friday_morning.shift(timedelta(minutes=4))
    told = ask().post(ENTER, {"action": "resend"})["Location"]

    assert len(mail.outbox) == 10
    assert told == f"{ENTER}?said=code-tomorrow"


def test_an_account_turned_off_gets_no_code(alice):
    User.objects.update(is_active=False)
    client = ask()

    assert subjects() == ["No account with this email address"]
    assert enter(client, "0000 0000").status_code == 422


def test_the_code_of_an_app_is_still_asked_for(alice, monkeypatch):
    monkeypatch.setattr(second_step, "headed_redirect_response", lambda name: HttpResponseRedirect(f"/{name}/"))
    Authenticator.objects.create(user=alice, type=Authenticator.Type.TOTP, data={"secret": "A" * 32})
    client = ask()
    answer = enter(client, newest_code())

    assert answer["Location"] == "/mfa_authenticate/"
    assert not is_logged_in(client)


def test_a_code_sent_twice_is_sent_once_and_in():
    client = ask()
    ends, _other = twice(client, ENTER, {"code": newest_code()})

    assert ends[0] == (200, "/")
    assert ends[1][0] == 200
    assert client.get(ENTER)["Location"] == "/"  # Back
    assert client.get(ASK)["Location"] == "/"


def test_asking_twice_mails_once():
    ends, _other = twice(Client(), ASK, {"email": ALICE["login"]})

    assert ends == [(200, ENTER)] * 2
    assert len(mail.outbox) == 1


def test_another_address_or_the_password_instead():
    client = ask()
    assert client.get("/accounts/login/").status_code == 200
    assert client.post(ENTER, {"action": "leave"})["Location"] == ASK
    assert client.get(ASK).status_code == 200


def test_a_wrong_address_is_told_in_the_form(stranger):
    answer = stranger.post(ASK, {"email": "a@exam\u2028ple.org"})

    assert answer.status_code == 422
    assert "Please enter an email address" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sessions", ["one", "many"])
def test_of_32_guesses_at_once_five_are_looked_at(monkeypatch, sessions):
    looked, is_code = [], forms.is_code
    monkeypatch.setattr(forms, "is_code", lambda *args: looked.append(args) or is_code(*args))
    one = ask()
    clients = [copy(one) if sessions == "one" else ask() for _ in range(32)]
    answers = at_once([lambda each=each: enter(each, "0000 0000").status_code for each in clients])

    assert sorted(answers) == [422] * 5 + [429] * 27
    assert len(looked) == 5


@pytest.mark.django_db(transaction=True)
def test_of_the_right_code_sent_five_times_at_once_one_logs_in(monkeypatch):
    clients = [ask() for _ in range(5)]
    code = newest_code()
    at_once([lambda each=each: enter(each, code).status_code for each in clients])

    assert [is_logged_in(each) for each in clients].count(True) == 1


def copy(client):
    other = Client()
    other.cookies.load({name: morsel.value for name, morsel in client.cookies.items()})
    return other


def at_once(acts):
    together = Barrier(len(acts))

    def does(act):
        try:
            together.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(does, acts))
