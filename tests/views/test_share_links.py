"""Links to the report: who can read it by one, for how long, and with what."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from exercises.models import Preferences, ShareLink
from tests.conftest import logged_in
from tests.support.day_facts import note
from tests.support.phone import FRIDAY
from tests.support.queries import queries
from tests.support.record import shown, whole_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "long_ago")]

TODAY = FRIDAY.date()
OVER = "This link no longer works. Please ask for a new one."


def days_ago(number):
    return (TODAY - timedelta(days=number)).isoformat()


@pytest.fixture
def link(alice_client):
    """A fresh link to four weeks of Alice's, for a month."""
    return the_link(made(alice_client))


def the_link(page):
    return re.search(r'href="http://testserver(/share/[^"]+)"', page)[1]


def made(client, **fields):
    return client.post("/settings/links/", {"weeks": 4, "days": 30, **fields}).content.decode()


def test_whoever_has_the_link_reads_the_report_and_nothing_else(phone, stranger, alice, link):
    whole_day(phone, "2026-11-10")
    answer = stranger.get(link)
    page = re.sub(r"<svg.*?</svg>", "", answer.content.decode())  # a drawing has numbers of its own

    assert "10 of 210" in shown(stranger, link)
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"  # the token goes to nobody else
    assert '<meta name="robots" content="noindex' in page
    assert not [word for word in (alice.email, "<nav", "<form", "<script", f'"{alice.pk}"') if word in page]


def test_its_own_owner_sees_no_menu_by_the_link(alice_client, link):
    assert "<nav" not in alice_client.get(link).content.decode()


def test_the_day_is_that_of_the_owner_and_the_reader_does_not_move_it(alice, stranger, link):
    Preferences.objects.filter(user=alice).update(time_zone="Pacific/Honolulu")
    stranger.cookies["tz"] = "Asia/Tokyo"

    assert "to 19 November 2026" in shown(stranger, link)
    alice.preferences.refresh_from_db()
    assert alice.preferences.time_zone == "Pacific/Honolulu"


def test_only_a_digest_of_the_token_is_stored(alice_client, link):
    token = link.split("/")[2]
    kept = [*ShareLink.objects.values_list(), *Session.objects.values_list()]

    assert len(token) >= 22  # 128 bits, 6 to a letter
    assert token not in repr(kept)
    assert token not in alice_client.get("/settings/links/").content.decode()


@pytest.mark.parametrize("end", ["wrong", "expired", "revoked", "switched off"])
def test_a_link_that_holds_no_more_is_the_same_404_for_whatever_reason(
    alice, alice_client, stranger, link, friday_morning, end
):
    if end == "expired":
        friday_morning.shift(timedelta(days=30))
    elif end == "revoked":
        alice_client.post(f"/settings/links/{ShareLink.objects.get().uuid}/end/")
    elif end == "switched off":
        alice.is_active = False
        alice.save()
    answer = stranger.get(link[:-2] + "x/" if end == "wrong" else link)

    assert answer.status_code == 404
    assert OVER in answer.content.decode()


def test_it_is_said_that_notes_are_on_the_report(alice_client):
    page = shown(alice_client, "/progress/2026-11-18/")

    assert "Your note is printed on your own report. A shared link shows it only if you choose so." in page
    assert "Your notes show only if you choose so." in shown(alice_client, "/settings/links/")


@pytest.mark.parametrize("chosen", [{}, {"notes": "on"}], ids=["as it is offered", "with notes"])
def test_a_link_shows_notes_only_where_that_was_chosen(phone, alice_client, stranger, chosen):
    phone.send(note(day=days_ago(3), text="Slept badly."))
    link = the_link(made(alice_client, **chosen))

    assert ("Slept badly." in shown(stranger, link)) is bool(chosen)
    assert ("with your notes" in shown(alice_client, "/settings/links/")) is bool(chosen)
    assert ("without your notes" in shown(alice_client, "/settings/links/")) is not bool(chosen)
    assert "Slept badly." in shown(alice_client, "/report/")


def test_notes_are_not_chosen_before_somebody_does(alice_client):
    page = alice_client.get("/settings/links/").content.decode()
    [box] = re.findall(r'<input type="checkbox" name="notes"[^>]*>', page)

    assert "checked" not in box


def test_each_button_that_ends_a_link_says_of_which(alice_client, link):
    made(alice_client)
    page = alice_client.get("/settings/links/").content.decode()
    described = re.findall(r'aria-describedby="(link-[^"]+)"', page)

    assert len(set(described)) == 2
    assert all(f' id="{each}">' in page for each in described)


def test_the_list_tells_when_a_link_was_last_opened(alice_client, stranger, link):
    before = shown(alice_client, "/settings/links/")
    stranger.get(link)

    assert "4 weeks, works until 20 December 2026 without your notes not opened yet" in before
    assert "last opened on 20 November 2026" in shown(alice_client, "/settings/links/")


def test_a_link_writes_once_a_day_that_it_was_opened(stranger, link, friday_morning):
    def writes():
        return [sql for sql in queries(lambda: stranger.get(link)) if sql.startswith("UPDATE")]

    first, again = writes(), writes()
    friday_morning.shift(timedelta(days=1))

    assert (len(first), len(again), len(writes())) == (1, 0, 1)


def test_bob_neither_sees_nor_ends_a_link_of_alices(bob_client, stranger, link):
    assert "Links you have made No links yet." in shown(bob_client, "/settings/links/")
    assert bob_client.post(f"/settings/links/{ShareLink.objects.get().uuid}/end/").status_code == 303
    assert stranger.get(link).status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"weeks": 9}, {"days": 36500}, {"days": ""}, {"weeks": "٨"}, {"notes": "yes"}], ids=str
)
def test_a_link_of_another_kind_is_refused(alice_client, wrong):
    answer = alice_client.post("/settings/links/", {"weeks": 4, "days": 30, **wrong})

    assert answer.status_code == 422
    assert not ShareLink.objects.exists()


def test_ten_links_at_a_time_and_those_that_are_over_do_not_count(alice, alice_client, friday_morning):
    for _ in range(10):
        made(alice_client)
    assert "You already have 10 links. Please turn one off first." in made(alice_client)

    friday_morning.shift(timedelta(days=31))
    assert "Your new link" in made(logged_in(alice))
