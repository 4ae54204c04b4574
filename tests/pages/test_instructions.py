"""The instructions of each exercise in each variant: all its own, and in plain words."""

import pytest

from exercises.catalogue.care import CARE
from exercises.catalogue.exercises import CATALOGUE, STOP_RULES_OF_ALL
from exercises.catalogue.variants import STANDARD, variants_of
from exercises.models import Exercise, Slot
from exercises.models.prescription import usual_prescription
from exercises.models.variant import LISTS
from exercises.pages.session import GuidedSession
from exercises.pages.speech import all_phrases
from exercises.rules.timeline import Kind
from tests.conftest import ROOT
from tests.support.reading import grade, longest

STANDARD_ONES = [Exercise(slug=entry.slug, **entry.fields()) for entry in CATALOGUE]
WAYS = [usual_prescription(each, variant=one.slug) for each in STANDARD_ONES for one in variants_of(each.slug)]
HARDEST, LONGEST = 6, 15  # grade, and words of a sentence: DOMAIN 6

each_way = pytest.mark.parametrize("way", WAYS, ids=[way.drawing for way in WAYS])


def kinds_of(way):
    """The kinds of its phases, after an exercise in another position."""
    before = usual_prescription(Exercise(slug="other", **CATALOGUE[0].fields() | {"position": "other"}))
    phases = GuidedSession(Slot.MORNING, (before, way), (), move_seconds=10).phases
    return {phase.kind for phase in phases if phase.step == 1}


def test_there_are_ten_ways():
    assert len(WAYS) == 10


@each_way
def test_each_way_has_each_part_of_its_own(way):
    texts = [way.name, way.note, way.summary, way.equipment, way.position_label, way.drawing, way.figure]

    assert all(texts)
    assert [name for name in LISTS if not way.lines(name)] == []
    assert len(way.lines("steps")) == 5
    assert len({other.name for other in WAYS}) == len({other.drawing for other in WAYS}) == len(WAYS)


@each_way
def test_a_variant_leaves_nothing_to_its_exercise(way):
    variant = way.variant_data
    if variant is STANDARD:
        return
    assert all([variant.note, variant.position, variant.equipment, variant.instructions])
    assert variant.cues.keys() == kinds_of(way)
    assert variant.cues.keys() >= {Kind.MOVE, Kind.READY}


@each_way
def test_an_instruction_reads_at_grade_6_in_short_sentences(way):
    lists = {"summary": [way.summary], **{name: way.lines(name) for name in LISTS}}

    assert {name: grade(lines) for name, lines in lists.items() if grade(lines) > HARDEST} == {}
    assert {name: longest(lines) for name, lines in lists.items() if longest(lines) > LONGEST} == {}


@pytest.mark.parametrize("lines", [STOP_RULES_OF_ALL, sorted(all_phrases())], ids=["of all exercises", "of the coach"])
def test_what_all_ways_say_reads_at_grade_6_too(lines):
    assert grade(lines) <= HARDEST
    assert longest(lines) <= LONGEST


BAREFOOT = ("bare feet", "Take off your shoes")


def test_who_stands_or_goes_barefoot_is_told_about_numb_feet():
    """Shoes on, no tiptoe, ask first: DOMAIN 2, rules for all."""
    told = {way.name: [*way.lines("steps"), *way.lines("stop_rules")] for way in WAYS}
    told |= {entry.slug: [*entry.steps, *entry.stop_rules] for entry in CARE}
    risky = {name for name, lines in told.items() if any(each in line for line in lines for each in BAREFOOT)}
    risky |= {way.name for way in WAYS if way.exercise.slug == "toe-walking"}

    assert len(risky) == 7
    assert [name for name in risky if not any(line.startswith("Numb feet") for line in told[name])] == []


@each_way
def test_a_stop_rule_is_a_sign_and_an_order(way):
    rules = [*way.lines("stop_rules"), *STOP_RULES_OF_ALL]

    assert [rule for rule in rules if rule.count("? ") != 1 or not rule.endswith(".")] == []


# docs/domain.md.


def row(way):
    """What the way has, counted: its lines, the kinds of phases with a cue, its longest sentence, its highest grade."""
    lists = [way.lines(name) for name in LISTS]
    counts = [str(len(lines)) for lines in lists]
    kinds = ", ".join(kind for kind in Kind if kind in kinds_of(way))
    highest = max(grade(lines) for lines in [[way.summary], *lists])
    needs = f"{way.position_label.lower()}; {way.equipment[0].lower()}{way.equipment[1:]}"
    cells = [way.name, needs, *counts, kinds, str(max(map(longest, lists))), f"{highest:.1f}"]
    return f"| {' | '.join(cells)} |"


def test_the_table_of_the_ways_in_the_domain_is_true():
    told = (ROOT / "docs" / "domain.md").read_text().splitlines()

    assert [line for line in map(row, WAYS) if line not in told] == []
