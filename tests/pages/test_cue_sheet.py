"""The cue sheet in the page of a session: all that the player knows."""

import pytest

from exercises.pages import wording
from tests.support.cue_sheet import of_step, sheet_of
from tests.support.record import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning"), pytest.mark.one_database]


def test_halfway_and_last_are_called_on_each_leg(alice_client):
    presses = of_step(sheet_of(alice_client), "toe-presses", "hold")
    band = of_step(sheet_of(alice_client), "resisted-plantar-flexion", "hold")

    assert [(phase["rep"], phase["call"]) for phase in presses if phase["call"]] == [(6, "halfway"), (10, "last")]
    assert [(phase["side"], phase["rep"]) for phase in band if phase["call"]] == [(1, 8), (1, 15), (2, 8), (2, 15)]


def test_the_stage_tells_what_to_do_in_every_rep(alice_client):
    sheet = sheet_of(alice_client)

    assert {phase["cue"] for phase in of_step(sheet, "toe-presses", "hold")} == {"Grip the floor."}
    assert {phase["cue"] for phase in of_step(sheet, "toe-presses", "release")} == {"Let go."}


def test_a_step_tells_the_reps_of_its_whole_set(alice_client):
    assert [step["reps"] for step in sheet_of(alice_client)["steps"]] == [10, 6, 30, 4]


# The change of position.


@pytest.mark.parametrize(
    ("slot", "cue"),
    [
        pytest.param("morning", "Lie on your back, or stay on the chair.", id="from the chair of the band"),
        pytest.param("midday", "Lie on your back.", id="from standing"),
    ],
)
def test_only_somebody_on_a_chair_may_stay_there(alice_client, slot, cue):
    sheet = sheet_of(alice_client, f"/session/{slot}/")

    assert [phase["cue"] for phase in of_step(sheet, "ankle-circles", "move")] == [cue]


def moves(client, path="/session/morning/"):
    return [(phase["seconds"], phase["waits"]) for phase in sheet_of(client, path)["phases"] if phase["kind"] == "move"]


def test_a_change_of_position_goes_on_by_itself_after_ten_seconds(alice_client):
    assert moves(alice_client) == [(10, False), (10, False)]


def test_a_change_of_position_is_as_the_user_chose(alice_client):
    alice_client.post("/settings/coach/", {"move_waits": "True", "move_seconds": "45"})

    assert moves(alice_client) == [(45, True), (45, True)]


def test_only_a_change_of_position_can_wait(alice_client):
    assert {phase["kind"] for phase in sheet_of(alice_client)["phases"] if "waits" in phase} == {"move"}


def test_a_turn_is_not_called_by_the_way_before_it(alice_client):
    circles = of_step(sheet_of(alice_client), "ankle-circles", "circle", "turn")

    assert [phase["rep_text"] for phase in circles] == ["First way", "", "Other way"] * 2


@pytest.mark.parametrize(("seconds", "minutes"), [(1, 1), (89, 1), (90, 2), (123, 2), (149, 2), (150, 3), (535, 9)])
def test_a_length_is_told_in_the_nearest_minute(seconds, minutes):
    assert wording.minutes(seconds) == minutes


def test_the_minutes_include_the_seconds_to_change_position(alice_client):
    alice_client.post("/settings/coach/", {"move_waits": "False", "move_seconds": "60"})

    assert sheet_of(alice_client)["seconds"] == 535 + 2 * 50
    assert "11 min" in shown(alice_client, "/")
    assert "about 11 min" in shown(alice_client, "/session/morning/")
