"""A plan may have hundreds of changes: a page asks only for what it shows, and the plan stays within its limit."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from exercises.models import Exercise, Plan, Prescription
from exercises.models.range_queries import plan_of
from exercises.models.stored_prescription import StoredPrescription
from exercises.record import demo
from exercises.record.plan_changes import change_plan
from tests.support.archive import PRESCRIBED, a_file, as_bytes, bring_in
from tests.support.phone import a_tick
from tests.support.planning import PAGE, filled_in, later
from tests.support.record import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

TODAY = date(2026, 11, 20)
MOST = settings.PLAN_MAX_ROWS
PAGES = {  # how many prescriptions a page may make: those of the days that it shows
    "/": 16,
    "/session/morning/": 6,
    "/settings/": 16,
    "/settings/plan/": 40,
    "/progress/": 0,
    "/report/": 60,
}


def changed_daily(user, first, count, exercise="toe-presses"):
    """`count` more rows of one exercise from `first` on, one a day, none like the one before it. They are its only ones
    there.
    """
    held = next(each for each in Prescription.objects.of(user) if each.exercise.slug == exercise)
    days = [first + timedelta(days=number) for number in range(count)]
    user.prescriptions.filter(exercise=held.exercise, since__in=days).delete()
    Prescription.objects.bulk_create([held.changed(since=day, reps=3 + day.toordinal() % 2) for day in days])
    user.forget_plan()


def presses(user, **fields):
    held = next(each for each in user.plan.on(TODAY) if each.exercise.slug == "toe-presses")
    return held.changed(**fields)


@pytest.fixture
def made(monkeypatch):
    """The prescriptions that were made of stored rows."""
    made, make = [], StoredPrescription.prescription.func

    def noting(self):
        made.append(self)
        return make(self)

    monkeypatch.setattr(StoredPrescription.prescription, "func", noting)
    return made


@pytest.mark.one_database
@pytest.mark.parametrize("first", [TODAY - timedelta(days=MOST), TODAY + timedelta(days=1)], ids=["past", "to come"])
@pytest.mark.parametrize(("path", "most"), PAGES.items(), ids=PAGES)
def test_a_page_makes_what_it_shows_of_a_plan_however_long(alice, alice_client, made, path, most, first):
    demo.write(alice, TODAY, MOST + 10)
    changed_daily(alice, first, MOST - 4)
    assert alice_client.get(path).status_code == 200

    assert len(made) <= most


def test_a_tick_makes_the_prescriptions_of_its_day_alone(alice, alice_client, made):
    changed_daily(alice, TODAY + timedelta(days=1), MOST - 4)
    assert alice_client.post("/sets/", a_tick()).status_code == 303

    assert 0 < len(made) <= 8


def test_a_long_plan_is_read_as_its_rows_are(alice):
    changed_daily(alice, TODAY + timedelta(days=1), 50)
    plain, read = Plan(list(Prescription.objects.of(alice))), plan_of(alice)

    for day in (TODAY + timedelta(days=number) for number in range(-1, 53)):
        assert [(each.pk, each.amount) for each in read.on(day)] == [(each.pk, each.amount) for each in plain.on(day)]
        assert read.due(day) == plain.due(day)
        assert read.changed_between(day, day) == plain.changed_between(day, day)
    assert read.planned(TODAY) == plain.planned(TODAY)


def test_before_its_first_day_nothing_is_in_force(alice):
    assert alice.plan.on(TODAY - timedelta(days=1)) == []
    assert len(alice.plan.on(TODAY)) == len(alice.plan.on(date(2099, 1, 1))) == 4


def test_the_page_describes_what_comes_next_and_counts_the_rest(alice, alice_client):
    changed_daily(alice, TODAY + timedelta(days=1), 12)
    page = shown(alice_client, "/settings/plan/")

    assert page.count("Cancel this change") == 5
    assert "7 more changes are planned after these." in page


def test_the_page_opens_whatever_a_ready_made_plan_would_break(alice, alice_client):
    """All but one exercise are off, and from tomorrow that one takes nearly as long as a session may."""
    none = {"morning": False, "midday": False, "evening": False}
    Prescription.objects.of(alice).exclude(exercise__slug="toe-walking").update(**none)
    longest = presses(alice).changed(exercise=Exercise.objects.get(slug="toe-walking"), since=TODAY + timedelta(days=1))
    longest.changed(reps=30, effort_seconds=50, pause_seconds=5, slots=["morning"]).save(force_insert=True)

    assert alice_client.get("/settings/plan/").status_code == 200
    refused = alice_client.post("/settings/plan/", filled_in())
    assert refused.status_code == 422
    assert "A session can last at most 30 minutes." in refused.content.decode()


def test_one_change_more_than_a_plan_keeps_lets_the_oldest_go(alice):
    """The days that are over still ask for the same sets."""
    begun = TODAY - timedelta(days=MOST)
    Prescription.objects.of(alice).update(since=begun)
    changed_daily(alice, begun + timedelta(days=1), MOST - 4)
    days = [begun + timedelta(days=number) for number in range(MOST + 1)]
    due, newest = [alice.plan.due(day) for day in days], alice.plan.on(TODAY - timedelta(days=1))

    assert change_plan(alice, [presses(alice, reps=9)], TODAY, TODAY)

    assert len(alice.plan.rows) == MOST
    assert begun + timedelta(days=1) not in alice.plan.changes
    assert [alice.plan.due(day) for day in days] == due
    assert [each.pk for each in alice.plan.on(TODAY - timedelta(days=1))] == [each.pk for each in newest]
    assert presses(alice).reps == 9


def test_a_smaller_dose_is_kept_although_each_change_was_of_the_sessions(alice):
    """Whoever is in pain must be able to do less."""
    begun = TODAY - timedelta(days=MOST)
    Prescription.objects.of(alice).update(since=begun)
    slots = [["morning", "midday"], ["morning"]]
    days = [begun + timedelta(days=number) for number in range(1, MOST - 3)]
    rows = [presses(alice, since=day, slots=slots[number % 2]) for number, day in enumerate(days)]
    Prescription.objects.bulk_create(rows)
    alice.forget_plan()

    assert change_plan(alice, [presses(alice, reps=3)], TODAY, TODAY)
    assert presses(alice).reps == 3
    assert (len(alice.plan.rows), begun + timedelta(days=1) in alice.plan.changes) == (MOST, False)


def test_a_change_that_would_cost_a_later_change_is_refused(alice, alice_client):
    """Nothing of what is to come can go for it."""
    changed_daily(alice, TODAY + timedelta(days=1), MOST - 4)
    answer = alice_client.post(PAGE, later(date(2026, 11, 25), **{"toe-walking-reps": "2"}))

    assert answer.status_code == 422
    assert "Your plan has as many changes as we can keep." in answer.content.decode()
    assert Prescription.objects.of(alice).count() == MOST


@pytest.mark.parametrize(("count", "kept"), [(MOST, MOST), (MOST + 1, 4)], ids=["400", "401"])
def test_a_file_with_more_than_a_plan_keeps_leaves_the_plan_out(alice, alice_client, count, kept):
    days = [date(2020, 1, 1) + timedelta(days=number) for number in range(count)]
    bring_in(alice_client, as_bytes(a_file(prescriptions=[{**PRESCRIBED, "since": day.isoformat()} for day in days])))

    assert Prescription.objects.of(alice).count() == kept
