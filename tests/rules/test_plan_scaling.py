"""A smaller plan, when to offer it, and the order of exercises: plain rules on plain numbers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.rules import plan_scaling
from exercises.rules.timeline import MOST_REPS, MOST_SECONDS, Dose, Kind

PRESSES, LEAST = Dose(Kind.HOLD, 10, 4, 2), Dose(Kind.HOLD, 5, 4, 2)
CIRCLES, LEAST_CIRCLES = Dose(Kind.CIRCLE, 2, 10, 1, 2), Dose(Kind.CIRCLE, 2, 5, 1, 2)
DOSES = st.builds(
    Dose,
    effort=st.sampled_from([Kind.HOLD, Kind.WALK, Kind.CIRCLE]),
    reps=st.integers(1, MOST_REPS),
    effort_seconds=st.integers(1, MOST_SECONDS),
    pause_seconds=st.integers(0, MOST_SECONDS),
    sides=st.sampled_from([1, 2]),
)
SLOTS = st.lists(st.sampled_from(["morning", "midday", "evening"]), unique=True).map(tuple)


@pytest.mark.parametrize(
    ("percents", "too_much"),
    [
        ([49, 49], True),
        ([0, 0], True),
        ([50, 49], False),  # half is not under half
        ([49, 50], False),
        ([49, 81], False),
        ([90, 40, 40], True),  # only the last two speak
        ([None, 40], False),  # a week in which nothing was due says nothing
        ([40, None], False),
        ([40], False),
        ([], False),
    ],
    ids=str,
)
def test_two_whole_weeks_under_half_speak_for_a_smaller_plan(percents, too_much):
    rates = [None if percent is None else Fraction(percent, 100) for percent in percents]
    assert plan_scaling.asks_too_much(rates) is too_much


@pytest.mark.parametrize(
    ("reps", "smaller"),
    [(15, 10), (10, 7), (7, 5), (6, 5), (5, 5), (4, 4), (1, 1)],  # two thirds, down to 5; what is below stays
)
def test_less_is_two_thirds_of_the_reps_down_to_the_starter_plan(reps, smaller):
    assert plan_scaling.smaller(Dose(Kind.HOLD, reps, 4, 2), LEAST) == Dose(Kind.HOLD, smaller, 4, 2)


def test_circles_keep_their_two_ways_and_change_in_seconds():
    assert plan_scaling.smaller(CIRCLES, LEAST_CIRCLES) == Dose(Kind.CIRCLE, 2, 7, 1, 2)


@given(DOSES, DOSES)
def test_less_is_never_more_and_can_be_done(dose, least):
    less = plan_scaling.smaller(dose, least)

    assert (1, 1) <= (less.reps, less.effort_seconds) <= (dose.reps, dose.effort_seconds)
    assert (less.pause_seconds, less.sides) == (dose.pause_seconds, dose.sides)


@pytest.mark.parametrize(
    ("plan", "fewer"),
    [
        ([("morning", "midday", "evening"), ("morning", "evening")], [("morning", "evening"), ("morning", "evening")]),
        ([("morning", "evening"), ("evening",)], [("morning",), ("evening",)]),  # nobody loses the only one
        ([("midday",), ("morning", "evening")], [("midday",), ("morning",)]),
        ([("morning",), ()], [("morning",), ()]),
    ],
    ids=str,
)
def test_midday_is_left_out_first_then_the_evening(plan, fewer):
    assert plan_scaling.fewer_sessions(plan) == fewer


@given(st.lists(SLOTS))
def test_with_fewer_sessions_no_exercise_goes_off(plan):
    fewer = plan_scaling.fewer_sessions(plan)

    assert [set(slots) <= set(before) for slots, before in zip(fewer, plan, strict=True)] == [True] * len(plan)
    assert [bool(slots) for slots in fewer] == [bool(before) for before in plan]


@pytest.mark.parametrize(
    ("wanted", "order"),
    [
        ((1, 2, 3, 4), "ABCD"),
        ((3, 2, 3, 4), "BCAD"),  # down to the third place: behind the one who was there
        ((1, 2, 3, 1), "DABC"),
        ((2, 1, 3, 4), "BACD"),
        ((4, 3, 2, 1), "DCBA"),
        ((1, 1, 1, 1), "BCDA"),  # all want to be first: those who move go before, in their turn
    ],
)
def test_an_exercise_moved_up_goes_before_and_one_moved_down_after(wanted, order):
    turns = plan_scaling.reorder([*zip((1, 2, 3, 4), wanted, strict=True)])

    assert "".join("ABCD"[n] for n in turns) == order
