"""Each setting saves itself: one field at a time, held against what is stored."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exercises.models import Preferences
from tests.support.settings import FIELDS, save_field

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

LATER = "This time must be later in your day than the one above."
WRONG = [
    ("day_starts_at", "25"),
    ("evening_at", "02:59:60"),
    ("follows_browser", "maybe"),
    ("goal_days", "8"),
    ("midday_at", ""),
    ("morning_at", "25:00"),
    ("move_seconds", "61"),
    ("move_waits", "maybe"),
    ("pain_sites", "head"),
    ("pain_weekly", ""),
    ("skin", "5"),
    ("theme", "sepia"),
    ("time_zone", "Europe/Atlantis"),
    ("week_starts_on", "7"),
]


def kept(user):
    return Preferences.objects.filter(user=user).values().get()


def page(client):
    return client.get("/settings/").content.decode()


def written_by(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    (written,) = [query["sql"] for query in captured if query["sql"].startswith('UPDATE "exercises_preferences"')]
    return re.findall(r'"(\w+)" = ', written.partition(" WHERE ")[0])


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_saves_itself_and_no_other(alice_client, alice, field):
    """Another tab may have saved those, or another device."""
    save_field(alice_client, "day_starts_at", "2")
    before = kept(alice)
    written = written_by(lambda: save_field(alice_client, field))
    after = kept(alice)

    assert written == [field]
    assert {name for name in after if after[name] != before[name]} == {field}


@pytest.mark.parametrize("field", FIELDS)
def test_a_saved_field_is_answered_with_the_users_day(alice_client, field):
    save_field(alice_client, "day_starts_at")
    answer = save_field(alice_client, field)

    assert answer.status_code == 200
    assert answer.json()["texts"]["settings-day"].startswith("It is now ")
    assert 'id="id_' + field + '_saved"' in page(alice_client)


@pytest.mark.one_database
@pytest.mark.parametrize(("field", "value"), WRONG)
def test_a_wrong_value_of_a_field_is_answered_with_its_reason(alice_client, alice, field, value):
    before = kept(alice)
    answer = save_field(alice_client, field, value)

    assert answer.status_code == 422
    assert answer.json()["error"].startswith(("Please ", "We do not know"))
    assert kept(alice) == before


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("morning_at", "11:00", "This time must be earlier in your day than the one below."),
        ("midday_at", "17:00", "This time must be earlier in your day than the one below."),
        ("midday_at", "06:00", LATER),
        ("evening_at", "02:00", LATER),
    ],
)
def test_one_time_alone_is_held_against_the_stored_ones(alice_client, alice, field, value, why):
    before = kept(alice)

    assert save_field(alice_client, field, value).json() == {"error": why}
    assert kept(alice) == before


def test_a_day_cannot_start_within_its_sessions(alice_client, alice):
    save_field(alice_client, "morning_at", "02:00")
    answer = save_field(alice_client, "day_starts_at", "3")

    assert answer.json()["error"].startswith("With this start of the day, your sessions would be out of order.")
    assert kept(alice)["day_starts_at"] == 0


@pytest.mark.parametrize("field", FIELDS)
def test_times_that_are_out_of_order_stop_no_other_setting(alice_client, alice, field):
    """As another way in may have left them. What has no part in the order is saved."""
    Preferences.objects.filter(user=alice).update(morning_at="12:00", midday_at="11:00", evening_at="09:00")
    answer = save_field(alice_client, field)

    assert answer.status_code == (422 if field in ("midday_at", "evening_at", "day_starts_at") else 200)


def test_following_the_phone_again_names_the_phones_day(alice_client, alice):
    save_field(alice_client, "follows_browser")
    save_field(alice_client, "time_zone", "Pacific/Pago_Pago")
    begun = alice.prescriptions.first().since
    alice_client.cookies["tz"] = "Pacific%2FKiritimati"
    answer = save_field(alice_client, "follows_browser", "True")

    assert answer.json() == {"texts": {"settings-day": "It is now Friday, 20 November for you."}}
    assert {each.since for each in alice.prescriptions.all()} == {begun}


@pytest.mark.parametrize("field", ["nonsense", "user", "moved", "pk", "first_day", "\0"])
def test_a_field_that_is_none_of_the_group_is_refused(alice_client, alice, field):
    before = kept(alice)
    answer = alice_client.post("/settings/you/", {"field": field, field: "1"})

    assert answer.status_code in (400, 422)
    assert kept(alice) == before


def test_the_table_has_every_field_of_the_page(alice_client):
    assert set(re.findall(r'data-saves="(\w+)"', page(alice_client))) == {*FIELDS}
