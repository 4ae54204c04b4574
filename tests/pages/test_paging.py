"""The week or year of an address, the nearest one with data, and those beside it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.models import Plan, Preferences, Prescription
from exercises.pages.history import History
from exercises.pages.week import Progress, week_asked
from exercises.pages.year import Year, year_asked
from exercises.rules.days import week_name
from tests.support.histories import EXERCISES

TODAY = date(2026, 11, 20)  # a Friday
SUNDAY = 6
near_today = st.integers(-120, 30).map(lambda n: TODAY + timedelta(days=n))


def plan_from(first_day):
    """One exercise from that day on; no plan at all without a day."""
    begun = [Prescription(exercise=EXERCISES["presses"], since=first_day, morning=True)] if first_day else []
    return Plan(tuple(begun))


@pytest.mark.parametrize(
    ("name", "starts_on", "first_day", "first"),
    [
        pytest.param("2026-W46", 0, date(2026, 9, 2), date(2026, 11, 9), id="a week of the plan"),
        pytest.param("2026-W46", SUNDAY, date(2026, 9, 2), date(2026, 11, 15), id="by the ISO week of its Sunday"),
        pytest.param("2026-W47", SUNDAY, date(2026, 9, 2), date(2026, 11, 15), id="its Sunday is still to come"),
        pytest.param("2026-W48", 0, date(2026, 9, 2), date(2026, 11, 16), id="in the future: the current week"),
        pytest.param("2026-W36", 0, date(2026, 9, 6), date(2026, 8, 31), id="the plan begins on its last day"),
        pytest.param("2026-W36", 0, date(2026, 9, 7), date(2026, 9, 7), id="the plan begins the day after"),
        pytest.param("2026-W36", 0, date(2026, 11, 25), date(2026, 11, 16), id="the plan is still to begin"),
        pytest.param("2026-W36", 0, None, date(2026, 11, 16), id="no plan"),
        pytest.param("", 0, date(2026, 9, 2), date(2026, 11, 16), id="no name"),
        pytest.param("9999-W52", 0, date(2026, 9, 2), date(2026, 11, 16), id="a week that the calendar cuts off"),
        pytest.param("0001-W01", 0, date(1, 1, 1), date(1, 1, 1), id="the first of the calendar"),
    ],
)
def test_the_week_asked_for_is_the_one_named_or_the_nearest(name, starts_on, first_day, first):
    assert week_asked(name, plan_from(first_day), Preferences(week_starts_on=starts_on), TODAY) == first


@given(near_today, near_today, st.integers(0, 6))
def test_the_links_of_a_week_lead_to_the_weeks_beside_it(first_day, day, starts_on):
    plan, preferences = plan_from(first_day), Preferences(week_starts_on=starts_on)
    history = History(plan, TODAY, {}, 5)
    first = week_asked(week_name(preferences.week(day)[0]), plan, preferences, TODAY)
    shown = Progress(history, history.weeks(first, 2))

    assert (shown.before is None) == (first <= first_day)
    assert (shown.after is None) == (TODAY in preferences.week(first))
    for beside, way in ((shown.before, -7), (shown.after, 7)):
        assert beside is None or beside[1] == first + timedelta(days=way)
        assert beside is None or week_asked(beside[0], plan, preferences, TODAY) == beside[1]


@pytest.mark.parametrize(
    ("name", "first_day", "shown", "before", "after"),
    [
        pytest.param("2025", date(2024, 12, 31), 2025, 2024, 2026, id="a year of the plan"),
        pytest.param("2024", date(2024, 12, 31), 2024, None, 2025, id="its first"),
        pytest.param("2023", date(2024, 12, 31), 2024, None, 2025, id="before it: the first"),
        pytest.param("2027", date(2024, 12, 31), 2026, 2025, None, id="in the future: the current year"),
        pytest.param("", date(2024, 12, 31), 2026, 2025, None, id="no name"),
        pytest.param("٢٠٢٥", date(2024, 12, 31), 2026, 2025, None, id="other digits than those of an address"),
        pytest.param("2025", date(2027, 1, 4), 2026, None, None, id="the plan is still to begin"),
        pytest.param("2025", None, 2026, None, None, id="no plan"),
        pytest.param("1899", date(1, 1, 1), 1900, None, 1901, id="no record is older"),
    ],
)
def test_a_year_is_the_nearest_to_the_one_asked_for(name, first_day, shown, before, after):
    plan = plan_from(first_day)
    year = Year(year_asked(name, plan, TODAY), History(plan, TODAY, {}, 5), 0)

    assert (year.year, year.before, year.after) == (shown, before, after)
