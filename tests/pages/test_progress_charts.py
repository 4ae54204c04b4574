"""The pictures on Progress: weeks without a bar have a name, and a year has a tile for each day."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from exercises.models import Prescription
from tests.support.record import shown
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning"), pytest.mark.one_database]


# Weeks without a bar.


def rest(phone, *days):
    said = {"kind": "rest_day", "reason": "rest", "on": True, "timezone": "UTC", "said_at": "2026-11-20T07:00:00+00:00"}
    phone.send(*[{**said, "id": str(uuid4()), "day": f"{day}"} for day in days])


def week_days(first, count=7):
    return [date.fromisoformat(first) + timedelta(days=n) for n in range(count)]


def bars_and_rows(client):
    """What is written at the bars, and the table under them."""
    page = shown(client)
    return page.partition("to reach it.")[2].partition("80% or more")[0], page.partition("Show as a table")[2]


@pytest.mark.usefixtures("long_ago")
def test_a_week_of_rest_is_named_and_keeps_its_date_and_its_row(alice_client, phone):
    phone.tap()
    rest(phone, *week_days("2026-10-26"))
    bars, rows = bars_and_rows(alice_client)

    assert "rest 26 Oct" in bars
    assert "26 Oct Rest 2 Nov 0 of 70" in rows


@pytest.mark.usefixtures("long_ago")
def test_the_running_week_is_labelled_now_even_as_rest(alice_client, phone):
    phone.tap(completed_at="2026-11-10T07:00:00+00:00")
    rest(phone, *week_days("2026-11-16"))
    bars, rows = bars_and_rows(alice_client)

    assert "rest now" in bars
    assert "16 Nov Rest" in rows


@pytest.mark.usefixtures("long_ago")
def test_a_week_whose_first_sets_are_still_to_come_says_so(alice_client, phone):
    phone.tap(completed_at="2026-11-10T07:00:00+00:00")
    rest(phone, *week_days("2026-11-16", 4))
    bars, rows = bars_and_rows(alice_client)

    assert "rest" not in bars
    assert "now" in bars
    assert "16 Nov Nothing to do yet" in rows


@pytest.mark.usefixtures("long_ago")
def test_weeks_without_a_plan_are_called_off(alice_client, alice, phone):
    phone.tap(completed_at="2026-11-03T07:00:00+00:00")
    for each in Prescription.objects.of(alice):
        each.since, each.morning, each.midday, each.evening = date(2026, 11, 9), False, False, False
        each.save(force_insert=True)
    bars, rows = bars_and_rows(alice_client)

    assert "– Plan changed: 9 Nov – now" in bars
    assert "9 Nov Nothing planned 9 Nov 16 Nov Nothing planned" in rows


def test_weeks_before_the_plan_have_dates_and_no_rows(alice_client, phone):
    phone.tap()
    page = shown(alice_client)

    assert "26 Oct now" in page
    assert "Days 16 Nov 1 of 10 10 0 of 3" in page


# The year.


def test_a_year_is_two_pictures_and_each_day_has_its_tile(alice_client):
    year = alice_client.get("/progress/year/?year=2026").content.decode()

    assert year.count('class="h-tile" d="M') == 3  # of each half, and what it means
    assert "Each day from January to June." in year
    assert "Each day from July to December." in year


@pytest.mark.usefixtures("long_ago")
def test_today_has_a_ring_and_is_never_drawn_as_none(alice_client, alice, phone):
    plan_since(alice, "2026-11-20")
    before = alice_client.get("/progress/year/").content.decode()
    phone.tap()
    after = alice_client.get("/progress/year/").content.decode()

    assert [page.count('<circle class="h-today"') for page in (before, after)] == [2, 2]  # the day, and what it means
    assert [page.count('class="h0" d="M') for page in (before, after)] == [1, 1]  # what it would mean
    assert [page.count('class="h1" d="M') for page in (before, after)] == [1, 2]
    assert "1 of 1 set ·" in shown(alice_client, "/progress/year/")


def test_a_year_that_is_over_has_no_today(alice_client, alice):
    plan_since(alice, "2025-01-01")

    assert "h-today" not in alice_client.get("/progress/year/?year=2025").content.decode()
