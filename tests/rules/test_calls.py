"""The calls in the middle of a set: halfway, and the last one."""

import pytest

from exercises.rules.timeline import Call, Dose, Kind, Phase, call, set_phases


def calls(dose):
    """The calls of the first leg by rep."""
    return {phase.rep: str(call(phase, dose)) for phase in set_phases(dose) if phase.side < 2 and call(phase, dose)}


@pytest.mark.parametrize(
    ("reps", "called"),
    [
        pytest.param(1, {}, id="the only one needs no word"),
        pytest.param(2, {2: "last"}, id="two"),
        pytest.param(3, {3: "last"}, id="halfway of three is no place"),
        pytest.param(4, {3: "halfway", 4: "last"}, id="the first of the second half"),
        pytest.param(15, {8: "halfway", 15: "last"}, id="the middle one"),
    ],
)
@pytest.mark.parametrize("effort", [Kind.HOLD, Kind.WALK])
def test_halfway_and_the_last_one_are_called(effort, reps, called):
    assert calls(Dose(effort, reps, 5, 2, sides=2)) == called


def test_only_efforts_are_called_and_of_them_no_circle():
    assert calls(Dose(Kind.CIRCLE, 8, 10, 1)) == {}
    assert call(Phase(Kind.REST, 10, rep=6), Dose(Kind.WALK, 6, 20, 10)) == Call.NONE
