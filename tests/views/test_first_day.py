"""The first day asks only for the slots from the one in which the plan began: on every page, and in every copy."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from exercises.models import Prescription, User
from exercises.record.plan_changes import begin_by, begin_earlier, change_plan
from tests.support.archive import PRESCRIBED, a_file, a_kept_set, as_bytes, bring_in
from tests.support.phone import FRIDAY, Phone, a_set, a_trial
from tests.support.record import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TODAY, TOMORROW = FRIDAY.date(), FRIDAY.date() + timedelta(days=1)
CARLA = {"email": "carla@example.org", "password1": "ten sets a day"}
MIDDAY = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)


def signed_up(at, **form):
    """A client of somebody who signed up at that instant, in UTC."""
    client = Client()
    with time_machine.travel(at, tick=False):
        assert client.post("/accounts/signup/", {**CARLA, **form}).status_code == 302
    return client


def carla():
    return User.objects.get(email=CARLA["email"])


def page(client, path):
    return client.get(path).content.decode()


@pytest.fixture
def begun_at_midday():
    return signed_up(MIDDAY)


def due(day=TODAY):
    return len(carla().plan.due(day))


@pytest.mark.parametrize(
    ("clock", "sets"),
    [
        pytest.param((0, 0), 10, id="just after midnight"),
        pytest.param((5, 59), 10, id="before the hour of the morning"),
        pytest.param((10, 59), 10, id="in the morning"),
        pytest.param((11, 0), 6, id="at midday"),
        pytest.param((17, 0), 4, id="in the evening"),
        pytest.param((23, 59), 4, id="just before midnight"),
    ],
)
def test_the_first_day_asks_for_what_is_left_of_it(clock, sets):
    signed_up(datetime(2026, 11, 20, *clock, tzinfo=UTC))

    assert due(TODAY) == sets
    assert due(TOMORROW) == 10


@time_machine.travel(MIDDAY, tick=False)
def test_every_page_asks_for_the_same_six(begun_at_midday):
    phone = Phone(begun_at_midday)
    for slot, slugs in {"midday": "toe-presses ankle-circles", "evening": "toe-presses toe-walking"}.items():
        phone.send(*(a_set(exercise=slug, slot=slot) for slug in slugs.split()))

    assert "4 of 6 sets done today" in page(begun_at_midday, "/")
    assert "4 of 6 sets done on this day" in page(begun_at_midday, f"/progress/{TODAY}/")
    with time_machine.travel(MIDDAY + timedelta(weeks=1), tick=False):
        assert "4 of 26 sets" in shown(begun_at_midday, "/progress/?week=2026-W47")
        assert "4 of 26" in shown(begun_at_midday, "/report/")


@time_machine.travel(MIDDAY, tick=False)
def test_a_phone_that_stays_offline_asks_for_the_whole_next_day(begun_at_midday):
    html = begun_at_midday.get("/").content.decode()
    plans = json.loads(unescape(re.search(r"data-carried='([^']*)'", html)[1]))["plans"]
    slots = {day: sorted({slot for each in held for slot in each["seconds"]}) for day, held in plans}

    assert slots == {str(TODAY): ["evening", "midday"], str(TOMORROW): ["evening", "midday", "morning"]}


@time_machine.travel(MIDDAY, tick=False)
def test_a_session_before_the_first_slot_is_whole_and_extra(begun_at_midday):
    Phone(begun_at_midday).tap(slot="morning")

    assert "0 of 6 sets done today" in page(begun_at_midday, "/")
    assert "1 of 4" in shown(begun_at_midday, "/session/morning/")


@time_machine.travel(MIDDAY, tick=False)
def test_a_set_without_a_slot_goes_to_the_first_one_that_is_due(begun_at_midday):
    phone = Phone(begun_at_midday)
    phone.send(a_set(slot=None))

    assert [each["slot"] for each in phone.sets()] == ["midday"]


@time_machine.travel(MIDDAY, tick=False)
def test_a_change_on_the_first_day_keeps_its_first_slot(begun_at_midday):
    user = carla()
    change_plan(user, [each.changed(reps=7) for each in user.plan.on(TODAY)[:1]], TODAY, TODAY)

    assert set(Prescription.objects.of(user).values_list("first_slot", flat=True)) == {"midday"}
    assert due() == 6


@time_machine.travel(MIDDAY, tick=False)
def test_a_later_change_and_a_later_zone_change_nothing(begun_at_midday):
    user = carla()
    change_plan(user, [each.changed(reps=7) for each in user.plan.on(TODAY)], TOMORROW, TODAY)
    begun_at_midday.cookies["tz"] = "America%2FNew_York"
    begun_at_midday.get("/")

    assert (due(TODAY), due(TOMORROW)) == (6, 10)


def test_a_plan_moved_to_an_earlier_day_begins_in_the_morning(begun_at_midday):
    begin_earlier(carla(), TODAY)
    assert due(TODAY) == 6

    begin_earlier(carla(), TODAY - timedelta(days=1))
    assert (due(TODAY - timedelta(days=1)), due(TODAY)) == (10, 10)


def test_a_plan_that_began_tomorrow_further_east_keeps_its_slot(begun_at_midday):
    begin_by(carla(), TODAY - timedelta(days=1))

    assert (due(TODAY - timedelta(days=1)), due(TODAY)) == (6, 10)


@pytest.mark.parametrize(
    ("hour", "ago", "sets"),
    [
        pytest.param(19, 0, 6, id="a trial of today, its slot being over"),
        pytest.param(8, 0, 10, id="a trial of the morning"),
        pytest.param(8, 1, 6, id="a trial of yesterday"),
        pytest.param(19, 40, 4, id="a trial of long ago is no beginning"),
    ],
)
def test_the_sets_of_a_trial_count_for_the_first_day(hour, ago, sets):
    at = datetime(2026, 11, 20, hour, tzinfo=UTC)
    with time_machine.travel(at - timedelta(days=ago), tick=False):
        trial = a_trial()
    signed_up(at, trial=json.dumps({**trial, "sent_at": at.isoformat()}))

    assert due(carla().plan.first_day) == sets


def test_an_account_that_the_server_makes_has_the_whole_day(alice):
    assert alice.plan.first_slot == ""
    assert len(alice.plan.due(alice.plan.first_day)) == 10


# A copy of the data


@time_machine.travel(MIDDAY, tick=False)
def test_the_first_slot_goes_with_a_copy(begun_at_midday, bob, bob_client):
    exported = Phone(begun_at_midday).export()
    bring_in(bob_client, as_bytes(exported))

    bob = User.objects.get(pk=bob.pk)
    assert {each["first_slot"] for each in exported["prescriptions"]} == {"midday"}
    assert bob.plan.first_slot == "midday"
    assert len(bob.plan.due(TODAY)) == 6


@time_machine.travel(MIDDAY, tick=False)
def test_an_account_with_facts_keeps_its_first_slot(begun_at_midday):
    Phone(begun_at_midday).tap(slot="midday")
    bring_in(begun_at_midday, as_bytes(a_file(prescriptions=[PRESCRIBED | {"first_slot": "evening"}])))

    assert due() == 6


@time_machine.travel(MIDDAY, tick=False)
def test_a_copy_that_begins_earlier_brings_the_morning(begun_at_midday):
    Phone(begun_at_midday).tap(slot="midday")
    bring_in(begun_at_midday, as_bytes(a_file(sets=[a_kept_set()])))

    assert carla().plan.first_day == date(2026, 11, 19)
    assert (due(date(2026, 11, 19)), due(TODAY)) == (10, 10)


@pytest.mark.parametrize("slot", ["extra", "noon", 1, ["midday"], True])
@time_machine.travel(MIDDAY, tick=False)
def test_an_unknown_first_slot_leaves_the_plan_as_it_is(begun_at_midday, slot):
    bring_in(begun_at_midday, as_bytes(a_file(prescriptions=[PRESCRIBED | {"first_slot": slot}])))

    assert carla().plan.first_slot == "midday"


@time_machine.travel(MIDDAY, tick=False)
def test_only_the_first_day_of_a_file_has_a_first_slot(begun_at_midday):
    later = PRESCRIBED | {"since": "2026-11-10", "reps": 5, "first_slot": "evening"}
    bring_in(begun_at_midday, as_bytes(a_file(prescriptions=[later, PRESCRIBED | {"first_slot": "midday"}])))

    kept = Prescription.objects.of(carla()).values_list("since", "first_slot")
    assert set(kept) == {(date(2026, 11, 1), "midday"), (date(2026, 11, 10), "")}
