"""The plan: changes from today or a later day on leave the past as it was."""

from datetime import UTC, date, datetime, timedelta

import pytest

from exercises.catalogue.exercises import CATALOGUE
from exercises.models import Prescription, User
from exercises.record.plan_changes import change_plan
from tests.support.cue_sheet import sheet_of
from tests.support.planning import LATER, OFF, PAGE, TODAY, asked, filled_in, later, rows
from tests.support.record import shown, whole_day
from tests.support.threads import all_at_once
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "three_weeks_ago")]


# What is saved.


def test_a_change_of_today_holds_from_today_and_leaves_yesterday(alice_client, alice):
    before = asked(alice)
    answer = alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "5", "toe-presses-slots": ["evening"]}))

    assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}?said=plan-saved:2026-11-20")
    assert asked(alice, TODAY - timedelta(days=1)) == before
    assert asked(alice) == before | {"toe-presses": ("evening", 5, 4, 2, 1, "")}
    assert "Saved. From today a day takes 17:09 minutes." in shown(alice_client, answer["Location"])


def test_a_second_change_of_a_day_takes_the_place_of_the_first(alice_client, alice):
    alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "5"}))
    alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "7"}))

    assert [row for row in rows(alice) if row[1] == TODAY] == [("toe-presses", TODAY, 7, 1)]

    alice_client.post(PAGE, filled_in())
    assert [row for row in rows(alice) if row[1] == TODAY] == []  # back to what was: no change at all


def test_a_later_day_adds_a_change_that_is_listed_and_can_be_dropped(alice_client, alice):
    before = rows(alice)
    answer = alice_client.post(PAGE, later(**{"toe-walking-slots": []}))
    page = shown(alice_client, answer["Location"])

    assert asked(alice)["toe-walking"][0] == "morning, evening"
    assert asked(alice, LATER)["toe-walking"][0] == ""
    assert "From Monday, 30 November 2026 Toe walking Sessions: none (was morning, evening)" in page
    assert "Saved. From Monday, 30 November a day takes" in page

    answer = alice_client.post("/settings/plan/drop/", {"day": "2026-11-30"})
    assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}?said=change-cancelled")
    assert rows(alice) == before
    assert "Changes to come" not in shown(alice_client, PAGE)


def test_a_change_of_today_leaves_what_is_planned_for_later(alice_client, alice):
    alice_client.post(PAGE, later(**{"toe-presses-reps": "6"}))
    alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "8"}))

    assert (asked(alice)["toe-presses"][1], asked(alice, LATER)["toe-presses"][1]) == (8, 6)


def test_what_holds_by_then_anyway_is_no_change_to_come_and_marked_nowhere(alice_client, phone, friday_morning):
    phone.tap()
    alice_client.post(PAGE, later(**{"toe-presses-reps": "5"}))
    assert "Changes to come" in shown(alice_client, PAGE)
    alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "5"}))
    assert "Changes to come" not in shown(alice_client, PAGE)

    friday_morning.move_to(datetime(2026, 12, 2, 8, tzinfo=UTC))
    assert shown(alice_client).count("Plan changed: 20 Nov") > 0
    assert "30 Nov" not in shown(alice_client, "/report/").rpartition("Changes")[2]
    assert "Plan changed: 30 Nov" not in shown(alice_client)


def test_a_day_that_is_named_without_more_is_meant(alice_client, alice):
    alice_client.post(PAGE, filled_in(when="", since="2026-11-30", **{"toe-presses-reps": "6"}))
    alice_client.post(PAGE, filled_in(when="", since="", **{"ankle-circles-reps": "4"}))

    assert (asked(alice)["toe-presses"][1], asked(alice, LATER)["toe-presses"][1]) == (10, 6)
    assert asked(alice)["ankle-circles"][1] == 4


