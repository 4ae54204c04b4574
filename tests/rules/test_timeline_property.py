"""The timeline of any dose and of any session."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from exercises.rules.timeline import (
    EFFORTS,
    PAUSE_AFTER,
    Dose,
    Kind,
    Step,
    session_phases,
    session_seconds,
    set_phases,
    spans,
    step_seconds,
)

doses = st.builds(
    Dose,
    effort=st.sampled_from(sorted(EFFORTS)),
    reps=st.integers(1, 12),
    effort_seconds=st.integers(1, 30),
    pause_seconds=st.integers(0, 10),
    sides=st.sampled_from((1, 2)),
)
steps = st.builds(
    Step,
    exercise=st.text(max_size=3),
    position=st.sampled_from(("standing", "seated", "lying")),
    dose=doses,
    ready_seconds=st.integers(0, 12),
    switch_seconds=st.integers(0, 12),
)
sessions = st.lists(steps, max_size=5)


@given(doses)
def test_a_set_has_exactly_the_efforts_of_its_dose(dose):
    efforts = [phase for phase in set_phases(dose) if phase.kind is dose.effort]

    assert len(efforts) == dose.total_reps
    assert {phase.seconds for phase in efforts} == {dose.effort_seconds}


@given(doses)
def test_no_side_ends_with_a_pause(dose):
    phases = list(set_phases(dose))
    last_of_side = [before for before, after in pairwise(phases) if before.side != after.side] + phases[-1:]

    assert len(last_of_side) == dose.sides
    assert {phase.kind for phase in last_of_side} == {dose.effort}


@given(doses)
def test_only_the_pause_of_its_effort_stands_between_two_reps(dose):
    between = {phase.kind for phase in set_phases(dose)} - {dose.effort, Kind.SWITCH}

    assert between <= {PAUSE_AFTER[dose.effort]}


@given(sessions, st.integers(0, 20))
def test_the_phases_of_a_session_follow_each_other_without_gap_or_overlap(steps, move_seconds):
    phases = session_phases(steps, move_seconds)

    assert [phase.at for phase in phases] == [0, *(phase.end for phase in phases)][: len(phases)]
    assert all(phase.seconds > 0 for phase in phases)


@given(sessions, st.integers(0, 20))
def test_each_step_takes_the_seconds_of_its_phases(steps, move_seconds):
    phases = session_phases(steps, move_seconds)
    lengths = [sum(phase.seconds for phase in phases if phase.step == number) for number in range(len(steps))]

    assert step_seconds(steps, move_seconds) == lengths
    assert session_seconds(steps, move_seconds) == (phases[-1].end if phases else 0)


@given(sessions)
def test_the_spans_cut_a_session_into_its_steps(steps):
    cut = spans(step_seconds(steps))

    assert len(cut) == len(steps)
    assert [0, *(end for _, end in cut)] == [*(start for start, _ in cut), session_seconds(steps)]
    assert all(cut[phase.step][0] <= phase.at < phase.end <= cut[phase.step][1] for phase in session_phases(steps))


@given(sessions)
def test_a_session_holds_every_set_in_the_order_of_its_steps(steps):
    efforts = [phase.step for phase in session_phases(steps) if phase.kind in EFFORTS]

    assert efforts == [n for n, step in enumerate(steps) for _ in range(step.dose.total_reps)]
