"""Today: what is next, the marks, the ring, the week."""

from datetime import date

import pytest

from exercises.models import Prescription
from tests.support.phone import a_tick
from tests.support.record import words_of
from tests.support.usual_plan import ALL_EXERCISES, plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]


def page(client):
    return " ".join(client.get("/").content.decode().split())


def test_a_new_account_is_offered_the_whole_morning(alice_client):
    shown = page(alice_client)

    assert "Next: morning" in shown
    assert "Toe presses, then 3 more" in shown
    assert 'href="/session/morning/"' in shown
    assert "9 min" in words_of(shown)
    assert "0 of 10 sets done today" in shown


def test_each_exercise_has_a_mark_for_each_session_it_is_due_in(alice_client):
    shown = page(alice_client)

    marks = shown.partition('id="marks"')[2].partition("</form>")[0]
    assert marks.count('name="mark"') == 10
    assert marks.count("Not planned") == 2


def test_the_time_left_shrinks_with_each_set(alice_client, phone):
    phone.tap(exercise="resisted-plantar-flexion")

    assert "5 min" in words_of(page(alice_client))


def test_when_the_morning_is_done_midday_is_next(alice_client, phone, alice):
    for prescription in alice.plan.prescriptions:
        phone.tap(exercise=prescription.exercise.slug)

    assert "Next: midday" in page(alice_client)


def test_at_midday_the_open_morning_waits_behind_the_sessions_to_come(alice_client, phone, friday_morning):
    friday_morning.shift(5 * 3600)
    assert "Next: midday" in page(alice_client)

    for slot in ("midday", "evening"):
        for exercise in ALL_EXERCISES:
            phone.tap(exercise=exercise, slot=slot)

    assert "Still to do: morning session" in page(alice_client)


def test_a_finished_day_says_so(alice_client, phone, alice):
    for prescription in alice.plan.prescriptions:
        for slot in prescription.slots:
            phone.tap(exercise=prescription.exercise.slug, slot=slot)
    shown = page(alice_client)

    assert "All sets are done" in shown
    assert "10 of 10 sets done today" in shown


def test_the_marks_of_the_hour_are_due_now_in_the_users_own_zone(alice_client, alice):
    assert page(alice_client).count("Morning: not done, to do now") == 4

    alice_client.cookies["tz"] = "Asia/Tokyo"
    assert page(alice_client).count("Evening: not done, to do now") == 4


def test_days_before_the_plan_are_no_missed_days(alice_client, alice):
    """The plan begins on this Friday."""
    shown = page(alice_client)
    assert shown.count("is-before") == shown.count(": before your plan") == 4
    assert "Monday, 16 November: before your plan" in shown

    plan_since(alice, date(2026, 11, 18))
    shown = page(alice_client)
    assert shown.count("is-before") == 2
    assert "Wednesday, 18 November: 0 of 10 sets" in shown


def test_nothing_planned_is_a_page_too(alice_client, alice):
    Prescription.objects.filter(user=alice).update(morning=False, midday=False, evening=False)

    assert "Nothing planned today" in page(alice_client)


def test_a_done_mark_undoes_its_own_set(alice_client, phone):
    tick = a_tick()
    phone.tap(tick)

    assert f'formaction="/sets/{tick["id"]}/undo/"' in page(alice_client)


def test_bob_does_not_see_alices_sets(bob_client, phone):
    phone.tap()

    assert "0 of 10 sets done today" in page(bob_client)


def test_the_day_is_that_of_the_phones_zone(alice_client, alice):
    alice_client.cookies["tz"] = "Pacific%2FKiritimati"

    assert "Friday, 20 November" in page(alice_client)
    alice.preferences.refresh_from_db()
    assert alice.preferences.time_zone == "Pacific/Kiritimati"


def test_the_first_day_is_today_for_a_phone_west_of_the_server(alice_client):
    alice_client.cookies["tz"] = "Pacific/Honolulu"
    shown = page(alice_client)

    assert "Thursday, 19 November" in shown
    assert "0 of 10 sets done today" in shown


def test_once_a_set_is_done_the_first_day_stays(alice_client, alice, phone):
    phone.tap()
    alice_client.cookies["tz"] = "Pacific/Honolulu"
    alice_client.get("/")

    assert {each["since"] for each in phone.export()["prescriptions"]} == {"2026-11-20"}


def test_a_zone_the_user_fixed_does_not_follow_the_phone(alice_client, alice):
    alice.preferences.follows_browser = False
    alice.preferences.save()
    alice_client.cookies["tz"] = "Pacific%2FKiritimati"

    assert 'data-zone="UTC"' in page(alice_client)
    alice.preferences.refresh_from_db()
    assert alice.preferences.time_zone == "UTC"


def test_the_week_shows_past_days_with_their_own_targets(alice_client, phone, alice):
    plan_since(alice, "2026-11-18")
    phone.tap(completed_at="2026-11-19T08:00:00+00:00")
    shown = page(alice_client)

    assert "Tuesday, 17 November: before your plan" in shown
    assert "Thursday, 19 November: 1 of 10 sets" in shown
    assert "Saturday, 21 November: still to come" in shown


def test_a_changed_target_leaves_the_days_before_as_they_were(alice_client, phone, alice):
    plan_since(alice, "2026-11-18")
    phone.tap(completed_at="2026-11-19T08:00:00+00:00")
    for old in alice.prescriptions.all():
        Prescription.objects.create(
            user=alice, exercise=old.exercise, since="2026-11-20", order=1, reps=5, effort_seconds=4, pause_seconds=2
        )
    shown = page(alice_client)

    assert "Thursday, 19 November: 1 of 10 sets" in shown
    assert "Friday, 20 November: 0 of 12 sets" in shown


def test_the_plan_of_tomorrow_is_not_todays(alice_client, alice):
    exercise = alice.plan.exercise("toe-presses")
    Prescription.objects.create(
        user=alice, exercise=exercise, since="2026-11-21", order=1, reps=5, effort_seconds=4, pause_seconds=2
    )

    assert "0 of 10 sets done today" in page(alice_client)
    assert page(alice_client).count('name="mark"') == 10


def test_a_visitor_is_welcomed_and_told_the_true_minutes(stranger, catalogue):
    shown = page(stranger)

    assert "20 minutes" in shown
    assert 'href="/accounts/signup/"' in shown
