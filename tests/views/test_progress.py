"""Progress: the week with those before it, and the year."""

import pytest

from exercises.models import Prescription
from tests.support.record import links_in, shown, whole_day
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]


# The week.


def test_a_new_account_is_told_what_will_be_here_and_where_to_start(alice_client):
    page = shown(alice_client)

    assert "Nothing to show yet" in page
    assert "Midday · 2 min" in page


def test_the_first_set_makes_the_first_week(alice_client, phone):
    phone.tap()
    page = shown(alice_client)

    assert "This is your first week" in page
    assert "Your goal: 3 good days this week. This is your first week. Every set is a good start. 1 of 10 sets." in page


def test_on_the_first_day_progress_says_what_today_says(alice_client, phone):
    """Not 2 of 2: of the first day, what was begun is not all there was to do."""
    for exercise in ("toe-presses", "toe-walking"):
        phone.tap(exercise=exercise)
    today, page = shown(alice_client, "/"), shown(alice_client)

    assert "2 of 10 sets" in today
    assert "2 of 10 sets" in page
    assert "By exercise" not in page
    assert "not counted yet" not in page


@pytest.mark.usefixtures("long_ago")
def test_a_week_counts_what_was_due_and_of_today_what_is_done(alice_client, phone):
    whole_day(phone, "2026-11-16")
    whole_day(phone, "2026-11-18", ["toe-presses", "ankle-circles"])
    phone.tap()
    page = shown(alice_client)

    assert "1 good day. Every set counts. 17 of 41 sets so far, and 9 more to do today." in page


def test_it_leads_to_the_page_for_a_physiotherapist(alice_client, phone):
    phone.tap()
    page = alice_client.get("/progress/").content.decode()

    assert links_in(page)["Report"] == "/report/"


@pytest.mark.usefixtures("long_ago")
def test_the_grid_shows_a_fraction_for_each_exercise_and_day(alice_client, phone):
    whole_day(phone, "2026-11-16", ["toe-presses"])
    phone.tap(exercise="toe-walking", completed_at="2026-11-17T07:00:00+00:00")
    phone.tap(reps="5")
    page = shown(alice_client)

    assert "Friday 20, in progress" in page
    presses, walking = (
        page[page.index(f"{name} {due} a day") :] for name, due in (("Toe presses", 3), ("Toe walking", 2))
    )
    assert presses.startswith("Toe presses 3 a day 3 of 3 0 of 3 0 of 3 0 of 3 0.5 of 3 still to come still to come")
    assert walking.startswith("Toe walking 2 a day 0 of 2 1 of 2 0 of 2")


def test_days_before_the_plan_are_no_misses(alice_client, phone):
    phone.tap()

    assert "Toe presses 3 a day not in your plan not in your plan not in your plan not in your plan 1 of 3" in shown(
        alice_client
    )


@pytest.mark.usefixtures("long_ago")
def test_a_day_counts_for_the_goal_from_80_percent_on(alice_client, phone):
    whole_day(phone, "2026-11-16", ["toe-presses", "ankle-circles", "toe-walking"])
    whole_day(phone, "2026-11-17", ["toe-presses", "ankle-circles"])
    phone.tap(exercise="toe-walking", completed_at="2026-11-17T07:00:00+00:00")

    assert "1 good day." in shown(alice_client)


@pytest.mark.usefixtures("long_ago")
def test_a_reached_goal_is_shown_and_a_running_week_is_not_judged(alice_client, alice, phone):
    alice.preferences.goal_days = 1
    alice.preferences.save()
    phone.tap(completed_at="2026-11-10T07:00:00+00:00")
    assert "Goal reached in 0 of 11 weeks" in shown(alice_client)

    whole_day(phone, "2026-11-16")

    assert "1 good day. You reached your goal." in shown(alice_client)
    assert "Goal reached in 1 of 12 weeks" in shown(alice_client)


@pytest.mark.usefixtures("long_ago")
def test_extra_sets_are_shown_and_not_counted(alice_client, phone):
    phone.tap(slot="extra", completed_at="2026-11-17T07:00:00+00:00")
    page = shown(alice_client)

    assert "Plus 1 extra set." in page
    assert "0 of 40 sets" in page


@pytest.mark.usefixtures("long_ago")
def test_timed_ticked_and_backdated_sets_are_told_apart(alice_client, phone):
    phone.tap(source="timed")
    phone.tap(source="timed", slot="midday")
    phone.tap(source="backdated", completed_at="2026-11-02T07:00:00+00:00")

    assert "2 with the timer, 0 ticked off by hand, 1 added later." in shown(alice_client)


