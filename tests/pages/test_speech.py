"""What the ear gets: the words of a session, and what a screen reader says where the coach is silent."""

import re

import pytest

from exercises.catalogue.clips import clips_of
from exercises.catalogue.exercises import CATALOGUE
from exercises.pages.speech import all_phrases
from exercises.rules.timeline import Kind
from tests.support.cue_sheet import of_step, sheet_of
from tests.support.planning import filled_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning"), pytest.mark.one_database]


def said(phases):
    return [[phrase["text"] for phrase in phase["say"]] for phase in phases]


@pytest.fixture
def morning(alice_client):
    return sheet_of(alice_client)


def test_the_first_two_reps_are_told_and_then_how_many_are_left(morning):
    presses = of_step(morning, "toe-presses", "hold")

    assert said(presses) == [["Grip the floor."]] * 2 + [[]] * 3 + [["Five more."]] + [[]] * 3 + [["Last one."]]
    assert said(of_step(morning, "toe-presses", "release")) == [["Let go."]] * 2 + [[]] * 7


def test_each_leg_is_told_on_its_own(morning):
    band = of_step(morning, "resisted-plantar-flexion", "ready", "switch", "hold")

    assert [(phase["kind"], phase["side"], phase["rep"]) for phase in band if phase["say"]] == [
        ("ready", 0, 0),
        *(("hold", 1, rep) for rep in (1, 2, 11, 15)),
        ("switch", 2, 0),
        *(("hold", 2, rep) for rep in (1, 2, 11, 15)),
    ]


def test_a_set_begins_with_its_name_and_with_what_makes_it_safe(morning):
    firsts = {phase["step"]: phase["say"] for phase in morning["phases"] if phase["kind"] == "ready"}

    assert {number: [(each["part"], each["text"]) for each in say] for number, say in firsts.items()} == {
        0: [("name", "Toe presses."), ("cue", "Stand tall. Knees soft.")],
        1: [("name", "Toe walking."), ("safety", "Go to a wall. One hand on it.")],
        2: [("name", "Band press."), ("safety", "Band on the left foot.")],
        3: [("name", "Ankle circles."), ("side", "Raise your left leg.")],
    }


def test_changing_legs_with_a_band_is_a_matter_of_safety(morning):
    switches = [phase["say"] for phase in morning["phases"] if phase["kind"] == "switch"]

    assert switches == [
        [{"part": "safety", "text": "Band on the right foot."}],
        [{"part": "side", "text": "Raise your right leg."}],
    ]


def test_a_long_walk_says_when_ten_seconds_are_left(alice_client, morning):
    walks = of_step(morning, "toe-walking", "walk")
    alice_client.post("/settings/plan/", filled_in(**{"toe-walking-effort_seconds": "14"}))
    shorter = of_step(sheet_of(alice_client), "toe-walking", "walk")

    assert all({"part": "call", "text": "Ten seconds left.", "left": 10} in phase["say"] for phase in walks)
    assert said(walks)[:2] == [
        ["Up on your toes.", "Ten seconds left."],
        ["Small steps. Look ahead.", "Ten seconds left."],
    ]
    assert said(shorter)[2:] == [[], [], [], ["Last one."]]


def test_the_second_circle_says_the_way_because_a_turn_has_no_time_for_it(morning):
    circles = of_step(morning, "ankle-circles", "circle", "turn")

    assert said(circles) == [["Draw slow circles."], [], ["Other way."]] * 2


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("/session/morning/", ["Roll to your side. Sit. Wait. Then stand."], id="lying"),
        pytest.param("/session/morning/?seated=1", [], id="on a chair"),
    ],
)
def test_a_session_that_ends_lying_down_says_how_to_get_up(alice_client, path, words):
    closing = sheet_of(alice_client, path)["steps"][-1]["say"]

    assert [phrase["text"] for phrase in closing] == ["All done. Well done.", *words]


def test_every_phrase_that_the_coach_can_say_has_a_clip():
    """Run `make voices` after a change of words."""
    assert clips_of("en").keys() == all_phrases()


def test_a_region_has_the_clips_of_its_language_and_others_have_none():
    assert clips_of("en-gb") == clips_of("en")
    assert clips_of("ru") == {}


def test_the_voice_says_no_more_than_five_words_between_two_pauses():
    """Words of safety and of a change of position are a few such orders, nine words at most: DOMAIN 6."""
    names = {f"{entry.name}." for entry in CATALOGUE}

    for text in all_phrases() - names:
        orders = [order.split() for order in re.split(r"[.,]", text) if order]
        assert max(map(len, orders)) <= 5, text
        assert sum(map(len, orders)) <= 9, text


# What a screen reader says.


def live(phases):
    return [phase["live"] for phase in phases]


def test_a_screen_reader_says_exercise_rep_and_what_to_do(morning):
    presses = live(of_step(morning, "toe-presses", "ready", "hold", "release"))

    assert presses[:4] == [
        "Toe presses. Stand tall. Knees soft.",
        "Hold, 1 of 10. Grip the floor.",
        "Let go.",
        "Hold, 2 of 10. Grip the floor.",
    ]
    assert (presses[5], presses[11], presses[19]) == (
        "Hold, 3 of 10.",
        "Hold, 6 of 10. Halfway.",
        "Hold, 10 of 10. Last one.",
    )


def test_a_screen_reader_says_the_side_at_its_first_rep(morning):
    band = live(of_step(morning, "resisted-plantar-flexion", "move", "ready", "switch", "hold"))

    assert band[:3] == [
        "Sit down. Sit on a chair. Take your band.",
        "Band press. Band on the left foot.",
        "Hold, 1 of 15. Left leg. Push the band. Hold.",
    ]
    assert band[17:19] == ["Switch legs. Band on the right foot.", "Hold, 1 of 15. Right leg. Push the band. Hold."]


def test_a_screen_reader_says_the_number_of_a_walk(morning):
    assert live(of_step(morning, "toe-walking", "walk"))[3] == "Walk 4 of 6. Halfway."


def test_a_lock_screen_names_each_phase_in_a_few_words(morning):
    titles = {phase["kind"]: phase["title"] for phase in reversed(morning["phases"])}

    assert titles == {
        Kind.READY: "Get ready",
        Kind.HOLD: "Hold, 1 of 10",
        Kind.RELEASE: "Let go, 1 of 10",
        Kind.WALK: "Walk 1 of 6",
        Kind.REST: "Rest",
        Kind.MOVE: "Sit down",
        Kind.SWITCH: "Switch legs",
        Kind.CIRCLE: "First way",
        Kind.TURN: "Other way",
    }
