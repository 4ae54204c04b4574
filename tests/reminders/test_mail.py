"""Reminders by mail: what arrives at a mail server, what each of its answers means, and how they stop."""

import re
from dataclasses import replace
from datetime import timedelta
from smtplib import SMTPAuthenticationError
from urllib.parse import urlsplit

import pytest
from django.core.mail.backends.smtp import EmailBackend

from exercises.models import Preferences, User
from exercises.models.reminder import TEST, State
from exercises.reminders import mail
from exercises.reminders.job import Job, Outcome
from exercises.reminders.message import Message
from exercises.reminders.stop_link import stop_path
from tests.support.record import shown
from tests.support.reminders.jobs import BODY, NOW, a_job
from tests.support.reminders.mail_server import a_mail_server

STOPPED = "You get no more reminders by email."


@pytest.fixture
def server(settings, with_mail):
    """It listens, and the settings name it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "Footcare <footcare@example.org>"
    settings.EMAIL_HOST = "127.0.0.1"
    with a_mail_server() as server:
        settings.EMAIL_PORT = server.port
        yield server


def send(**fields):
    return mail.send(a_job("mail", **fields), NOW)


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


def stop_link(letter):
    return urlsplit(letter["List-Unsubscribe"].strip(" <>")).path


def again(minutes, answer):
    return Outcome(State.WAITING, answer, NOW + timedelta(minutes=minutes))


def test_a_reminder_has_the_way_to_the_session(server):
    assert send() == Outcome(State.SENT, "250")

    [letter] = server.mails
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert (letter["From"], letter["To"]) == ("Footcare <footcare@example.org>", "alice@example.org")
    assert letter["Subject"] == "Your evening session"
    assert letter["Auto-Submitted"] == "auto-generated"
    text = text_of(letter)
    assert BODY in text
    assert re.findall(r"https?://[^/]+(/\S+)", text) == [
        "/session/evening/",
        "/settings/reminders/",
        stop_link(letter),
    ]
    assert {urlsplit(each).netloc for each in re.findall(r"https?://\S+", text)} == {"feet.example.org"}


def test_a_mail_to_try_leads_to_the_reminders_once(server):
    to_try = Message("It works", "Your reminders will look like this.", "/settings/reminders/")
    mail.send(replace(a_job("mail", slot=TEST), message=to_try), NOW)

    [letter] = server.mails
    assert text_of(letter).count("https://feet.example.org/settings/reminders/") == 1


def test_one_reminder_is_one_mail_however_often_it_is_sent(server):
    """Its id and its links stay the same, and tell nothing of the user."""
    for fields in ({}, {"tries": 2}, {"turn": 2}, {"slot": TEST}):
        send(**fields)
    ids = [letter["Message-ID"] for letter in server.mails]

    assert ids[0] == ids[1]
    assert len({*ids}) == 3
    assert all(re.fullmatch(r"<[0-9a-f]{32}@example\.org>", each) for each in ids)
    assert len({*map(stop_link, server.mails)}) == 1


def test_words_of_a_user_stay_in_the_text(server):
    evil = "After O’Hara & <b>:\r\nBcc: eve@example.org\r\n.\r\n" + "ü" * 2000
    assert send(body=evil) == Outcome(State.SENT, "250")

    [letter] = server.mails
    assert letter["Bcc"] is None
    assert "O’Hara & <b>" in text_of(letter)
    assert text_of(letter).count("ü") == 2000


def test_an_address_that_no_mail_can_have_is_refused(server):
    job = a_job("mail")
    for address in ("alice@example.org\nBcc: eve@example.org", "alice@" + "ä" * 70 + ".org"):
        outcome = mail.send(Job(job.delivery, User(pk=7, email=address), job.message), NOW)
        assert outcome == Outcome(State.FAILED, "refused")
    assert server.mails == []


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"recipient": "550 no such user"}, Outcome(State.FAILED, "refused")),
        ({"recipient": "450 come again"}, again(1, "busy")),
        ({"data": "554 looks like spam"}, Outcome(State.FAILED, "refused")),
        ({"data": "452 disk full"}, again(1, "busy")),
        ({"recipient": None}, again(1, "unreachable")),
        ({"data": None}, again(1, "unreachable")),
        ({"data": ""}, again(1, "unreachable")),
    ],
    ids=str,
)
def test_each_answer_of_the_server_has_its_outcome(server, settings, answers, outcome):
    settings.EMAIL_TIMEOUT = 0.2 if "" in answers.values() else 10
    for name, words in answers.items():
        setattr(server, name, words)

    assert send() == outcome
    assert server.mails == []


def test_a_server_that_is_not_there_is_tried_again_while_it_helps(server, settings):
    settings.EMAIL_PORT = 1
    tried = [send(tries=tries) for tries in (1, 2, 3, 4, 5, 9)]
    late = send(tries=3, until=NOW + timedelta(minutes=5))

    assert tried == [again(minutes, "unreachable") for minutes in (1, 2, 5, 10, 15, 15)]
    assert late == Outcome(State.FAILED, "unreachable")


def test_a_server_that_rejects_our_password_is_tried_again(server, monkeypatch):
    """That is no word on this mail: whoever runs the server can mend it."""

    def reject(backend):
        raise SMTPAuthenticationError(535, b"who are you?")

    monkeypatch.setattr(EmailBackend, "open", reject)

    assert send() == again(1, "unreachable")


@pytest.fixture
def reminded(alice, bob):
    """Alice chose mails, and Bob too."""
    Preferences.objects.update(remind_by_mail=True)
    return alice


def by_mail(user):
    return Preferences.objects.get(user=user).remind_by_mail


@pytest.mark.django_db
def test_a_mail_program_stops_the_mails_without_a_log_in(server, bob, reminded, stranger):
    mail.send(Job(a_job("mail").delivery, reminded, a_job("mail").message), NOW)
    [letter] = server.mails
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = stop_link(letter)
    stranger.handler.enforce_csrf_checks = True

    for _ in range(2):
        answer = stranger.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert (answer.status_code, STOPPED in answer.content.decode()) == (200, True)
    assert (by_mail(reminded), by_mail(bob)) == (False, True)


@pytest.mark.django_db
def test_to_open_the_link_stops_nothing_yet(reminded, stranger):
    page = shown(stranger, stop_path(reminded))

    assert "Do you want to stop them? Stop reminders by email" in page
    assert reminded.email not in page
    assert stranger.head(stop_path(reminded)).status_code == 200
    assert by_mail(reminded)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("wrong", ["another signature", "another user", "nothing signed", "erased"])
def test_a_link_that_we_did_not_sign_or_of_nobody_is_not_found(reminded, bob, stranger, wrong, method):
    path = stop_path(reminded)
    token = path.split("/")[-2]
    paths = {
        "another signature": path.replace(token, token[:-1] + ("a" if token[-1] != "a" else "b")),
        "another user": path.replace(f"/{reminded.pk}:", f"/{bob.pk}:"),
        "nothing signed": path.replace(token, str(reminded.pk)),
        "erased": path,
    }
    if wrong == "erased":
        reminded.delete()
    answer = getattr(stranger, method)(paths[wrong])

    assert answer.status_code == 404
    assert "This link no longer works." in answer.content.decode()
    assert by_mail(bob)
