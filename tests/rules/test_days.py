"""The day rule against a table of cases and an oracle that counts seconds, not calendar fields."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.rules.days import current_slot, instant_of, local_day, week_of

CASES = json.loads(Path(__file__).with_name("days.json").read_text())
INSTANTS = json.loads(Path(__file__).with_name("instants.json").read_text())
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Cairo",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "UTC",
]


# The table that days.js is held to as well.


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['zone']}: {case['why']}")
def test_an_instant_belongs_to_the_day_of_the_wall_clock(case):
    instant = datetime.fromisoformat(case["instant"])

    day = local_day(instant, ZoneInfo(case["zone"]), case["starts_at"])

    assert day == date.fromisoformat(case["day"])


@pytest.mark.parametrize("case", INSTANTS, ids=lambda case: f"{case['zone']}: {case['why']}")
def test_a_time_on_the_wall_of_a_day_is_an_instant(case):
    day, clock = date.fromisoformat(case["day"]), time.fromisoformat(case["clock"])

    instant = instant_of(day, clock, ZoneInfo(case["zone"]), case["starts_at"])

    assert instant == datetime.fromisoformat(case["instant"])


@given(
    st.dates(date(2012, 1, 1), date(2027, 12, 31)), st.times(), st.sampled_from(ZONES).map(ZoneInfo), st.integers(0, 6)
)
def test_a_time_of_a_day_lies_on_that_day(day, clock, zone, starts_at):
    assert local_day(instant_of(day, clock, zone, starts_at), zone, starts_at) == day


def test_the_table_has_every_zone_and_a_why_of_its_own_for_every_row():
    assert {case["zone"] for case in CASES} == set(ZONES)
    assert len({case["why"] for case in CASES}) == len(CASES)


# The oracle: for each zone the seconds at which its offset changes, then whole-number division.

FIRST, LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2011, 2028))
DAY = 86400
STEP = 7 * 1800  # so each half hour of the day comes round within a week
EPOCH = date(1970, 1, 1).toordinal()
INSTANTS = [datetime.fromtimestamp(second, UTC) for second in range(FIRST, LAST, STEP)]


def offset_at(second, zone):
    return int(datetime.fromtimestamp(second, zone).utcoffset().total_seconds())


def change_between(low, high, zone):
    """The first second after `low`, up to `high`, that has another offset than `low`."""
    before = offset_at(low, zone)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if offset_at(middle, zone) == before else (low, middle)
    return high


def stretches(zone):
    """The stretches (start, end, offset), in seconds, in which the zone keeps its offset."""
    start = FIRST
    for second in range(FIRST, LAST, DAY):
        if offset_at(second, zone) != offset_at(second + DAY, zone):
            change = change_between(second, second + DAY, zone)
            yield start, change, offset_at(start, zone)
            start = change
    yield start, LAST, offset_at(start, zone)


def oracle(zone, starts_at):
    """The ordinal of the day of each instant."""
    return [
        EPOCH + (second + offset - starts_at * 3600) // DAY
        for start, end, offset in stretches(zone)
        for second in range(start + (FIRST - start) % STEP, end, STEP)
    ]


@pytest.mark.parametrize("starts_at", [0, 3])
@pytest.mark.parametrize("zone", [*map(ZoneInfo, ZONES)], ids=str)
def test_the_instants_of_17_years_belong_to_the_days_the_oracle_counts(zone, starts_at):
    days = (local_day(instant, zone, starts_at).toordinal() for instant in INSTANTS)
    expected = oracle(zone, starts_at)

    wrong = [
        (instant, date.fromordinal(day))
        for instant, day, right in zip(INSTANTS, days, expected, strict=True)
        if day != right
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("zone", "changes"),
    [
        pytest.param("Europe/Berlin", 34, id="twice a year"),
        pytest.param("Asia/Kathmandu", 0, id="never"),
        pytest.param("America/Sao_Paulo", 17, id="until February 2019"),
    ],
)
def test_the_oracle_sees_the_clocks_change(zone, changes):
    assert len(list(stretches(ZoneInfo(zone)))) - 1 == changes


def test_samoa_never_lived_30_december_2011():
    days = {date.fromordinal(day) for day in oracle(ZoneInfo("Pacific/Apia"), 0)}

    assert date(2011, 12, 30) not in days
    assert {date(2011, 12, 29), date(2011, 12, 31)} <= days


# Refusals.


def test_an_instant_without_an_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        local_day(datetime(2026, 11, 22, 8, 0), UTC)


@pytest.mark.parametrize(
    ("instant", "zone"),
    [
        pytest.param(datetime.min, timezone(timedelta(hours=-5)), id="before year 1"),
        pytest.param(datetime.min, UTC, id="before year 1 by the start of the day"),
        pytest.param(datetime.max, timezone(timedelta(hours=5)), id="after year 9999"),
    ],
)
def test_an_instant_off_the_calendar_is_refused(instant, zone):
    with pytest.raises(ValueError, match="years"):
        local_day(instant.replace(tzinfo=UTC), zone, starts_at=3)


# Weeks.


@pytest.mark.parametrize(
    ("day", "starts_on", "first"),
    [
        pytest.param(date(2026, 11, 22), 0, date(2026, 11, 16), id="a Sunday ends the week of its Monday"),
        pytest.param(
            date(2026, 11, 22),
            6,
            date(2026, 11, 22),
            id="a Sunday opens a week that starts on Sunday",
        ),
        pytest.param(date(2026, 11, 21), 6, date(2026, 11, 15), id="a Saturday ends it"),
        pytest.param(date(2026, 11, 16), 0, date(2026, 11, 16), id="a Monday opens the week"),
        pytest.param(date(2027, 1, 1), 0, date(2026, 12, 28), id="a week may lie in two years"),
        pytest.param(date(2026, 3, 29), 0, date(2026, 3, 23), id="a day of 23 hours is a day"),
    ],
)
def test_a_week_starts_on_the_day_chosen(day, starts_on, first):
    assert week_of(day, starts_on)[0] == first


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 6))
def test_a_week_is_seven_days_in_a_row_that_hold_the_day(day, starts_on):
    week = week_of(day, starts_on)

    assert day in week
    assert week[0].weekday() == starts_on
    assert [each.toordinal() - week[0].toordinal() for each in week] == list(range(7))


# The session it is time for.

STARTS = {"morning": time(6), "midday": time(11, 30), "evening": time(17)}


@pytest.mark.parametrize(
    ("now", "day_starts_at", "slot"),
    [
        pytest.param(time(6), 0, "morning", id="its first second"),
        pytest.param(time(11, 29, 59), 0, "morning", id="a second before midday"),
        pytest.param(time(11, 30), 0, "midday", id="midday has started"),
        pytest.param(time(23, 59), 0, "evening", id="the last one stays until the day ends"),
        pytest.param(time(0, 30), 0, "morning", id="a new day: nothing has started, so the first one"),
        pytest.param(
            time(0, 30),
            3,
            "evening",
            id="half past midnight is the evening of a day that ends at 3:00",
        ),
        pytest.param(time(2, 59, 59), 3, "evening", id="the last second of that day"),
        pytest.param(time(3), 3, "morning", id="the new day at 3:00"),
    ],
)
def test_it_is_time_for_the_last_session_that_has_started(now, day_starts_at, slot):
    assert current_slot(now, STARTS, day_starts_at) == slot


def test_sessions_run_in_the_order_of_the_day_however_they_are_listed():
    backwards = dict(reversed(STARTS.items()))

    assert current_slot(time(12), backwards) == "midday"
    assert current_slot(time(5), backwards) == "morning"


def test_a_session_before_the_day_starts_is_the_last_of_the_day():
    night_shift = {"morning": time(6), "evening": time(1)}

    assert current_slot(time(0, 30), night_shift, day_starts_at=3) == "morning"
    assert current_slot(time(1, 30), night_shift, day_starts_at=3) == "evening"


def test_a_day_without_sessions_is_refused():
    with pytest.raises(ValueError):
        current_slot(time(12), {})
