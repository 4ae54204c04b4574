"""The looks of a mail: HTML made from the text, with the same words, and with nothing that is fetched."""

import re
from html.parser import HTMLParser

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from exercises.web.letters import pieces_of
from tests.support.reminders.mail_server import a_mail_server
from tests.support.ways_in.mailed import ASK, code_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_mail")]

FETCHES = re.compile(r"<(?:img|link|script|iframe|video|object)|url\(|@import|src=|javascript:", re.IGNORECASE)


class Words(HTMLParser):
    """What one reads, without the title and the styles."""

    def __init__(self):
        super().__init__()
        self.read, self.inside, self.links = [], [], []

    def handle_starttag(self, tag, attrs):
        self.links += [dict(attrs)["href"]] if tag == "a" else []
        self.inside += [tag] if tag in ("head", "style") else []

    def handle_endtag(self, tag):
        self.inside = [each for each in self.inside if each != tag]

    def handle_data(self, data):
        self.read += [] if self.inside or not data.strip() else [data.strip()]


def html_of(letter):
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    return html


def read(html):
    words = Words()
    words.feed(html)
    return words


def every_mail(alice):
    """One of each that a visitor can cause."""
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    for email in (alice.email, "nobody@example.org"):
        Client().post(ASK, {"email": email})
        Client().post("/accounts/password/reset/", {"email": email})
        Client().post("/accounts/signup/", {"email": email, "password1": "ten sets a day"})
    return mail.outbox


def test_the_html_says_what_the_text_says(alice):
    letters = every_mail(alice)
    for letter in letters:
        words = read(html_of(letter))
        lines = [line for line in letter.body.splitlines() if line]
        assert [line for line in lines if line not in words.read] == []
        assert words.read[0] == letter.subject.removeprefix("[Footcare] ")

    assert len(letters) == 6


def test_it_links_to_this_site_alone_and_fetches_nothing(alice):
    pages = [html_of(letter) for letter in every_mail(alice)]

    assert {link.partition("/accounts/")[0] for page in pages for link in read(page).links} == {
        "https://feet.example.org"
    }
    assert [hit for page in pages for hit in FETCHES.findall(page)] == []
    assert [page for page in pages if '<html lang="en" dir="ltr">' not in page] == []


def test_a_code_is_large_and_the_first_link_a_button(alice):
    letters = every_mail(alice)
    [coded] = [each for each in letters if each.subject.endswith("Your code to log in")]
    [linked] = [each for each in letters if each.subject.endswith("Set a new password")]

    assert f'<p class="code"><bdi dir="ltr">{code_in(coded)}</bdi></p>' in html_of(coded)
    assert html_of(linked).count('class="button"') == 1


def test_a_link_elsewhere_stays_words_and_markup_is_shown(settings):
    text = "Hello,\n\nhttps://evil.example/x\n\nTwo\nhttps://feet.example.org/a\nhttps://feet.example.org/b\n\n<b>x</b>"

    assert [(piece.kind, piece.lines) for piece in pieces_of(text)] == [
        ("words", ["Hello,"]),
        ("words", ["https://evil.example/x"]),
        ("words", ["Two"]),
        ("button", ["https://feet.example.org/a"]),
        ("link", ["https://feet.example.org/b"]),
        ("words", ["<b>x</b>"]),
    ]


def test_what_arrives_has_both_and_says_that_a_machine_wrote_it(alice, settings):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "Footcare <footcare@example.org>"
    settings.EMAIL_HOST = "127.0.0.1"
    with a_mail_server() as server:
        settings.EMAIL_PORT = server.port
        assert Client().post(ASK, {"email": alice.email}).status_code == 303
        [letter] = server.mails

    assert letter["Subject"] == "[Footcare] Your code to log in"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    text, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    [code] = [line for line in text.splitlines() if re.fullmatch(r"\d{4} \d{4}", line)]
    assert f'<p class="code"><bdi dir="ltr">{code}</bdi></p>' in html
