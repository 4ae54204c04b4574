"""Variants of an exercise: the coach says what one really does, and the circles can be done seated."""

import re
from uuid import uuid4

import pytest

from exercises.catalogue.exercises import CATALOGUE
from exercises.catalogue.variants import VARIANTS, variant_of
from exercises.models import Exercise
from exercises.pages.wording import done_text
from exercises.rules.timeline import Dose, Kind
from tests.support.cue_sheet import of_step, sheet_of
from tests.support.phone import HTMX, a_tick
from tests.support.queries import queries
from tests.support.record import links_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning"), pytest.mark.one_database]

MIDDAY, SEATED = "/session/midday/", "/session/midday/?seated=1"
ALONE = "/session/extra/?exercise=ankle-circles"
CIRCLES = "ankle-circles"


def page(client, path):
    return " ".join(client.get(path).content.decode().split())


def said_in(sheet, exercise):
    """(kind, word, cue) of an exercise, each once, in order."""
    phases = of_step(sheet, exercise, *(each["kind"] for each in sheet["phases"]))
    return list(dict.fromkeys((phase["kind"], phase["word"], phase["cue"]) for phase in phases))


@pytest.fixture
def does(alice, alice_client):
    """Alice's plan with one exercise done in another way, and the morning's sheet of it."""

    def sheet(exercise, variant):
        alice.prescriptions.filter(exercise__slug=exercise).update(variant=variant)
        return sheet_of(alice_client)

    return sheet


def test_every_way_is_one_of_an_exercise_in_a_position_there_is():
    ways = [way for ways in VARIANTS.values() for way in ways]

    assert VARIANTS.keys() <= {entry.slug for entry in CATALOGUE}
    assert {way.position for way in ways} - {""} <= set(Exercise.Position.values)
    assert all(len({way.slug for way in ways}) == len(ways) for ways in VARIANTS.values())


def test_seated_circles_never_tell_one_to_lie_down(alice_client):
    told = said_in(sheet_of(alice_client, SEATED), CIRCLES)

    assert told[:2] == [
        ("move", "Sit down", "Sit on a chair. Sit upright."),
        ("ready", "Get ready", "Lift your left foot."),
    ]
    lying = said_in(sheet_of(alice_client, MIDDAY), CIRCLES)
    assert lying[0] == ("move", "Lie down", "Lie on your back.")
    switch = ("switch", "Switch legs", "Raise your right leg.")
    assert told[2:] == [(*switch[:2], "Lift your right foot.") if each == switch else each for each in lying[2:]]
    assert switch in lying


def test_the_sheet_names_the_way_of_each_step(alice_client):
    assert [(step["name"], step["variant"]) for step in sheet_of(alice_client, SEATED)["steps"]] == [
        ("Toe presses", ""),
        ("Ankle circles, seated", "seated"),
    ]


def test_seated_for_the_band_means_seated_for_the_circles(alice_client):
    lying, seated = (sheet_of(alice_client, f"/session/morning/{query}") for query in ("", "?seated=1"))

    assert [phase["kind"] for phase in of_step(seated, CIRCLES, "move")] == []
    assert lying["seconds"] - seated["seconds"] == 10


def test_heel_raises_are_counted_in_rounds_and_walk_nowhere(does, alice_client):
    told = does("toe-walking", "heel-raises")
    efforts = of_step(told, "toe-walking", "walk")

    assert {(phase["word"], phase["cue"]) for phase in efforts} == {("Rise", "Lift both heels. Lower slowly.")}
    assert efforts[2]["rep_text"] == "Round 3 of 6"
    assert "6 times, 20 seconds each" in page(alice_client, "/session/morning/")
    assert done_text(6, Dose(Kind.WALK, 6, 20, 10), variant_of("toe-walking", "heel-raises")) == "6 of 6 rounds"
    assert "alk" not in str([phase["word"] + phase["cue"] + phase["rep_text"] for phase in efforts])


def test_seated_heel_raises_come_after_a_change_of_position(does):
    assert said_in(does("toe-walking", "seated-heel-raises"), "toe-walking")[:2] == [
        ("move", "Sit down", "Sit on a chair. Feet flat."),
        ("ready", "Get ready", "Sit upright. Feet flat."),
    ]


def test_marching_stays_where_it_is(does):
    assert said_in(does("toe-walking", "marching"), "toe-walking")[:2] == [
        ("ready", "Get ready", "Go to a counter. Hold on."),
        ("walk", "March", "March on your toes."),
    ]


def test_a_towel_comes_back_as_slowly_as_the_band(does):
    assert said_in(does("resisted-plantar-flexion", "towel"), "resisted-plantar-flexion")[1:4] == [
        ("ready", "Get ready", "Towel on the left foot."),
        ("hold", "Hold", "Push the towel. Hold."),
        ("release", "Slowly back", "Slowly back."),
    ]