@pytest.mark.usefixtures("long_ago")
def test_a_changed_plan_leaves_the_weeks_before_as_they_were(alice_client, alice, phone):
    whole_day(phone, "2026-11-09")
    before = shown(alice_client, "/progress/?week=2026-W46")
    exercise = alice.plan.exercise("toe-presses")
    Prescription.objects.create(
        user=alice,
        exercise=exercise,
        since="2026-11-16",
        order=1,
        reps=5,
        effort_seconds=4,
        pause_seconds=2,
        midday=False,
    )

    assert shown(alice_client, "/progress/?week=2026-W46") == before
    assert "Toe presses 2 a day 0 of 2" in shown(alice_client)


@pytest.mark.usefixtures("long_ago")
def test_after_a_gap_one_is_greeted_with_the_shortest_session(alice_client, phone):
    phone.tap(completed_at="2026-09-12T07:00:00+00:00")
    page = shown(alice_client)

    assert "Good to see you. Start with a short session? Midday · 2 min" in page
    assert "missed" not in page

    phone.tap()
    assert "Good to see you" not in shown(alice_client)


@pytest.mark.usefixtures("long_ago")
def test_two_months_without_a_set_are_welcomed_back_too(alice_client, alice):
    plan_since(alice, "2026-01-05")

    assert "Good to see you" in shown(alice_client)


@pytest.mark.usefixtures("long_ago")
@pytest.mark.parametrize(("last_set", "greeted"), [("2026-11-13", False), ("2026-11-12", True)])
def test_a_week_without_a_set_is_no_gap_yet(alice_client, phone, last_set, greeted):
    whole_day(phone, last_set)

    assert ("Good to see you" in shown(alice_client)) is greeted


@pytest.mark.usefixtures("long_ago")
def test_only_the_first_week_is_called_so(alice_client, phone):
    whole_day(phone, "2026-11-19")

    assert "This is your first week" not in shown(alice_client)
    assert "This is your first week" in shown(alice_client, "/progress/?week=2026-W36")


def test_a_plan_of_some_weeks_without_a_set_is_no_new_account(alice_client, alice):
    plan_since(alice, "2026-11-02")
    page = shown(alice_client)

    assert "Nothing to show yet" in page or "Good to see you" in page


def test_the_first_look_at_the_year_is_kind(alice_client):
    page = shown(alice_client, "/progress/year/")

    assert "0 of" not in page.partition("Show as a table")[0]


@pytest.mark.usefixtures("long_ago")
def test_a_start_is_never_shown_as_nothing(alice_client, phone):
    phone.tap(exercise="resisted-plantar-flexion", reps=1, completed_at="2026-11-19T07:00:00+00:00")

    assert "0.1 of 2" in shown(alice_client)


@pytest.mark.usefixtures("long_ago")
def test_a_set_further_east_can_be_found_and_is_counted_when_its_day_comes(alice_client, phone, friday_morning):
    friday_morning.shift(6 * 3600)
    phone.tap(timezone="Pacific/Kiritimati")

    assert "ticked off by hand" not in shown(alice_client)
    assert "Toe presses" in shown(alice_client, "/progress/2026-11-21/")


def test_no_streak_and_no_blame(alice_client, phone):
    whole_day(phone, "2026-11-18")
    page = shown(alice_client).lower()

    assert not [word for word in ("streak", "missed", "failed", "in a row") if word in page]


# The year.


def test_a_year_sums_its_days(alice_client, alice, phone):
    plan_since(alice, "2025-12-30")
    whole_day(phone, "2025-12-31")
    whole_day(phone, "2026-01-01")
    phone.tap()
    page = shown(alice_client, "/progress/year/")

    assert "11 of 3231 sets · 1 day at 80% or more" in page
    assert "29 Dec 10/10" in page
    assert "10 of 20 sets" in shown(alice_client, "/progress/year/?year=2025")


@pytest.mark.one_database
@pytest.mark.parametrize("number", ["", "0000", "0001", "9999", "10000", "-1", "MMXXVI", "٢٠٢٦", "9" * 4000])
def test_a_year_that_is_not_there_shows_the_nearest_one(alice_client, number):
    answer = alice_client.get("/progress/year/", {"year": number})

    assert answer.status_code == 200
    assert "Your year 2026" in answer.content.decode()