def test_the_day_is_that_of_the_users_zone(alice_client, alice):
    """In Kiritimati it is Friday evening, in Pago Pago Thursday evening."""
    alice_client.cookies["tz"] = "Pacific/Pago_Pago"
    alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "5"}))

    assert {row[1] for row in rows(alice)} == {date(2026, 11, 1), date(2026, 11, 19)}


def test_a_plan_that_begins_tomorrow_begins_no_earlier_by_a_change(alice_client, alice):
    plan_since(alice, "2026-11-25")
    alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "5"}))

    assert {row[1] for row in rows(alice)} == {date(2026, 11, 25)}
    assert asked(alice, date(2026, 11, 25))["toe-presses"][1] == 5


def test_the_dose_the_variant_and_the_pause_are_saved(alice_client, alice):
    changed = {
        "toe-walking-variant": "heel-raises",
        "toe-walking-pause_seconds": "0",
        "toe-presses-effort_seconds": "9",
    }
    alice_client.post(PAGE, filled_in(**changed))

    assert asked(alice)["toe-walking"] == ("morning, evening", 6, 20, 0, 2, "heel-raises")
    assert asked(alice)["toe-presses"][2] == 9


def test_the_exercises_change_places(alice_client, alice):
    alice_client.post(PAGE, filled_in(**{"toe-presses-place": "3"}))
    sheet = sheet_of(alice_client)

    assert [step["exercise"] for step in sheet["steps"]] == [
        "toe-walking",
        "resisted-plantar-flexion",
        "toe-presses",
        "ankle-circles",
    ]


def test_an_exercise_that_is_off_says_so_and_can_be_turned_on_again(alice_client, alice):
    alice_client.post(PAGE, filled_in(**{"toe-walking-slots": []}))
    assert "Not in your plan" in shown(alice_client, "/exercises/toe-walking/")

    alice_client.post(PAGE, filled_in())
    assert asked(alice)["toe-walking"][0] == "morning, evening"


def test_an_exercise_new_to_the_catalogue_is_off_until_it_is_planned(alice_client, alice):
    Prescription.objects.filter(exercise__slug="toe-walking").delete()
    alice_client.post(PAGE, filled_in(**{"toe-walking-slots": []}))
    assert "toe-walking" not in asked(alice)

    alice_client.post(PAGE, filled_in(**{"toe-walking-slots": ["morning"]}))
    assert asked(alice)["toe-walking"][0] == "morning"


def test_an_empty_plan_is_allowed_and_says_so(alice_client):
    alice_client.post(PAGE, filled_in(**OFF))

    assert "Nothing is planned. Choose a session for at least one exercise." in shown(alice_client, PAGE)
    assert "Nothing planned today" in shown(alice_client, "/")
    assert "Nothing is planned for this session." in shown(alice_client, "/session/morning/")
    assert {alice_client.get(path).status_code for path in ("/progress/", "/progress/year/", "/settings/")} == {200}


def test_saving_what_is_so_already_changes_nothing(alice_client, alice):
    before = rows(alice)
    answer = alice_client.post(PAGE, filled_in())

    assert rows(alice) == before
    assert "Nothing has changed" in shown(alice_client, answer["Location"])


# What was done, and what is over.


def test_what_was_done_today_stays_whatever_changes(alice_client, phone):
    phone.tap(exercise="toe-walking")
    phone.tap(exercise="toe-presses")
    before = phone.sets()
    alice_client.post(PAGE, filled_in(**{"toe-walking-slots": [], "toe-presses-reps": "20"}))

    assert phone.sets() == before
    page = shown(alice_client, "/")
    assert "Toe presses, Morning: done" in alice_client.get("/").content.decode()
    assert "Toe walking +1 extra" in page


def test_a_set_from_a_page_older_than_the_plan_is_an_extra(alice_client, phone):
    """A session may be open, or kept on the phone, while an exercise is turned off."""
    alice_client.post(PAGE, filled_in(**OFF))
    in_a_session = phone.tap(exercise="toe-walking", session="7d444840-9dc0-11d1-b245-5ffdce74fad2", reps="4")

    assert in_a_session.status_code == 200
    assert [each["dose"]["reps"] for each in phone.sets()] == [6]
    assert "Toe walking +1 extra" in shown(alice_client, "/")


