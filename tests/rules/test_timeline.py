"""The timeline against the figures of DOMAIN 1."""

from dataclasses import replace

import pytest

from exercises.rules.timeline import (
    EFFORTS,
    Dose,
    Kind,
    Phase,
    Step,
    session_phases,
    session_seconds,
    set_phases,
    spans,
    step_seconds,
)

PRESSES = Step("toe-presses", "standing", Dose(Kind.HOLD, 10, 4, 2))
WALKING = Step("toe-walking", "standing", Dose(Kind.WALK, 6, 20, 10), ready_seconds=8)
BAND = Step("resisted-plantar-flexion", "seated", Dose(Kind.HOLD, 15, 5, 2, sides=2), 8, switch_seconds=10)
CIRCLES = Step("ankle-circles", "lying", Dose(Kind.CIRCLE, 2, 10, 1, sides=2))
MORNING = EVENING = (PRESSES, WALKING, BAND, CIRCLES)
MIDDAY = (PRESSES, CIRCLES)
DAY = (MORNING, MIDDAY, EVENING)


def seconds_of_day(move_seconds=10, **doses):
    """The default day's seconds with some doses changed: `band={"pause_seconds": 3}`."""
    names = {"presses": PRESSES, "walking": WALKING, "band": BAND, "circles": CIRCLES}
    changed = {
        names[name]: replace(names[name], dose=replace(names[name].dose, **change)) for name, change in doses.items()
    }
    sessions = ([changed.get(step, step) for step in steps] for steps in DAY)
    return sum(session_seconds(steps, move_seconds) for steps in sessions)


def minutes(clock):
    whole, seconds = clock.split(":")
    return int(whole) * 60 + int(seconds)


# The plan's own figures.


@pytest.mark.parametrize(
    ("steps", "seconds"),
    [(MORNING, 535), (MIDDAY, 123), (EVENING, 535)],
    ids=["morning", "midday", "evening"],
)
def test_a_default_session_takes_the_seconds_it_promises(steps, seconds):
    assert session_seconds(steps) == seconds


def test_the_default_day_takes_19_minutes_53_and_stays_under_20():
    assert seconds_of_day() == 1193 == minutes("19:53")
    assert seconds_of_day() < 20 * 60


def test_the_pure_work_of_the_default_day_is_13_minutes():
    phases = [phase for steps in DAY for phase in session_phases(steps)]

    assert sum(phase.seconds for phase in phases if phase.kind in EFFORTS) == minutes("13:00")


STARTER = {
    "presses": {"reps": 5},
    "walking": {"reps": 3, "effort_seconds": 10},
    "band": {"reps": 8},
    "circles": {"effort_seconds": 5},
}


@pytest.mark.parametrize(
    ("reading", "clock"),
    [
        pytest.param({"band": {"pause_seconds": 3}}, "20:49", id="band released for 3 s"),
        pytest.param({"circles": {"effort_seconds": 20}}, "21:53", id="ten real circles of 2 s"),
        pytest.param({"move_seconds": 20}, "20:43", id="20 s to change position"),
        pytest.param(STARTER, "10:07", id="the starter plan"),
    ],
)
def test_other_readings_of_the_routine_compute_to_their_own_time(reading, clock):
    assert seconds_of_day(**reading) == minutes(clock)


# The story of a set.

ONE_LEG_OF_BAND = "hold 5, release 2, " * 14 + "hold 5"
ONE_LEG_OF_CIRCLES = "circle 10, turn 1, circle 10"


@pytest.mark.parametrize(
    ("step", "story"),
    [
        (PRESSES, "hold 4, release 2, " * 9 + "hold 4"),
        (WALKING, "walk 20, rest 10, " * 5 + "walk 20"),
        (BAND, f"{ONE_LEG_OF_BAND}, switch 10, {ONE_LEG_OF_BAND}"),
        (CIRCLES, f"{ONE_LEG_OF_CIRCLES}, switch 5, {ONE_LEG_OF_CIRCLES}"),
    ],
    ids=lambda value: getattr(value, "exercise", ""),
)
def test_a_set_tells_its_story_phase_by_phase(step, story):
    told = ", ".join(f"{phase.kind} {phase.seconds}" for phase in set_phases(step.dose, step.switch_seconds))

    assert told == story


def test_both_feet_have_no_side_and_a_pause_keeps_the_rep_before_it():
    assert list(set_phases(Dose(Kind.WALK, 2, 20, 10))) == [
        Phase(Kind.WALK, 20, side=0, rep=1),
        Phase(Kind.REST, 10, side=0, rep=1),
        Phase(Kind.WALK, 20, side=0, rep=2),
    ]


