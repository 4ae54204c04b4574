"""Geometry: plain numbers in, the attributes of shapes out."""

from fractions import Fraction

import pytest

from exercises import charts


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
