"""Geometry: a table of cases, and what holds for any rates."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.rules import chart_geometry

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
    assert chart_geometry.ring_fill(Fraction(done), due) == dashes


@pytest.mark.parametrize(("due", "dashes"), [(10, "7.8 2.2"), (4, "22.8 2.2"), (1, "100 0"), (0, "100 0")])
def test_the_track_of_a_ring_has_an_arc_for_each_set_due(due, dashes):
    assert chart_geometry.ring_track(due) == dashes


@pytest.mark.parametrize(
    ("rate", "y_and_height"),
    [(None, (56, 0)), (Fraction(0), (56, 0)), (Fraction(1, 2), (28, 28)), (Fraction(1), (0, 56))],
)
def test_a_pill_is_filled_from_its_foot(rate, y_and_height):
    assert chart_geometry.pill(rate) == y_and_height


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
    assert (chart_geometry.percent(rate), chart_geometry.level(rate, BAR)) == (percent, level)


def test_nothing_due_has_no_level():
    assert chart_geometry.level(None, BAR) is None


@settings(deadline=None)
@given(st.lists(RATES, min_size=1, max_size=12))
def test_bars_stand_on_the_axis_as_high_as_their_rates_side_by_side(rates):
    edges = []
    for place, rate in enumerate(rates):
        bar, height = (
            chart_geometry.bar(rate, place, len(rates)),
            max(float(rate) * chart_geometry.FULL, chart_geometry.STUB),
        )
        assert float(bar.height) == pytest.approx(height, abs=0.06)
        assert float(bar.y) + float(bar.height) == pytest.approx(chart_geometry.FOOT, abs=0.11)
        edges += [float(bar.x), float(bar.x) + chart_geometry.BAR_WIDTH]
    assert edges == sorted(edges)
    assert all(chart_geometry.LEFT <= edge <= chart_geometry.RIGHT for edge in edges)


@settings(deadline=None)
@given(RATES)
def test_a_bar_is_above_the_guide_when_its_rate_is(rate):
    bar = chart_geometry.bar(rate, 0, 1)

    if rate >= BAR:
        assert float(bar.y) <= float(chart_geometry.guide(BAR))
    if rate < BAR - Fraction(1, 100):
        assert float(bar.y) > float(chart_geometry.guide(BAR))


@settings(deadline=None)
@given(st.lists(st.lists(st.none() | st.integers(0, 4), min_size=7, max_size=7), min_size=1, max_size=54))
def test_each_day_is_one_square_and_larger_the_more_was_done(weeks):
    paths = chart_geometry.heat(weeks)
    width, height = chart_geometry.heat_size(len(weeks))
    squares = {level: squares_of(path) for level, path in paths.items()}

    assert {level: len(found) for level, found in squares.items()} == {
        level: sum(week.count(level) for week in weeks) for level in range(5)
    }
    places = set()
    for level, found in squares.items():
        for x, y, side in found:
            assert side == chart_geometry.SIDES[level]
            assert 0 <= x - 0.5 + side <= width
            assert 0 <= y + side <= height
            places.add(
                (
                    (x + side / 2) // chart_geometry.STEP,
                    (y + side / 2) // chart_geometry.STEP,
                )
            )
    assert len(places) == sum(level is not None for week in weeks for level in week)
    assert sorted(chart_geometry.SIDES.values()) == list(chart_geometry.SIDES.values())


@settings(deadline=None)
@given(st.integers(0, 6), st.integers(1, 184))
def test_each_day_of_half_a_year_has_a_tile(first, days):
    cells = [False] * first + [True] * days + [False] * (-(first + days) % 7)
    weeks = [cells[n : n + 7] for n in range(0, len(cells), 7)]
    lines = [re.findall(r"[\d.]+", line) for line in chart_geometry.heat_tiles(weeks).split("M") if line]
    tiles = {(int(x), int(y)) for start, y, end in lines for x in range(int(start), int(end), chart_geometry.STEP)}

    middles = [
        chart_geometry.heat_middle(n, row) for n, week in enumerate(weeks) for row, day in enumerate(week) if day
    ]
    assert tiles == {(x - chart_geometry.SQUARE // 2, y) for x, y in middles}


def squares_of(path):
    starts = [each.split("h") for each in path.split("M") if each]
    return [(*map(float, at.split()), int(side.partition("v")[0])) for at, side, _ in starts]


def test_the_bar_of_a_share_is_that_wide():
    assert [chart_geometry.share(rate) for rate in (None, Fraction(0), Fraction(1, 3), Fraction(1))] == [
        "0",
        "0",
        "33.3",
        "100",
    ]


def test_a_column_stands_on_its_foot_and_nothing_done_is_still_seen():
    assert [chart_geometry.column(rate) for rate in (Fraction(0), Fraction(1, 3), Fraction(4, 5), Fraction(1))] == [
        ("98", "2"),
        ("66.7", "33.3"),
        ("20", "80"),
        ("0", "100"),
    ]
