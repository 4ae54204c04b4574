"""The four rungs, and what speaks for the next: DOMAIN 8 by a table, and the rules against a plain oracle."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.catalogue.exercises import CATALOGUE
from exercises.catalogue.variants import VARIANTS
from exercises.models import SESSION_SLOTS, Exercise
from exercises.models.prescription import usual_prescription
from exercises.rules import plan_ladder
from exercises.rules.adherence import Totals
from exercises.rules.plan_ladder import LADDER, RUNGS, Amount, amount_on, rung_of
from exercises.rules.timeline import session_seconds

STANDARD = [(entry.slug, "") for entry in CATALOGUE]
WAYS = [(slug, way) for slug, _ in STANDARD for way in ("", *(each.slug for each in VARIANTS.get(slug, ())))]
DOMAIN_8 = {
    ("toe-presses", ""): [(5, 4), (7, 4), (8, 4), (10, 4)],
    ("toe-presses", "seated"): [(5, 4), (7, 4), (8, 4), (10, 4)],
    ("toe-walking", ""): [(3, 10), (4, 12), (5, 15), (6, 20)],
    ("toe-walking", "marching"): [(3, 10), (4, 12), (5, 15), (6, 20)],
    ("toe-walking", "heel-raises"): [(3, 10), (4, 10), (5, 15), (6, 20)],  # a raise takes 5 seconds
    ("toe-walking", "seated-heel-raises"): [(3, 10), (4, 10), (5, 15), (6, 20)],
    ("resisted-plantar-flexion", ""): [(8, 5), (10, 5), (12, 5), (15, 5)],
    ("resisted-plantar-flexion", "towel"): [(8, 5), (10, 5), (12, 5), (15, 5)],
    ("ankle-circles", ""): [(2, 5), (2, 6), (2, 8), (2, 10)],
    ("ankle-circles", "seated"): [(2, 5), (2, 6), (2, 8), (2, 10)],
}


def day_on(rung):
    """Seconds of a day of the usual plan on that rung, as the timeline counts them."""
    exercises = [Exercise(pk=number, slug=entry.slug, **entry.fields()) for number, entry in enumerate(CATALOGUE, 1)]
    usual = [usual_prescription(each) for each in exercises]
    plan = [each.changed(**amount_on(rung, each.exercise.slug, "")._asdict()) for each in usual]
    return sum(session_seconds(each.step for each in plan if slot in each.slots) for slot in SESSION_SLOTS)


@pytest.mark.parametrize(("rung", "minutes"), [(1, "10:07"), (2, "12:47"), (3, "15:39"), (4, "19:53")])
def test_each_rung_takes_the_minutes_that_it_promises(rung, minutes):
    seconds = day_on(rung)
    assert f"{seconds // 60}:{seconds % 60:02}" == minutes


def test_every_way_has_the_doses_of_the_table():
    assert {way: [amount_on(rung, *way) for rung in RUNGS] for way in WAYS} == DOMAIN_8


def test_the_last_rung_is_the_usual_plan():
    usual = {entry.slug: (entry.reps, entry.effort_seconds) for entry in CATALOGUE}
    assert {slug: amount_on(4, slug, "") for slug, _ in STANDARD} == usual


@pytest.mark.parametrize("way", WAYS, ids="/".join)
def test_a_rung_never_asks_for_less_than_the_one_below(way):
    amounts = [amount_on(rung, *way) for rung in RUNGS]

    assert amounts == sorted(amounts)
    assert len(set(amounts)) == len(RUNGS)


def test_an_exercise_without_a_ladder_has_no_amount():
    assert amount_on(1, "head-stand", "") is None


RUNG_CASES = [
    ({}, 0, "nothing is on"),
    ({"head-stand": (10, 4)}, 0, "nothing that the ladder knows"),
    ({"toe-presses": (7, 4)}, 2, "what is off does not count"),
    ({"toe-presses": (7, 4), "head-stand": (1, 1)}, 2, "nor what the ladder lacks"),
    ({"toe-presses": (7, 4), "ankle-circles": (2, 6)}, 2, "all on one"),
    ({"toe-presses": (7, 4), "ankle-circles": (2, 8)}, 0, "on two"),
    ({"toe-presses": (7, 5)}, 0, "longer holds"),
    ({"toe-presses": (11, 4)}, 0, "above"),
    ({"ankle-circles": (4, 6)}, 0, "both ways twice"),
    ({"toe-walking": (4, 12)}, 2, "walks"),
    ({"toe-walking": (4, 10)}, 2, "heel raises, kept when the way changed"),
    ({"toe-walking": (3, 10), "toe-presses": (5, 4)}, 1, "the starter plan"),
]


@pytest.mark.parametrize(("asked", "rung", "_why"), RUNG_CASES, ids=[why for *_, why in RUNG_CASES])
def test_the_rung_of_a_plan_is_that_of_all_its_exercises(asked, rung, _why):
    assert rung_of((slug, Amount(*amount)) for slug, amount in asked.items()) == rung


@given(st.dictionaries(st.sampled_from(list(LADDER)), st.sampled_from(RUNGS), min_size=1), st.data())
def test_any_exercises_on_one_rung_are_on_it_in_any_of_their_ways(chosen, data):
    ways = {slug: data.draw(st.sampled_from([way for each, way in WAYS if each == slug])) for slug in chosen}
    rungs = set(chosen.values())
    asked = [(slug, amount_on(rung, slug, ways[slug])) for slug, rung in chosen.items()]

    assert rung_of(asked) == (rungs.pop() if len(rungs) == 1 else 0)


# What was done.


def days(*percents):
    """Days on which 10 sets were due."""
    return [Totals(Fraction(percent, 10), 10) for percent in percents]


@pytest.mark.parametrize(
    ("due_days", "well"),
    [
        (days(*[80] * 7), True),
        (days(*[80] * 6), False),  # one day too few
        (days(*[100] * 6, 0), True),  # together, not each
        (days(*[80] * 6, 79), False),
        (days(*[0] * 20, *[80] * 7), True),  # only the last seven speak
        (days(*[100] * 20, *[79] * 7), False),
        ([*days(*[100] * 6), Totals(Fraction(0), 1)], True),  # 60 of 61: a day with one set weighs less
        ([], False),
    ],
)
def test_seven_due_days_at_80_percent_together_speak_for_more(due_days, well):
    assert plan_ladder.has_done_well(due_days) is well


DAY = st.integers(1, 10).flatmap(lambda due: st.integers(0, due).map(lambda done: (done, due)))


@given(st.lists(DAY, max_size=20))
def test_what_speaks_for_more_is_what_an_oracle_counts(record):
    done = due = 0
    for each_done, each_due in list(reversed(record))[:7]:
        done, due = done + each_done, due + each_due
    oracle = len(record) >= 7 and 100 * done >= 80 * due

    assert plan_ladder.has_done_well([Totals(Fraction(*each[:1]), each[1]) for each in record]) is oracle


# Pain.


@pytest.mark.parametrize(
    ("scores", "rose", "_why"),
    [
        ([], False, "no answer"),
        ([0, 9, 9], False, "three answers: nothing before them"),
        ([0, 2, 2, 2], True, "up by 2"),
        ([0, 2, 2, 1], False, "by less"),
        ([3, 3, 3, 3, 9, 1, 1], False, "one bad day"),
        ([2] * 7 + [3] * 7 + [4] * 7, True, "up by one on each rung is up by two"),
        ([2] * 7 + [9] * 10 + [3] * 3, False, "it was bad, and is better"),
        ([9] * 7 + [2] * 10 + [5] * 3, False, "better than at first"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_pain_is_up_if_the_newest_answers_are_2_points_over_the_oldest(scores, rose, _why):
    assert plan_ladder.rose(scores) is rose


@given(st.lists(st.integers(0, 10), max_size=40))
def test_pain_is_up_where_an_oracle_says_so(scores):
    newest, others = scores[max(len(scores) - 3, 0) :], scores[: max(len(scores) - 3, 0)]
    first = others[:7]
    oracle = bool(first) and sum(newest) * len(first) - sum(first) * 3 >= 2 * 3 * len(first)

    assert plan_ladder.rose(scores) is oracle


@given(st.lists(st.integers(0, 10), max_size=40), st.integers(0, 10))
def test_more_pain_at_the_end_never_makes_it_less_up(scores, more):
    higher = [*scores[:-3], *(min(10, score + more) for score in scores[-3:])]

    assert plan_ladder.rose(scores) <= plan_ladder.rose(higher)


@pytest.mark.parametrize(
    ("worst", "too_often"), [([6, 6], True), ([6, 5, 5], False), ([10], False), ([0, 7, 0, 6], True), ([], False)]
)
def test_two_days_at_6_are_too_often(worst, too_often):
    assert plan_ladder.hurts_too_often(worst) is too_often
