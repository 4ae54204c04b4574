"""What counts as done: a table with a reason for each odd row, and what holds for any day."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.rules.adherence import Done, Mark, Totals, day_adherence

MORNING_PRESSES = Mark("morning", "presses")
MIDDAY_PRESSES = Mark("midday", "presses")
EVENING_PRESSES = Mark("evening", "presses")
MORNING_BAND = Mark("morning", "band")
PRESSES_THREE_TIMES = [MORNING_PRESSES, MIDDAY_PRESSES, EVENING_PRESSES]


def week_rate(days):
    """The sums over the days of a week."""
    return sum((day.totals() for day in days), Totals())


def presses(slot, reps=10, target_reps=10):
    return Done(slot, "presses", reps, target_reps)


def band(slot, reps=30, target_reps=30):
    return Done(slot, "band", reps, target_reps)


# One day.


@pytest.mark.parametrize(
    ("sets", "done", "extras"),
    [
        pytest.param([], "0", {}, id="nothing yet"),
        pytest.param([presses("morning")], "1", {}, id="one mark of three"),
        pytest.param(
            [presses("morning"), presses("midday"), presses("evening")],
            "3",
            {},
            id="all of the day",
        ),
        pytest.param(
            [presses("morning"), presses("morning"), presses("morning")],
            "1",
            {"presses": 2},
            id="three sets in one session do not make up for the other two",
        ),
        pytest.param(
            [presses("extra")],
            "0",
            {"presses": 1},
            id="a set out of the plan is shown, not counted",
        ),
        pytest.param([band("morning")], "0", {"band": 1}, id="an exercise that is not due"),
        pytest.param([presses("morning", 5)], "1/2", {}, id="stopped early: the part that was done"),
        pytest.param(
            [band("evening", 29), presses("midday", 1)],
            "1/10",
            {"band": 1},
            id="each by its own dose",
        ),
        pytest.param(
            [presses("morning", 5), presses("morning", 10)],
            "1",
            {"presses": 1},
            id="done again: the best one fills the mark, the other one is an extra",
        ),
        pytest.param(
            [presses("morning", 6), presses("morning", 6)],
            "3/5",
            {"presses": 1},
            id="two parts are not added up",
        ),
        pytest.param(
            [presses("morning", 5, target_reps=5), presses("morning", 6, target_reps=10)],
            "1",
            {"presses": 1},
            id="the dose of each set counts: five of five is better than six of ten",
        ),
        pytest.param([presses("morning", 14)], "1", {}, id="more reps than asked for are not more than done"),
        pytest.param([presses("morning", 0)], "0", {}, id="a set of no reps is no set"),
        pytest.param([presses("extra", 0)], "0", {}, id="nor is it an extra"),
    ],
)
def test_the_best_set_fills_its_mark_and_others_are_extra(sets, done, extras):
    day = day_adherence(PRESSES_THREE_TIMES, sets)

    assert day.done == Fraction(done)
    assert day.due == 3
    assert day.rate == Fraction(done) / 3
    assert day.extras == extras


def test_each_due_mark_has_its_own_fill():
    day = day_adherence(PRESSES_THREE_TIMES, [presses("morning"), presses("evening", 4)])

    assert day.fills == {
        MORNING_PRESSES: 1,
        MIDDAY_PRESSES: 0,
        EVENING_PRESSES: Fraction(2, 5),
    }


def test_the_marks_keep_the_order_in_which_they_are_due():
    due = [EVENING_PRESSES, MORNING_BAND, MORNING_PRESSES]

    assert list(day_adherence(due, [presses("morning")]).fills) == due


def test_a_mark_named_twice_is_due_once():
    assert day_adherence([MORNING_BAND, MORNING_BAND], []).due == 1


def test_a_day_is_complete_when_every_mark_is_full():
    almost = [presses("morning"), presses("midday"), presses("evening", 9)]

    assert not day_adherence(PRESSES_THREE_TIMES, almost).complete
    assert day_adherence(PRESSES_THREE_TIMES, [*almost, presses("evening")]).complete


def test_a_day_with_nothing_due_has_no_rate_and_is_not_complete():
    day = day_adherence([], [presses("morning")])

    assert day.rate is None
    assert not day.complete
    assert day.extras == {"presses": 1}


def test_the_extras_of_a_day_are_a_plain_dict_for_templates():
    day = day_adherence([], [band("morning")])

    assert type(day.extras) is dict  # a Counter answers 0 to a template that asks for .items


@pytest.mark.parametrize(
    ("reps", "target_reps"),
    [
        pytest.param(-1, 10, id="fewer reps than none"),
        pytest.param(1, 0, id="a dose of no reps"),
        pytest.param(1, -1, id="a dose of fewer"),
    ],
)
def test_a_set_that_cannot_have_been_done_is_refused(reps, target_reps):
    with pytest.raises(ValueError):
        presses("morning", reps, target_reps)


# A week.


def test_a_week_sums_done_and_due_and_does_not_average_the_days():
    long_day = day_adherence(PRESSES_THREE_TIMES, [])
    short_day = day_adherence([MORNING_BAND], [band("morning")])

    week = week_rate([long_day, short_day])

    assert week == Totals(done=Fraction(1), due=4)
    assert week.rate == Fraction(1, 4)


def test_a_day_with_nothing_due_weighs_nothing_in_its_week():
    due = day_adherence([MORNING_BAND], [band("morning")])
    excused = day_adherence([], [])

    assert week_rate([due, excused]).rate == 1


def test_a_week_of_the_default_plan_prints_57_of_70():
    marks = [Mark("morning", f"exercise {n}") for n in range(10)]
    filled = [10, 10, 10, 10, 10, 7, 0]

    week = week_rate(day_adherence(marks, [Done(*mark, 1, 1) for mark in marks[:full]]) for full in filled)

    assert (week.done, week.due) == (57, 70)


@pytest.mark.parametrize("days", [[], [day_adherence([], [])]], ids=["no days", "none due"])
def test_a_week_with_nothing_due_has_no_rate(days):
    assert week_rate(days) == Totals(done=Fraction(0), due=0)
    assert week_rate(days).rate is None


# What holds for any day, beside a plain model of it.

marks = st.builds(
    Mark,
    slot=st.sampled_from(("morning", "midday", "evening", "extra")),
    exercise=st.sampled_from(("presses", "walking", "band")),
)
sets = st.builds(
    lambda mark, reps, target_reps: Done(*mark, reps, target_reps),
    marks,
    st.integers(0, 12),
    st.integers(1, 10),
)
dues = st.lists(marks, unique=True, max_size=9)
days = st.builds(day_adherence, dues, st.lists(sets, max_size=9))


def model(due, sets):
    """Done and extras by hand: the best set of each due mark is done, all others are extras."""
    left = [each for each in sets if each.reps > 0]
    done = Fraction(0)
    for mark in due:
        here = [each for each in left if (each.slot, each.exercise) == mark]
        if here:
            best = max(here, key=lambda each: Fraction(each.reps, each.target_reps))
            done += min(Fraction(best.reps, best.target_reps), 1)
            left.remove(best)
    return done, sorted(each.exercise for each in left)


@given(dues, st.lists(sets, max_size=20))
def test_a_day_agrees_with_the_plain_model(due, sets):
    day = day_adherence(due, sets)

    extras = sorted(exercise for exercise, count in day.extras.items() for _ in range(count))
    assert (day.done, extras) == model(due, sets)


@given(dues, st.lists(sets, max_size=9), st.randoms(use_true_random=False))
def test_the_order_in_which_sets_arrive_does_not_matter(due, sets, random):
    shuffled = random.sample(sets, len(sets))

    assert day_adherence(due, shuffled) == day_adherence(due, sets)


@given(dues, st.lists(sets, max_size=9), sets)
def test_one_more_set_never_takes_anything_away(due, sets, one_more):
    before, after = day_adherence(due, sets), day_adherence(due, [*sets, one_more])

    assert all(after.fills[mark] >= fill for mark, fill in before.fills.items())
    assert sum(after.extras.values()) >= sum(before.extras.values())


@given(days)
def test_a_rate_lies_between_nothing_and_all(day):
    assert day.rate is None or 0 <= day.rate <= 1
    assert day.complete == (day.due > 0 and day.done == day.due)


@given(st.lists(days, max_size=7))
def test_the_rate_of_a_week_lies_between_its_worst_and_its_best_day(days):
    rates = [day.rate for day in days if day.rate is not None]

    rate = week_rate(days).rate

    assert (min(rates) <= rate <= max(rates)) if rates else rate is None
