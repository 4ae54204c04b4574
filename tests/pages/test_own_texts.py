"""Who does an exercise in a variant reads and hears nothing of the standard one, on any page of a day or a session."""

import pytest

from exercises.catalogue.exercises import CATALOGUE
from exercises.catalogue.variants import VARIANTS
from exercises.models import User
from exercises.models.variant import LISTS
from exercises.pages import wording
from exercises.record.plan_changes import change_plan
from exercises.rules.timeline import session_phases
from tests.support.phone import a_tick
from tests.support.planning import TODAY
from tests.support.record import words_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("friday_morning", "three_weeks_ago"),
    pytest.mark.parametrize(
        ("exercise", "variant"), [(of, each.slug) for of, all_of in VARIANTS.items() for each in all_of]
    ),
]


@pytest.fixture
def ways(alice, exercise, variant):
    """(the standard one, her own): Alice does the exercise in this variant from today on."""
    standard = alice.plan.prescription(TODAY, exercise)
    change_plan(alice, [standard.changed(variant=variant)], TODAY, TODAY)
    return standard, User.objects.get(pk=alice.pk).plan.prescription(TODAY, exercise)


def texts_of(way):
    """As the catalogue has them."""
    entry = next(each for each in CATALOGUE if each.slug == way.exercise.slug)
    told, needs = way.variant_data.instructions or entry, way.variant_data.equipment or entry.equipment
    return {told.summary, needs, *(line for name in LISTS for line in getattr(told, name))}


def heard_in(way):
    """The words and sentences of the coach."""
    phases, variant = session_phases([way.step]), way.variant_data
    cues = {wording.cue(way.step, phase, variant) for phase in phases}
    return cues | {wording.phase_word(way.exercise.slug, phase, variant) for phase in phases}


def found(texts, page, besides=()):
    """Those of the texts that the page has, also where these others are left out of it."""
    for each in sorted(besides, key=len, reverse=True):
        page = page.replace(each, "")
    return [text for text in texts if text in page]


def read(client, path, **query):
    page = client.get(path, query).content.decode()
    return words_of(page.partition("<main")[2].partition("</main>")[0]), page


def test_its_page_has_all_of_the_own_texts_and_none_of_the_standard_ones(ways, alice_client, exercise):
    standard, own = ways
    text, page = read(alice_client, f"/exercises/{exercise}/")

    assert f"<h1>{own.name}</h1>" in page
    assert found(texts_of(own), text) == list(texts_of(own))
    assert found(texts_of(standard) - texts_of(own), text, besides=texts_of(own)) == []
    assert not standard.full_name or standard.full_name not in text


def test_its_session_has_none_of_the_standard_texts(ways, alice_client, exercise):
    standard, own = ways
    _text, page = read(alice_client, "/session/extra/", exercise=exercise)

    assert own.name in page
    assert found(heard_in(own), page) == list(heard_in(own))
    of_own, of_standard = ({way.name} | texts_of(way) | heard_in(way) for way in (own, standard))
    assert found(of_standard - of_own, page, besides=of_own) == []


def test_no_page_of_a_day_names_the_standard_one(ways, alice_client, exercise):
    standard, own = ways
    alice_client.post("/sets/", a_tick(exercise=exercise, slot="evening"))
    for path in ("/", "/session/morning/", "/exercises/", f"/progress/{TODAY}/", "/settings/"):
        page = read(alice_client, path)[1]

        assert own.name in page or path == "/settings/"
        assert standard.name not in page.replace(own.name, ""), path
    report = words_of(alice_client.get("/report/").content.decode()).partition("Plan")[2]
    assert own.name in report
