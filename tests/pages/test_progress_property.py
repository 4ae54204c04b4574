"""Progress against a plain model, for any plan and any sets; and the names of weeks."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.models import Plan, Prescription
from exercises.models.packed_sets import DailySets
from exercises.pages.history import History
from exercises.pages.week import LONG, Progress
from exercises.pages.year import Year
from exercises.rules import days
from exercises.rules.adherence import Totals
from tests.support.histories import DAYS, EXERCISES, MONDAY, SLUGS
from tests.support.usual_plan import SESSION_SLOTS


class Set(NamedTuple):
    day: date
    slot: str
    exercise: str
    reps: int
    dose_reps: int
    source: str


prescribed = st.tuples(DAYS, st.sampled_from(SLUGS), st.sets(st.sampled_from(SESSION_SLOTS)))
plans = st.lists(prescribed, max_size=8, unique_by=lambda each: each[:2])
made = st.builds(
    Set,
    day=DAYS,
    slot=st.sampled_from([*SESSION_SLOTS, "extra"]),
    exercise=st.sampled_from(SLUGS),
    reps=st.integers(1, 12),
    dose_reps=st.integers(1, 10),
    source=st.sampled_from(["timed", "ticked", "backdated"]),
)
histories = st.fixed_dictionaries(
    {"plan": plans, "sets": st.lists(made, max_size=60), "today": DAYS, "goal": st.integers(1, 7)}
)
any_day = st.dates()


def history_of(told):
    plan = Plan(
        tuple(
            Prescription(exercise=EXERCISES[slug], since=since, **{slot: slot in slots for slot in SESSION_SLOTS})
            for since, slug, slots in told["plan"]
        )
    )
    days_of_sets = {each.day: [other for other in told["sets"] if other.day == each.day] for each in told["sets"]}
    return History(plan, told["today"], {day: packed(sets) for day, sets in days_of_sets.items()}, told["goal"])


def packed(sets):
    """The sets of a day as the database gives them."""
    marks = (f"{each.slot} {each.exercise}" for each in sets)
    reps = (f" {each.reps}/{each.dose_reps}" if each.reps < each.dose_reps else "" for each in sets)
    return DailySets(",".join(map("".join, zip(marks, reps, strict=True))), ",".join(each.source for each in sets))


def test_exercises_follow_the_newest_plan_with_those_turned_off_last():
    begun, off = MONDAY - timedelta(days=30), MONDAY - timedelta(days=7)
    told = {"plan": [(begun, "presses", SESSION_SLOTS), (begun, "walking", SESSION_SLOTS), (off, "presses", [])]}
    plan = history_of({**told, "today": MONDAY, "sets": [], "goal": 5}).plan
    named = [
        [each.slug for each in plan.exercises(MONDAY - timedelta(days=first), MONDAY - timedelta(days=last))]
        for first, last in ((60, 31), (60, 8), (8, 0), (7, 0))
    ]

    assert named == [[], ["presses", "walking"], ["walking", "presses"], ["walking"]]


# The plain model: loops, and nothing of what is tested.


def due_on(told, day):
    """{exercise: its sessions}, by the newest prescription of each."""
    begun = sorted((each for each in told["plan"] if each[0] <= day), key=lambda each: each[0])
    return {slug: slots for _, slug, slots in begun}


def best(told, day, slot, slug):
    fills = [
        min(Fraction(each.reps, each.dose_reps), 1)
        for each in told["sets"]
        if (each.day, each.slot, each.exercise) == (day, slot, slug)
    ]
    return max(fills, default=Fraction(0))


def fills_on(told, day):
    """{(exercise, slot): fill} of the marks of a day that has begun."""
    if day > told["today"]:
        return {}
    return {(slug, slot): best(told, day, slot, slug) for slug, slots in due_on(told, day).items() for slot in slots}


def counted(told, first, number, slug=None):
    """(done, due) of so many days; of today, only what was begun."""
    done, due = Fraction(0), 0
    for day in (first + timedelta(days=n) for n in range(number)):
        for (exercise, _), fill in fills_on(told, day).items():
            if slug in (None, exercise) and (day < told["today"] or fill):
                done, due = done + fill, due + 1
    return done, due


def reached(told, day):
    fills = list(fills_on(told, day).values())
    return bool(fills) and sum(fills) * 100 >= 80 * len(fills)


@settings(max_examples=60, deadline=None)
@given(histories, st.integers(0, 13))
def test_a_week_and_those_before_it_are_what_a_plain_model_says(told, weeks_ago):
    first = MONDAY - timedelta(weeks=weeks_ago)
    history = history_of(told)
    shown = Progress(history, history.weeks(first, LONG))

    for n, week in enumerate(shown.weeks):
        start = first - timedelta(weeks=LONG - 1 - n)
        assert week.first == start
        assert (week.totals.done, week.totals.due) == counted(told, start, 7)
        assert week.days_on_track == sum(reached(told, start + timedelta(days=d)) for d in range(7))
        planned = sum(any(due_on(told, start + timedelta(days=d)).values()) for d in range(7))
        assert week.days_planned == planned
        assert week.on_goal == (planned > 0 and week.days_on_track >= min(told["goal"], planned))
    four = first - timedelta(weeks=3)
    assert {line.name: (line.totals.done, line.totals.due) for line in shown.lines} == {
        slug: totals for slug in SLUGS if (totals := counted(told, four, 28, slug))[1]
    }
    last = min(four + timedelta(27), told["today"])
    assert shown.sources == Counter(each.source for each in told["sets"] if four <= each.day <= last)


@settings(max_examples=40, deadline=None)
@given(histories)
def test_the_grid_holds_each_mark_of_the_week_once(told):
    history = history_of(told)
    shown = Progress(history, history.weeks(MONDAY, LONG))

    for column in range(7):
        fills = fills_on(told, MONDAY + timedelta(days=column))
        cells = {exercise.slug: cells[column] for exercise, cells in shown.grid}
        assert sum(cell.due for cell in cells.values()) == len(fills) == shown.whole_days[column].due
        for slug, cell in cells.items():
            own = [fill for (exercise, _), fill in fills.items() if exercise == slug]
            assert cell.due == len(own)
            assert cell.level == (None if not own else 2 if sum(own) == len(own) else 1 if any(own) else 0)


@settings(max_examples=20, deadline=None)
@given(histories, st.integers(0, 6))
def test_a_year_has_each_of_its_days_once(told, starts_on):
    year = Year(2026, history_of(told), starts_on)
    shown = [day for _, row in year.rows for day in row if day]

    assert [day.day for day in shown] == [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert (year.totals.done, year.totals.due) == counted(told, date(2026, 1, 1), 365)
    assert year.days_on_track == sum(reached(told, day.day) for day in shown)


@pytest.mark.parametrize(
    ("done", "due", "reaches_it"),
    [("0", 0, False), ("0", 5, False), ("799/100", 10, False), ("8", 10, True), ("5", 5, True)],
)
def test_the_bar_is_80_percent(done, due, reaches_it):
    assert Totals(Fraction(done), due).on_track is reaches_it


@settings(deadline=None)
@given(any_day, st.integers(0, 6))
def test_every_week_has_a_name_of_its_own_that_leads_back_to_it(day, starts_on):
    first = day - timedelta(days=min((day.weekday() - starts_on) % 7, day.toordinal() - 1))

    if first.weekday() == starts_on:
        assert days.week_named(days.week_name(first), starts_on) == first


@settings(deadline=None)
@given(st.text() | st.from_regex(r"\A[0-9]{4}-W[0-9]{2}\Z"), st.integers(0, 6))
def test_any_text_names_a_week_or_none(text, starts_on):
    first = days.week_named(text, starts_on)

    assert first is None or (first.weekday() == starts_on and days.week_name(first) == text)


@settings(deadline=None)
@given(any_day, st.integers(1, 12))
def test_weeks_end_with_the_last_and_stop_where_the_calendar_begins(last, count):
    starts = days.weeks_up_to(last, count)

    assert starts[-1] == last
    assert all(after - before == timedelta(days=7) for before, after in pairwise(starts))
    assert len(starts) == count or starts[0] < date(1, 1, 8)