def test_past_days_and_weeks_stay_as_they_were(alice_client, phone):
    whole_day(phone, "2026-11-10", ["toe-presses"])
    pages = ("/progress/?week=2026-W46", "/progress/2026-11-10/")
    before = [shown(alice_client, path) for path in pages]
    answer = alice_client.post(PAGE, filled_in(**OFF))
    assert "Saved. From today nothing is planned." in shown(alice_client, answer["Location"])

    assert [shown(alice_client, path) for path in pages] == before


def test_a_change_is_marked_in_the_charts(alice_client, phone):
    phone.tap()
    assert "Plan changed" not in shown(alice_client, "/progress/") + shown(alice_client, "/progress/year/")
    alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "5"}))
    alice_client.post(PAGE, later(date(2026, 11, 22), **{"toe-presses-reps": "6"}))  # still to come
    page, year = shown(alice_client, "/progress/"), alice_client.get("/progress/year/").content.decode()

    assert page.count("Plan changed: 20 Nov") == 1  # on the mark
    assert "16 Nov 1 of 41 2 0 of 7 20 Nov" in page  # in the table
    assert "The plan changed that week" in page
    assert year.count("Plan changed:") == 2
    assert 'class="h-change" d="M' in year
    assert "20 Nov, 22 Nov" not in page + year


def test_a_change_of_order_is_listed_while_planned_and_marked_nowhere(alice_client, alice, phone, friday_morning):
    """A change of order is not another prescription. Only an exercise whose dose also changes is named."""
    phone.tap()
    alice_client.post(PAGE, filled_in(**{"toe-presses-place": "3"}))
    alice_client.post(PAGE, later(**{"toe-presses-place": "3", "toe-walking-place": "4", "toe-walking-reps": "9"}))
    assert [row[0] for row in rows(alice) if row[1] == TODAY] != []
    assert "Changes to come" in shown(alice_client, PAGE)
    pages = shown(alice_client, "/progress/") + shown(alice_client, "/progress/year/") + shown(alice_client, "/report/")
    assert "Plan changed" not in pages
    assert "Changes" not in pages

    friday_morning.move_to(datetime(2026, 12, 2, 8, tzinfo=UTC))
    changed = shown(alice_client, "/report/").rpartition("Changes ")[2]
    assert changed.startswith("30 Nov Toe walking: 9 walks")
    assert changed.count("30 Nov Toe") == 1
    assert "20 Nov Toe" not in changed
    assert shown(alice_client).count("Plan changed: 30 Nov") == 1


def test_an_order_that_is_to_come_can_be_dropped(alice_client, alice):
    before = rows(alice)
    alice_client.post(PAGE, later(**{"toe-presses-place": "3"}))
    assert "Order in a session" in shown(alice_client, PAGE)
    alice_client.post("/settings/plan/drop/", {"day": "2026-11-30"})

    assert rows(alice) == before


@pytest.mark.django_db(transaction=True)
def test_parallel_changes_of_a_day_all_hold(alice):
    """Each of another exercise, by a request that knew the plan from before them all."""
    stale = [User.objects.get(pk=alice.pk) for _ in CATALOGUE]
    plans = [user.plan.on(TODAY)[n] for n, user in enumerate(stale)]
    all_at_once(
        [
            lambda user=user, each=each: change_plan(user, [each.changed(reps=9)], TODAY, TODAY)
            for user, each in zip(stale, plans, strict=True)
        ]
        * 3
    )

    assert [each[1] for each in asked(alice).values()] == [9] * len(CATALOGUE)
    assert len([row for row in rows(alice) if row[1] == TODAY]) == len(CATALOGUE)
