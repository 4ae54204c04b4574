"""The report: what it says of some weeks, what it leaves out, and who can read it by a link."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from exercises.models import Preferences, Prescription, ShareLink
from exercises.pages.report import MOST_NOTES
from tests.conftest import logged_in
from tests.support.day_facts import note, pain, rest_day
from tests.support.phone import FRIDAY, a_set
from tests.support.queries import queries
from tests.support.record import shown, whole_day
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "long_ago")]

TODAY = FRIDAY.date()
OVER = "This link no longer works. Please ask for a new one."


def days_ago(number):
    return (TODAY - timedelta(days=number)).isoformat()


def test_each_week_and_exercise_has_its_fraction(phone, alice_client):
    whole_day(phone, "2026-11-10", ["toe-presses"])
    page = shown(alice_client, "/report/?weeks=4")

    assert "26 October 2026 to 20 November 2026" in page
    assert "Sets done, 3 finished weeks 1% 3 of 210" in page
    assert "9 Nov 4% 3/21 0/14 0/14 0/21 2 Nov 0% 0/21" in page
    assert "Finished weeks 1% 4% 0% 0% 0%" in page
    assert "Planned days with a set 1 of 21" in page


def test_the_running_week_is_shown_and_in_none_of_the_totals(phone, alice_client):
    whole_day(phone, "2026-11-10")
    before = totals_of(shown(alice_client, "/report/"))
    whole_day(phone, "2026-11-17")
    page = shown(alice_client, "/report/")

    assert totals_of(page) == before
    assert "This week is shown but not counted." in page
    assert "16 Nov so far 25% 3/12 2/8 2/8 3/12" in page


def totals_of(page):
    """The figures at the top, and the last line of the table."""
    return re.findall(r"Sets done, \d.*?Sets done of|Finished weeks [\d% ]+", page)


def test_the_running_week_is_an_outline_and_a_week_on_track_stands_out(alice_client, phone):
    for number in range(5, 12):
        whole_day(phone, days_ago(number))
    bars = re.findall(r'<rect class="bar([^"]*)" x="3" width="14"', alice_client.get("/report/").content.decode())

    assert bars == [""] * 6 + [" is-met", " is-now"]


def test_a_first_day_is_no_share_of_anything(phone, alice, alice_client):
    plan_since(alice, TODAY)
    empty = shown(alice_client, "/report/")
    phone.tap()
    page = shown(alice_client, "/report/")

    assert "Foot exercise report 20 November 2026 Name:" in page
    assert "No totals yet: no week with planned sets has finished." in page
    assert "16 Nov so far nothing yet" in empty
    assert "16 Nov so far 1 1" in page
    assert not [each for each in ("0 of 0", "100", "1/1") if each in page]


def test_weeks_before_the_plan_are_left_out(alice, alice_client):
    plan_since(alice, "2026-11-12")
    page = shown(alice_client, "/report/?weeks=12")

    assert "12 November 2026 to 20 November 2026" in page
    assert "Finished weeks" in page
    assert "Sets done, 1 finished week 0% 0 of 40" in page
    assert not re.search(r"(?<!\d)2 Nov", page)


def test_a_week_of_rest_says_so_in_the_chart_and_in_the_table(phone, alice_client):
    phone.send(*(rest_day(day=days_ago(n)) for n in range(5, 12)))
    page = shown(alice_client, "/report/?weeks=4")

    assert "0 2 Nov rest 9 Nov" in page
    assert "9 Nov rest 2 Nov 0%" in page
    assert "Sets done, 2 finished weeks" in page


def test_sets_are_counted_by_how_they_were_recorded(phone, alice_client):
    past = {"completed_at": "2026-11-10T07:00:00+00:00"}
    sources = ("timed", "timed", "ticked", "backdated")
    phone.send(*(a_set(source=source, **past) for source in sources))

    assert "Done with the timer 50% 1 ticked off, 1 added later" in shown(alice_client, "/report/")


def test_a_change_of_plan_is_named_the_first_plan_is_not(alice, alice_client):
    walking = Prescription.objects.of(alice).get(exercise__slug="toe-walking")
    walking.since, walking.reps, walking.midday = TODAY, 4, True
    walking.save(force_insert=True)
    page = shown(alice_client, "/report/?weeks=12")

    assert "Changes 20 Nov Toe walking: 4 walks of 20 seconds, 3 times a day" in page
    assert page.count("Changes") == 1


def test_pain_is_drawn_after_eight_weeks_as_a_mean_with_its_number(phone, alice, alice_client):
    Preferences.objects.filter(user=alice).update(pain_sites="low-back left-hip")
    sevens = [pain(day=days_ago(7 * n), score=4) for n in range(7)]
    phone.send(*sevens, pain(day=days_ago(1), score=7), pain(day=days_ago(2), site="left-hip"))
    early = shown(alice_client, "/report/")
    phone.send(pain(day=days_ago(7 * 7), score=4))
    late = shown(alice_client, "/report/")

    assert "Low back answers in 7 of 8 weeks" in early
    assert "Low back 4.0 → to 5.0, about the same" in late
    assert "16 Nov so far 5.5 ×2 9 Nov 4.0 ×1 2 Nov 4.0 ×1" in late
    assert "Left hip answers in 1 of 8 weeks" in late


def test_rest_days_in_a_row_are_one_and_not_due(phone, alice_client):
    phone.send(*(rest_day(day=days_ago(n)) for n in (3, 4, 5)), rest_day(day=days_ago(10), reason="away"))
    page = shown(alice_client, "/report/?weeks=4")

    assert "4 rest days 15 Nov – 17 Nov (Not well), 10 Nov (Away)." in page


def test_the_newest_notes_are_shown_and_the_others_counted(phone, alice_client):
    phone.send(*(note(day=days_ago(n), text=f"word{n} " * 60) for n in range(MOST_NOTES + 2)))
    page = shown(alice_client, "/report/?weeks=4")

    assert "word0 word0" in page
    assert f"word{MOST_NOTES}" not in page
    assert "2 earlier notes are not shown." in page
    assert max(page.count(f"word{n}") for n in range(MOST_NOTES)) < 20


@pytest.mark.parametrize("asked", ["", "9", "-1", "8.0", "x" * 4000, "٨"])
def test_any_other_number_of_weeks_is_eight(alice_client, asked):
    page = alice_client.get("/report/", {"weeks": asked}).content.decode()

    assert 'href="/report/?weeks=8" aria-current="page"' in page


def test_the_same_queries_however_much_there_is(phone, alice_client, django_assert_max_num_queries):
    phone.send(*(note(day=days_ago(n)) for n in range(9)), *(pain(day=days_ago(n)) for n in range(9)))
    with django_assert_max_num_queries(7):
        alice_client.get("/report/?weeks=12")


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
