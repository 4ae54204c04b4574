"""The two-part rule for a change, the weeks that are collected, and the line drawn through them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.rules import chart_geometry
from exercises.rules.pain import WEEKS_WANTED, Course, Trend, change

MEANS = st.fractions(min_value=0, max_value=10, max_denominator=60)
WEEKS = st.lists(st.lists(st.integers(0, 10), max_size=7), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("first", "last", "called"),
    [
        (6, 4, Trend.LOWER),
        (4, 6, Trend.HIGHER),
        (5, 5, Trend.SAME),
        pytest.param(3, "1.1", Trend.SAME, id="63 % but not 2 points"),
        pytest.param(7, 5, Trend.SAME, id="2 points but 29 %"),
        pytest.param(8, 10, Trend.SAME, id="upwards too it needs both parts"),
        pytest.param(10, 7, Trend.LOWER, id="30 % is enough"),
        pytest.param("6.7", "4.7", Trend.SAME, id="2 points are 29.9 % here"),
        pytest.param(0, 2, Trend.HIGHER, id="from nothing any share is reached"),
        pytest.param(0, "1.9", Trend.SAME, id="from nothing it still takes 2 points"),
        (2, 0, Trend.LOWER),
    ],
)
def test_a_change_takes_two_points_and_thirty_percent(first, last, called):
    assert change(Fraction(first), Fraction(last)) == called


@given(MEANS, MEANS)
def test_a_change_is_one_way_and_never_a_small_one(first, last):
    called = change(first, last)

    assert called == Trend.SAME or abs(last - first) >= 2
    assert called != Trend.HIGHER or last > first
    assert called != Trend.LOWER or last < first


def weeks(*means):
    return Course([[] if each is None else [each] for each in means])


@pytest.mark.parametrize(
    ("course", "collected", "called"),
    [
        (weeks(), 0, None),
        pytest.param(weeks(*[8] * 3, *[1] * 4), 7, None, id="seven weeks say nothing"),
        pytest.param(weeks(8, *[None] * 4, *[1] * 6), 7, None, id="nor with a gap that makes them eleven"),
        (weeks(*[8] * 3, *[1] * 5), 8, Trend.LOWER),
        pytest.param(weeks(None, 8, None, *[1] * 7), 8, Trend.LOWER, id="a gap is no nought"),
        pytest.param(weeks(5, *[5] * 6, 1), 8, Trend.LOWER, id="one good week counts with the one before: 3 is lower"),
        pytest.param(weeks(5, *[5] * 6, 2), 8, Trend.SAME, id="3.5 is not"),
        pytest.param(weeks(2, *[9] * 6, 2, 2), 9, Trend.SAME, id="between first and last it may go up and down"),
    ],
)
def test_nothing_is_said_before_eight_weeks_are_collected(course, collected, called):
    assert (course.collected, course.change) == (collected, called)


def test_the_last_two_weeks_are_the_mean_of_all_that_was_said_in_them():
    course = Course([[8]] * 7 + [[6, 6, 6], [2]])

    assert (course.first, course.last, course.answers) == (8, 5, 11)


@given(WEEKS)
def test_a_week_without_an_answer_is_missing_and_never_nought(said):
    course = Course(said)

    assert [mean is None for mean in course.means] == [not week for week in said]
    assert all(min(week) <= mean <= max(week) for week, mean in zip(said, course.means, strict=True) if week)
    assert (course.change is None) == (course.collected < WEEKS_WANTED)


@given(WEEKS)
def test_the_line_has_a_dot_for_each_week_it_knows_and_breaks_at_each_gap(said):
    means = Course(said).means
    line = chart_geometry.trace(means)
    runs = "".join("x" if mean is not None else " " for mean in means).split()

    assert len(line.dots) == sum(map(len, runs))
    assert [part.count("L") + 1 for part in line.path.split("M")[1:]] == list(map(len, runs))
    for (_, y), mean in zip(line.dots, [mean for mean in means if mean is not None], strict=True):
        assert float(y) == pytest.approx(chart_geometry.PAIN_FOOT - float(mean) * 7, abs=0.06)


def test_line_and_bars_of_a_week_stand_one_above_the_other():
    line, bars = (
        chart_geometry.trace([Fraction(3)] * 12),
        [chart_geometry.bar(Fraction(1, 2), n, 12) for n in range(12)],
    )
    low = chart_geometry.low_bars([Fraction(n) for n in range(12)])

    middles = [float(x) - chart_geometry.BAR_WIDTH / 2 for x, _ in line.dots]
    assert middles == pytest.approx([float(bar.x) for bar in bars], abs=0.11)  # both are rounded
    assert [bar.x for bar in low] == [bar.x for bar in bars]
    assert [bar.height for bar in low[-1:]] == ["40"]
    assert chart_geometry.low_bars([Fraction(0)])[0].height == str(chart_geometry.STUB)