def test_presses_on_a_chair_are_followed_by_standing_up(does):
    sheet = does("toe-presses", "seated")

    assert said_in(sheet, "toe-presses")[0] == ("ready", "Get ready", "Sit upright. Feet flat.")
    assert said_in(sheet, "toe-walking")[0][2] == "Stand near a wall."


@pytest.mark.parametrize("way", ["heel-raises", "marching"])
def test_a_way_at_the_counter_sends_nobody_to_a_wall(alice, does, way):
    alice.prescriptions.filter(exercise__slug="toe-presses").update(variant="seated")
    sheet = does("toe-walking", way)

    assert said_in(sheet, "toe-walking")[0] == ("move", "Stand up", "Go to a counter. Hold on.")


def test_a_way_nobody_knows_is_the_exercise_as_it_is(does, alice_client):
    usual = sheet_of(alice_client)

    assert does("toe-walking", "on stilts") == usual
    assert does("toe-presses", "heel-raises") == usual


def test_a_name_edited_in_the_admin_stays_in_the_name_of_the_way(alice_client):
    Exercise.objects.filter(slug=CIRCLES).update(name="Foot rounds, 100%")

    assert sheet_of(alice_client, SEATED)["steps"][1]["name"] == "Foot rounds, 100%, seated"


# Circles on a chair.


def test_the_page_offers_to_sit_and_then_to_lie_down_again(alice_client):
    lying, seated = page(alice_client, MIDDAY), page(alice_client, SEATED)

    assert links_in(lying)["Cannot lie down? Sit for the circles"] == "/session/midday/?seated=1"
    assert links_in(seated)["Lie down for the circles"] == "/session/midday/"
    assert "Cannot lie down? Sit for the circles" not in seated


def test_one_exercise_alone_is_offered_on_a_chair_too(alice_client):
    assert 'href="/session/extra/?exercise=ankle-circles&amp;seated=1"' in page(alice_client, ALONE)
    seated = page(alice_client, f"{ALONE}&seated=1")
    assert 'href="/session/extra/?exercise=ankle-circles">Lie down for the circles' in seated


def test_the_steps_and_what_one_needs_follow(alice_client):
    lying, seated = page(alice_client, MIDDAY), page(alice_client, SEATED)

    assert "Ankle circles, seated</h2>" in seated
    assert re.findall("Lying down|A mat or a bed", seated) == []
    assert re.findall("Lying down|A mat or a bed|A chair", lying) == ["Lying down", "A mat or a bed"]
    assert "Seated · " in seated
    assert "A chair</li>" in seated


@pytest.mark.parametrize("junk", ["0", "2", "", "yes", "1 ", "1&seated=0"])
def test_junk_is_as_good_as_nothing(alice_client, junk):
    assert sheet_of(alice_client, f"{MIDDAY}?seated={junk}") == sheet_of(alice_client, MIDDAY)


def test_where_nobody_lies_down_there_is_nothing_to_choose(alice, alice_client):
    alone = "/session/extra/?exercise=toe-presses"
    assert "for the circles" not in page(alice_client, alone) + page(alice_client, f"{alone}&seated=1")
    assert "seated=1" not in page(alice_client, f"{alone}&seated=1")

    alice.prescriptions.filter(exercise__slug=CIRCLES).update(variant="seated")
    assert "for the circles" not in page(alice_client, MIDDAY)


def test_no_chair_is_offered_for_what_has_no_way_to_sit(alice_client):
    Exercise.objects.filter(slug="resisted-plantar-flexion").update(position="lying")

    assert "for the circles" not in page(alice_client, "/session/extra/?exercise=resisted-plantar-flexion")


def test_seated_lasts_after_a_tick_and_after_a_refresh(alice_client):
    shown = page(alice_client, SEATED)
    assert shown.count('name="next" value="/session/midday/?seated=1"') == 2
    assert 'hx-get="/session/midday/?seated=1"' in shown
    assert shown.count('<input type="hidden" name="seated" value="1">') == 2

    tick = a_tick(slot="midday", session=str(uuid4()), seated="1")
    answer = " ".join(alice_client.post("/sets/", tick, headers=HTMX).content.decode().split())
    assert "Ankle circles, seated</h2>" in answer
    assert answer.count('name="next" value="/session/midday/?seated=1"') == 2
    assert 'href="/session/midday/?seated=1" data-left' in answer


def test_lying_down_lasts_after_a_tick(alice_client):
    tick = a_tick(slot="midday", session=str(uuid4()), seated="junk")

    assert "seated</h2>" not in alice_client.post("/sets/", tick, headers=HTMX).content.decode()


def test_a_seated_session_takes_no_query_more(alice_client):
    assert len(queries(lambda: alice_client.get(SEATED))) <= 6
