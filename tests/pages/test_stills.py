"""Each step of each way to do an exercise has a still picture of its own, and so have its first mistakes."""

import re
from xml.etree import ElementTree

import brotli
import pytest

from exercises.catalogue.drawings import DRAWINGS, drawing_of
from exercises.catalogue.exercises import CATALOGUE
from exercises.catalogue.stills import SHEETS, STILLS
from exercises.catalogue.variants import variant_of, variants_of
from exercises.models import Exercise
from exercises.models.prescription import usual_prescription
from tests.conftest import ROOT

FOLDER = ROOT / "templates" / "illustrations"
USE = re.compile(r'<use href="[^"]*/illustrations/stills-([\w-]+?)(?:\.\w+)?\.svg#([\w-]+)"')
REFERENCE = re.compile(r'<use href="#([\w-]+)"')
SVG = "{http://www.w3.org/2000/svg}"
WAYS = [(each.slug, way.slug) for each in CATALOGUE for way in variants_of(each.slug)]
each_way = pytest.mark.parametrize(("exercise", "way"), WAYS)
each_sheet = pytest.mark.parametrize("sheet", SHEETS)


def text(sheet):
    return (FOLDER / f"{sheet}.svg").read_text()


def stills_of(exercise, way):
    return STILLS[drawing_of(exercise, variant_of(exercise, way))]


def poses(sheet):
    """By id, what each pose of a sheet draws, whatever the parts within it are called."""
    groups = ElementTree.fromstring(text(sheet)).findall(f"./{SVG}defs/{SVG}g")
    drawn = {each.get("id"): ElementTree.tostring(each).decode() for each in groups}
    return {pose: re.sub(rf' id="[^"]*"|{pose}-', "", svg) for pose, svg in drawn.items()}


def used(sheet):
    """The poses that any way takes from a sheet, and the bands."""
    if sheet == "stills-bands":
        return {"strip", "loop", "towel"}
    return {
        pose for each in STILLS.values() if f"stills-{each.sheet}" == sheet for pose in (*each.steps, *each.mistakes)
    }


def test_every_way_has_its_stills_and_nothing_else_has():
    assert sorted(STILLS) == sorted(DRAWINGS)


@pytest.mark.django_db
@pytest.mark.one_database
@each_way
def test_each_step_of_a_way_has_a_pose_of_its_own_on_its_sheet(exercise, way):
    stills = stills_of(exercise, way)
    asked = usual_prescription(Exercise.objects.get(slug=exercise)).changed(variant=way)
    on_sheet = poses(f"stills-{stills.sheet}")
    shown = [*stills.steps, *stills.mistakes]

    assert len(stills.steps) == len(asked.lines("steps"))
    assert 2 <= len(stills.mistakes) <= len(asked.lines("mistakes"))
    assert [pose for pose in shown if pose not in on_sheet] == []
    assert len({on_sheet[pose] for pose in shown}) == len(shown)  # no two look the same


@each_sheet
def test_a_sheet_draws_each_part_once_and_in_the_colours_of_the_page(sheet):
    svg = text(sheet)
    ids = re.findall(r' id="([^"]*)"', svg)

    assert len(set(ids)) == len(ids)
    assert {name for name in REFERENCE.findall(svg) if name not in ids} == set()
    assert {name for name in ids if name not in REFERENCE.findall(svg)} == used(sheet)
    assert svg.startswith(f'<svg xmlns="http://www.w3.org/2000/svg" class="illo illo-{sheet}" viewBox="0 0 128 96"')
    assert re.findall(r"<(?:style|script|title|text|image)|style=", svg) == []
    assert re.findall(r'(?:fill|stroke)="(?!none"|var\(--illo-)[^"]*"', svg) == []


@each_sheet
def test_the_stills_of_a_page_weigh_less_than_3_kb(sheet):
    assert len(brotli.compress(text(sheet).encode())) <= 2750  # and up to 9 short lines of the page


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.usefixtures("friday_morning")
class TestPage:
    @each_way
    def test_a_page_shows_the_stills_of_its_own_way(self, alice, alice_client, exercise, way):
        alice.prescriptions.filter(exercise__slug=exercise).update(variant=way)
        stills = stills_of(exercise, way)
        page = alice_client.get(f"/exercises/{exercise}/").content.decode()

        shown = [(sheet, pose) for sheet, pose in USE.findall(page) if sheet != "bands"]

        assert shown == [(stills.sheet, pose) for pose in (*stills.steps, *stills.mistakes)]

    def test_the_page_of_the_band_shows_which_ones_there_are(self, client):
        shown = USE.findall(client.get("/exercises/resisted-plantar-flexion/").content.decode())

        assert [pose for sheet, pose in shown if sheet == "bands"] == ["strip", "loop", "towel"]

    @pytest.fixture
    def edited(self, client):
        """The poses of the steps of toe walking, with these texts."""

        def poses_of(*steps):
            Exercise.objects.filter(slug="toe-walking").update(steps="\n".join(steps), mistakes="")
            return [pose for _sheet, pose in USE.findall(client.get("/exercises/toe-walking/").content.decode())]

        return poses_of

    def test_a_step_edited_in_the_admin_keeps_its_still(self, edited):
        assert edited("Go to a wall.", "Hold.", "Rise.", "Walk.", "Rest.") == ["wall", "hand", "rise", "step", "lower"]

    def test_further_steps_have_no_still(self, edited):
        assert edited("Go.", "Hold.", "Rise.", "Walk.", "Rest.", "Sit.") == ["wall", "hand", "rise", "step", "lower"]

    def test_where_a_step_was_taken_out_no_still_can_belong_to_another(self, edited):
        assert edited("Hold.", "Rise.", "Walk.", "Rest.") == []


@pytest.mark.django_db
@pytest.mark.one_database
def test_the_phone_keeps_every_sheet_for_when_it_is_offline(stranger):
    script = stranger.get("/sw.js").content.decode()

    assert [sheet for sheet in SHEETS if not re.search(rf"/illustrations/{sheet}[\w.]*\.svg", script)] == []
