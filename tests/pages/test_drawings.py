"""Each way to do an exercise has its own drawing, and no page shows that of another way in its place."""

import re

import pytest

from exercises.catalogue.drawings import FIGURE_OF_POSITION, ILLUSTRATIONS, drawing_of, figure_of
from exercises.catalogue.exercises import CATALOGUE
from exercises.catalogue.stills import SHEETS
from exercises.catalogue.variants import STANDARD, VARIANTS, variant_of
from tests.conftest import ROOT

FOLDER = ROOT / "templates" / "illustrations"
MOTION = (ROOT / "static" / "css" / "motion.css").read_text()
WAYS = [(each.slug, way.slug) for each in CATALOGUE for way in (STANDARD, *VARIANTS.get(each.slug, ()))]
POSITIONS = {each.slug: each.position for each in CATALOGUE}
USE = re.compile(r'(?:href|data-art)="[^"]*/illustrations/([\w-]+)[\w.]*\.svg#([\w-]+)"')
INLINE = re.compile(r'<g id="([\w-]+)-art"')
each_way = pytest.mark.parametrize(("exercise", "way"), WAYS)


def text(name):
    return (FOLDER / f"{name}.svg").read_text()


def drawing(exercise, way):
    return drawing_of(exercise, variant_of(exercise, way))


def shown(html):
    """(drawings in the page itself, drawings shown by their address), each as often as the page has it."""
    by_address = [(name, part) for name, part in USE.findall(html) if name not in SHEETS]
    assert [name for name, part in by_address if part != f"{name}-art"] == []
    return INLINE.findall(html), [name for name, _part in by_address]


def test_there_is_a_file_for_each_name_and_no_other():
    assert sorted([*ILLUSTRATIONS, *SHEETS]) == sorted(path.stem for path in FOLDER.glob("*.svg"))


@pytest.mark.parametrize("name", ILLUSTRATIONS)
def test_a_drawing_is_one_group_named_for_it_in_the_colours_of_the_page(name):
    svg = text(name)

    assert re.findall(r' id="([^"]*)"', svg) == [f"{name}-art"]
    assert svg.startswith(f'<svg xmlns="http://www.w3.org/2000/svg" class="illo illo-{name}" viewBox="0 0 ')
    assert 'aria-hidden="true"' in svg.partition(">")[0]
    assert re.findall(r"<(?:style|script|use|title|image)|style=", svg) == []
    assert re.findall(r'(?:fill|stroke)="(?!none"|var\(--illo-)[^"]*"', svg) == []


def test_what_moves_in_a_drawing_is_what_the_stylesheet_moves():
    in_files = {name for each in ILLUSTRATIONS for name in re.findall(r'class="((?!is-)\w\w-\w+)"', text(each))}
    rules = re.findall(r"^ +(\.[\w.,\- ]+) \{ animation: ([\w-]+) ", MOTION, re.MULTILINE)
    moved = {name.removeprefix(".") for names, _first in rules for name in names.split(", ")}
    names = {first for _names, first in rules} | set(re.findall(r"animation-name: ([\w-]+)", MOTION))

    assert in_files - {"tw-lift"} == moved  # the arrow stands still
    assert names == set(re.findall(r"@keyframes ([\w-]+)", MOTION))


def test_the_keyframes_are_not_on_pages_without_a_moving_drawing():
    imports, stills = [(ROOT / "static" / "css" / name).read_text() for name in ("footcare.css", "illustrations.css")]

    assert "motion.css" not in imports
    assert "keyframes" not in stills


@each_way
def test_a_figure_is_in_the_position_of_its_way(exercise, way):
    position = variant_of(exercise, way).position or POSITIONS[exercise]
    figure = figure_of(drawing(exercise, way), position)

    assert figure in ILLUSTRATIONS
    assert figure.startswith(FIGURE_OF_POSITION[position]) or (position, figure) in {
        ("standing", "position-wall"),
        ("standing", "position-counter"),
    }


def test_a_figure_holds_what_the_words_name():
    figures = {drawing(*each): figure_of(drawing(*each), POSITIONS[each[0]]) for each in WAYS}

    assert {name: figure.removeprefix("position-") for name, figure in figures.items() if "seated" not in name} == {
        "toe-presses": "standing",
        "toe-walking": "wall",
        "toe-walking-heel-raises": "counter",
        "toe-walking-marching": "counter",
        "resisted-plantar-flexion": "chair-band",
        "resisted-plantar-flexion-towel": "chair-towel",
        "ankle-circles": "lying",
    }


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.usefixtures("friday_morning")
class TestPages:
    """Alice does one exercise in one way."""

    @pytest.fixture
    def read(self, alice, alice_client, exercise, way):
        alice.prescriptions.filter(exercise__slug=exercise).update(variant=way)
        return lambda path, **query: alice_client.get(path, query).content.decode()

    @each_way
    def test_the_session_shows_the_drawing_of_its_way_and_only_it(self, read, exercise, way):
        own = drawing(exercise, way)
        figure = figure_of(own, variant_of(exercise, way).position or POSITIONS[exercise])
        moving, still = shown(read("/session/extra/", exercise=exercise))

        assert moving == [own]
        assert sorted(set(still) - {"getting-up"}) == sorted([own, figure])
        assert still.count(own) == 2  # in the list, and in the card of the stage
        assert still.count(figure) == 3  # and in place of the moving one

    @each_way
    def test_its_page_moves_the_own_way_and_pictures_all_of_them(self, read, exercise, way):
        own, ways = drawing(exercise, way), [drawing(exercise, each) for of, each in WAYS if of == exercise]
        html = re.sub("<noscript>.*?</noscript>", "", read(f"/exercises/{exercise}/"), flags=re.DOTALL)
        moving, still = shown(html)

        assert moving == [own]
        assert [name for name in still if not name.startswith("position-")] == ways
        assert "/static/css/library." in html

    @each_way
    def test_the_list_and_today_show_the_own_way(self, read, exercise, way):
        every = [drawing(each.slug, way if each.slug == exercise else "") for each in CATALOGUE]
        today = read("/")

        assert shown(read("/exercises/")) == ([], every)
        assert shown(today) == ([], [every[0], *every])  # the next one's, and one for each row

    @pytest.mark.parametrize(("exercise", "way"), [("toe-walking", "seated-heel-raises")])
    def test_a_day_that_is_done_shows_no_way_but_the_own(self, read, phone):
        for slot in ("morning", "midday", "evening"):
            for each in CATALOGUE:
                phone.tap(exercise=each.slug, slot=slot)
        _moving, still = shown(read("/"))

        assert still[0] == "toe-walking-seated-heel-raises"


@pytest.mark.django_db
@pytest.mark.one_database
def test_the_phone_keeps_every_drawing_for_when_it_is_offline(stranger):
    script = stranger.get("/sw.js").content.decode()

    assert [name for name in ILLUSTRATIONS if not re.search(rf"/illustrations/{name}[\w.]*\.svg", script)] == []
    assert "css/library." in script
