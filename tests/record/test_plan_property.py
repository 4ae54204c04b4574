"""A change of plan leaves every day before it as it was, and holds from its day on."""

from datetime import timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from exercises.models import Plan, Prescription
from tests.support.histories import DAYS, EXERCISES, MONDAY, SLUGS
from tests.support.usual_plan import SESSION_SLOTS

doses = st.fixed_dictionaries(
    {
        "reps": st.integers(1, 3),
        "effort_seconds": st.integers(1, 2),
        "pause_seconds": st.just(1),
        "order": st.integers(1, 4),
        "variant": st.sampled_from(["", "seated"]),
        "slots": st.sets(st.sampled_from(SESSION_SLOTS)),
    }
)
rows = st.tuples(DAYS, st.sampled_from(SLUGS), doses)
plans = st.lists(rows, max_size=8, unique_by=lambda each: each[:2])
one_each = st.dictionaries(st.sampled_from(SLUGS), doses)
changes = st.lists(st.tuples(DAYS, one_each), max_size=4)
AROUND = [MONDAY + timedelta(days=n) for n in range(-95, 12)]


def prescribed(slug, since, dose):
    blank = Prescription(exercise=EXERCISES[slug], since=since, reps=1, effort_seconds=1, pause_seconds=1, order=1)
    return blank.changed(**dose)


def plan_of(told):
    made = [prescribed(slug, since, dose) for since, slug, dose in told]
    return Plan(tuple(sorted(made, key=lambda each: (each.order, each.exercise_id, each.since))))


def asked_on(plan, day):
    """{exercise: what it asks for} of what is due that day."""
    return {each.exercise.slug: each.amount for each in plan.on(day) if each.slots}


@given(plans, changes)
def test_no_past_day_changes_with_a_plan(told, changed):
    plan = plan_of(told)
    for since, wanted in changed:
        after = plan.replaced([prescribed(slug, since, dose) for slug, dose in wanted.items()], since)

        for day in AROUND:
            if day < since:
                assert asked_on(after, day) == asked_on(plan, day)
        plan = after


@given(plans, DAYS, one_each)
def test_from_its_day_on_a_change_holds_until_the_next_one(told, since, wanted):
    plan = plan_of(told)
    asked = {slug: prescribed(slug, since, dose) for slug, dose in wanted.items()}
    after = plan.replaced(asked.values(), since)
    due = {slug: each.amount for slug, each in asked.items() if each.slots}

    assert asked_on(after, since) == {s: a for s, a in asked_on(plan, since).items() if s not in asked} | due
    later = [each for each in plan.prescriptions if each.since > since]
    assert [each for each in after.prescriptions if each.since > since] == later
    assert len({(each.exercise_id, each.since) for each in after.prescriptions}) == len(after.prescriptions)


SAME = {"reps": 1, "effort_seconds": 1, "pause_seconds": 1, "order": 1, "variant": "", "slots": {"morning"}}
TWICE = [(MONDAY - timedelta(days=1), SLUGS[0], SAME), (MONDAY, SLUGS[0], SAME)]


@given(plans, DAYS, one_each)
@example(told=TWICE, since=MONDAY, wanted={})
def test_what_holds_anyway_is_no_change(told, since, wanted):
    """A row that repeats the one before it may go: nothing depends on it."""
    plan = plan_of(told)
    after = plan.replaced([prescribed(slug, since, dose) for slug, dose in wanted.items()], since)
    again = after.replaced(after.on(since), since)

    before, now = ([(each.since, each.exercise_id, each.amount) for each in p.prescriptions] for p in (after, again))
    assert [row for row in now if row not in before] == []
    assert [asked_on(again, day) for day in AROUND] == [asked_on(after, day) for day in AROUND]


@given(plans)
def test_a_dropped_change_leaves_what_held_before_it(told):
    plan = plan_of(told)
    for change in plan.changes[1:]:
        without = plan.without(change)

        assert asked_on(without, change) == asked_on(plan, change - timedelta(days=1))
        assert change not in without.changes
