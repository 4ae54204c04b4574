"""The report: what it says of some weeks, and what it leaves out."""

import re
from datetime import timedelta

import pytest

from exercises.models import Preferences, Prescription
from exercises.pages.report import MOST_NOTES
from tests.support.day_facts import note, pain, rest_day
from tests.support.phone import FRIDAY, a_set
from tests.support.record import shown, whole_day, words_of
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "long_ago")]

TODAY = FRIDAY.date()


def sheet(client, path="/report/"):
    """The words of the sheet that is printed."""
    return words_of(client.get(path).content.decode().partition('<article class="sheet"')[2])


def screen(client, path="/report/"):
    """The words of the cards above it, which a screen shows in its place."""
    return words_of(client.get(path).content.decode().partition('<article class="sheet"')[0])


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
    page = sheet(alice_client, "/report/?weeks=12")

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


def test_the_numbers_of_pain_are_of_the_weeks_that_are_drawn(phone, alice, alice_client):
    """Nine in the first eight of twelve weeks, four in the last four."""
    Preferences.objects.filter(user=alice).update(pain_sites="low-back")
    phone.send(*(pain(day=days_ago(7 * n), score=4 if n < 4 else 9) for n in range(11)))

    assert "Low back Down: 9.0 in the first week here, 4.0 in the last two." in screen(
        alice_client, "/report/?weeks=12"
    )
    assert "Low back 9.0 → to 4.0, lower" in sheet(alice_client, "/report/?weeks=12")
    assert "Low back About the same: 4.0 in the first week here, 4.0 in" in screen(alice_client, "/report/?weeks=4")
    assert "Low back 4.0 → to 4.0, about the same" in sheet(alice_client, "/report/?weeks=4")


def test_two_weeks_with_an_answer_are_compared_with_nothing(phone, alice, alice_client):
    Preferences.objects.filter(user=alice).update(pain_sites="low-back")
    phone.send(*(pain(day=days_ago(7 * n), score=9 if n == 1 else 2) for n in (0, 1, *range(4, 11))))

    assert "Too few answers in these weeks to compare." in screen(alice_client, "/report/?weeks=4")
    assert "Low back too few answers here to compare" in sheet(alice_client, "/report/?weeks=4")


def test_the_screen_says_what_the_sheet_says(phone, alice_client):
    whole_day(phone, "2026-11-10")
    whole_day(phone, "2026-11-17", ["toe-presses"])
    phone.send(note(day=days_ago(3), text="Slept badly."))
    page = screen(alice_client, "/report/?weeks=4")

    assert "10 of 210 sets done in 3 finished weeks, 4%. 0 of 3 weeks at 80% or more." in page
    assert "Toe presses 3 of 63 Toe walking 2 of 42 Band press 2 of 42 Ankle circles 3 of 63" in page
    assert "Week by week 16 Nov , so far 3 of 40 (7%) 9 Nov 10 of 70 (14%) 2 Nov 0 of 70 (0%)" in page
    assert "17 Nov Slept badly." in page


def test_rest_days_in_a_row_are_one_and_not_due(phone, alice_client):
    phone.send(*(rest_day(day=days_ago(n)) for n in (3, 4, 5)), rest_day(day=days_ago(10), reason="away"))
    page = shown(alice_client, "/report/?weeks=4")

    assert "4 rest days 15 Nov – 17 Nov (Not well), 10 Nov (Away)." in page


def test_the_newest_notes_are_shown_and_the_others_counted(phone, alice_client):
    phone.send(*(note(day=days_ago(n), text=f"word{n} " * 60) for n in range(MOST_NOTES + 2)))
    page = sheet(alice_client, "/report/?weeks=4")

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