def test_a_set_for_each_leg_starts_left_and_counts_again_after_the_switch():
    assert list(set_phases(Dose(Kind.HOLD, 2, 5, 3, sides=2))) == [
        Phase(Kind.HOLD, 5, side=1, rep=1),
        Phase(Kind.RELEASE, 3, side=1, rep=1),
        Phase(Kind.HOLD, 5, side=1, rep=2),
        Phase(Kind.SWITCH, 5, side=2, rep=0),
        Phase(Kind.HOLD, 5, side=2, rep=1),
        Phase(Kind.RELEASE, 3, side=2, rep=1),
        Phase(Kind.HOLD, 5, side=2, rep=2),
    ]


@pytest.mark.parametrize(
    ("step", "reps"),
    [(PRESSES, 10), (WALKING, 6), (BAND, 30), (CIRCLES, 4)],
    ids=lambda value: getattr(value, "exercise", ""),
)
def test_the_reps_of_a_set_are_those_of_both_legs(step, reps):
    assert step.dose.total_reps == reps


@pytest.mark.parametrize(
    "impossible",
    [
        pytest.param({"effort": Kind.RELEASE}, id="a pause is no effort"),
        pytest.param({"effort": Kind.READY}, id="getting ready is no effort"),
        pytest.param({"reps": 0}, id="no reps"),
        pytest.param({"effort_seconds": 0}, id="an effort nobody would see"),
        pytest.param({"effort_seconds": -1}, id="an effort that ends before it starts"),
        pytest.param({"pause_seconds": -1}, id="a pause that ends before it starts"),
        pytest.param({"sides": 0}, id="no side"),
        pytest.param({"sides": 3}, id="a third leg"),
    ],
)
def test_a_dose_that_cannot_be_done_is_refused(impossible):
    with pytest.raises(ValueError):
        replace(PRESSES.dose, **impossible)


# The looks.


@pytest.mark.parametrize(
    ("look", "kinds"),
    [
        ("hold", "hold walk circle"),
        ("release", "release turn"),
        ("rest", "ready rest move"),
        ("switch", "switch"),
    ],
)
def test_nine_kinds_of_phase_have_four_looks(look, kinds):
    assert {kind for kind in Kind if kind.look == look} == set(kinds.split())


# The session.


def lead_in(steps, number):
    """The phases of one step that come before its first effort, as (kind, seconds)."""
    of_step = [phase for phase in session_phases(steps) if phase.step == number]
    efforts = [n for n, phase in enumerate(of_step) if phase.kind in EFFORTS]
    return [(phase.kind, phase.seconds) for phase in of_step[: efforts[0]]]


@pytest.mark.parametrize(
    ("steps", "number", "seconds"),
    [
        pytest.param(MORNING, 0, 5, id="the phone is put down first"),
        pytest.param([CIRCLES, PRESSES], 1, 3, id="later exercises need less"),
        pytest.param(MORNING, 1, 8, id="the way to a wall"),
        pytest.param([WALKING], 0, 8, id="the way to a wall is long enough for the phone too"),
        pytest.param(MORNING, 2, 8, id="the band goes on the foot"),
        pytest.param([BAND], 0, 8, id="the band alone"),
    ],
)
def test_each_exercise_has_the_time_it_needs_to_get_set(steps, number, seconds):
    assert lead_in(steps, number)[-1] == (Kind.READY, seconds)


def test_only_a_change_of_position_is_given_time_to_move():
    assert lead_in(MORNING, 1) == [(Kind.READY, 8)]
    assert lead_in(MORNING, 2) == [(Kind.MOVE, 10), (Kind.READY, 8)]
    assert lead_in(MORNING, 3) == [(Kind.MOVE, 10), (Kind.READY, 3)]


def test_the_spans_of_the_morning_meet_end_to_end():
    assert spans(step_seconds(MORNING)) == [(0, 63), (63, 241), (241, 475), (475, 535)]


def test_a_pause_of_no_seconds_is_left_out_of_the_session():
    hasty = replace(PRESSES, dose=Dose(Kind.HOLD, 3, 4, 0))

    assert [phase.kind for phase in session_phases([hasty])] == [Kind.READY] + 3 * [Kind.HOLD]


def test_a_move_of_no_seconds_is_left_out_of_the_session():
    assert Kind.MOVE not in {phase.kind for phase in session_phases(MORNING, move_seconds=0)}


def test_a_session_without_steps_is_empty():
    assert (session_phases([]), spans([]), session_seconds([])) == ((), [], 0)
