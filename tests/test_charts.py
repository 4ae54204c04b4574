"""Geometry: a table of cases, and what holds for any rates."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises import charts

RATES = st.fractions(min_value=0, max_value=1, max_denominator=200)
BAR = Fraction(4, 5)


@pytest.mark.parametrize(
    ("done", "due", "dashes"),
    [
        (0, 10, "0 100"),
        (1, 10, "7.8 100"),
        (3, 10, "7.8 2.2 7.8 2.2 7.8 100"),
        (Fraction(3, 2), 10, "7.8 2.2 3.9 100"),
        (Fraction(1, 2), 1, "50 100"),
        (1, 1, "100 100"),
        (4, 4, "22.8 2.2 22.8 2.2 22.8 2.2 22.8 100"),
    ],
)
def test_a_ring_has_an_arc_for_each_set_done(done, due, dashes):
    assert charts.ring_fill(Fraction(done), due) == dashes


@pytest.mark.parametrize(("due", "dashes"), [(10, "7.8 2.2"), (4, "22.8 2.2"), (1, "100 0"), (0, "100 0")])
def test_the_track_of_a_ring_has_an_arc_for_each_set_due(due, dashes):
    assert charts.ring_track(due) == dashes


@pytest.mark.parametrize(
    ("rate", "y_and_height"),
    [(None, (56, 0)), (Fraction(0), (56, 0)), (Fraction(1, 2), (28, 28)), (Fraction(1), (0, 56))],
)
def test_a_pill_is_filled_from_its_foot(rate, y_and_height):
    assert charts.pill(rate) == y_and_height


@pytest.mark.parametrize(
    ("rate", "percent", "level"),
    [
        (Fraction(0), 0, 0),
        (Fraction(1, 1000), 0, 1),
        (Fraction(499, 1000), 49, 1),
        (Fraction(1, 2), 50, 2),
        pytest.param(Fraction(799, 1000), 79, 2, id="short of the bar never reads as having reached it"),
        (Fraction(4, 5), 80, 3),
        pytest.param(Fraction(999, 1000), 99, 3, id="nor does nearly all read as all"),
        (Fraction(1), 100, 4),
    ],
)
def test_percent_and_level_round_down(rate, percent, level):
    assert (charts.percent(rate), charts.level(rate, BAR)) == (percent, level)


def test_nothing_due_has_no_level():
    assert charts.level(None, BAR) is None


@settings(deadline=None)
@given(st.lists(RATES, min_size=1, max_size=12))
def test_bars_stand_on_the_axis_as_high_as_their_rates_side_by_side(rates):
    edges = []
    for place, rate in enumerate(rates):
        bar, height = charts.bar(rate, place, len(rates)), max(float(rate) * charts.FULL, charts.STUB)
        assert float(bar.height) == pytest.approx(height, abs=0.06)
        assert float(bar.y) + float(bar.height) == pytest.approx(charts.FOOT, abs=0.11)
        edges += [float(bar.x), float(bar.x) + charts.BAR_WIDTH]
    assert edges == sorted(edges)
    assert all(charts.LEFT <= edge <= charts.RIGHT for edge in edges)


@settings(deadline=None)
@given(RATES)
def test_a_bar_is_above_the_guide_when_its_rate_is(rate):
    bar = charts.bar(rate, 0, 1)

    if rate >= BAR:
        assert float(bar.y) <= float(charts.guide(BAR))
    if rate < BAR - Fraction(1, 100):
        assert float(bar.y) > float(charts.guide(BAR))


@settings(deadline=None)
@given(st.lists(st.lists(st.none() | st.integers(0, 4), min_size=7, max_size=7), min_size=1, max_size=54))
def test_each_day_is_one_square_in_its_own_place_and_larger_the_more_was_done(weeks):
    paths = charts.heat(weeks)
    width, height = charts.heat_size(len(weeks))
    squares = {level: squares_of(path) for level, path in paths.items()}

    assert {level: len(found) for level, found in squares.items()} == {
        level: sum(week.count(level) for week in weeks) for level in range(5)
    }
    places = set()
    for level, found in squares.items():
        for x, y, side in found:
            assert side == charts.SIDES[level]
            assert 0 <= x - 0.5 + side <= width
            assert 0 <= y + side <= height
            places.add(((x + side / 2 - charts.HEAT_LEFT) // charts.STEP, (y + side / 2) // charts.STEP))
    assert len(places) == sum(level is not None for week in weeks for level in week)
    assert sorted(charts.SIDES.values()) == list(charts.SIDES.values())


@settings(deadline=None)
@given(st.integers(0, 6), st.integers(1, 184))
def test_each_day_of_half_a_year_has_a_tile(first, days):
    cells = [False] * first + [True] * days + [False] * (-(first + days) % 7)
    weeks = [cells[n : n + 7] for n in range(0, len(cells), 7)]
    lines = [re.findall(r"[\d.]+", line) for line in charts.heat_tiles(weeks).split("M") if line]
    tiles = {(int(x), int(y)) for start, y, end in lines for x in range(int(start), int(end), charts.STEP)}

    middles = [charts.heat_middle(n, row) for n, week in enumerate(weeks) for row, day in enumerate(week) if day]
    assert tiles == {(x - charts.SQUARE // 2, y) for x, y in middles}


def test_what_is_written_at_a_week_stands_under_its_bar():
    assert [charts.middle(n, 12) for n in range(12)] == [charts.bar(BAR, n, 12).middle for n in range(12)]


def squares_of(path):
    starts = [each.split("h") for each in path.split("M") if each]
    return [(*map(float, at.split()), int(side.partition("v")[0])) for at, side, _ in starts]


def test_the_bar_of_a_share_is_that_wide():
    assert [charts.share(rate) for rate in (None, Fraction(0), Fraction(1, 3), Fraction(1))] == [
        "0",
        "0",
        "33.3",
        "100",
    ]


def test_a_column_stands_on_its_foot_and_nothing_done_is_still_seen():
    assert [charts.column(rate) for rate in (Fraction(0), Fraction(1, 3), Fraction(4, 5), Fraction(1))] == [
        ("98", "2"),
        ("66.7", "33.3"),
        ("20", "80"),
        ("0", "100"),
    ]
