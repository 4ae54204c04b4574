"""The library: how to do each exercise, easier and harder, and at which tempo, in plain words."""

import re

import pytest

from exercises.catalogue.exercises import CATALOGUE, STOP_RULES_OF_ALL
from exercises.catalogue.variants import VARIANTS
from exercises.models import Exercise, Prescription
from exercises.models.exercise import load_catalogue
from exercises.models.variant import LISTS
from exercises.rules.timeline import Dose, Kind, tempo
from tests.support.record import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning"), pytest.mark.one_database]

SLUGS = [entry.slug for entry in CATALOGUE]


def page(client, slug, **query):
    return " ".join(client.get(f"/exercises/{slug}/", query).content.decode().split())


@pytest.mark.parametrize("entry", CATALOGUE, ids=SLUGS)
def test_a_page_has_every_text_of_its_exercise(stranger, entry):
    shown = words_of(page(stranger, entry.slug))
    lines = [line for name in LISTS for line in getattr(entry, name)]

    assert [line for line in [entry.summary, entry.equipment, *lines, *STOP_RULES_OF_ALL] if line not in shown] == []
    assert all(getattr(entry, name) for name in LISTS)


@pytest.mark.parametrize("slug", SLUGS)
def test_an_exercise_can_be_started_alone_and_leads_to_help(alice_client, slug):
    shown = page(alice_client, slug)

    assert f'href="/session/extra/?exercise={slug}"' in shown
    assert alice_client.get(f"/session/extra/?exercise={slug}").status_code == 200
    assert 'href="/help/"' in shown.partition('id="stop"')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("slug", "words", "phases"),
    [
        ("toe-presses", "Hold 4 seconds Let go 2 seconds", "Grip the floor. Let go."),
        ("toe-walking", "Walk 20 seconds Rest 10 seconds", "Small steps. Look ahead. Heels down. Rest."),
        ("resisted-plantar-flexion", "Hold 5 seconds Slowly back 2 seconds", "Push the band. Hold. Slowly back."),
        (
            "ankle-circles",
            "One way 10 seconds Turn 1 second Other way 10 seconds",
            "Draw slow circles. Other way.",
        ),
    ],
)
def test_the_tempo_and_the_phases_of_the_picture_are_named(stranger, slug, words, phases):
    shown = page(stranger, slug)

    assert said(shown, "tempo-words") == words
    assert said(shown, "art-phases") == phases


def said(shown, list_class):
    items = shown.partition(f'<ol class="{list_class}')[2].partition(">")[2].partition("</ol>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", items).split())


def test_the_tempo_is_drawn_to_scale(stranger):
    shown = page(stranger, "toe-presses")

    assert 'viewBox="0 0 6 1"' in shown
    assert '<rect class="tempo-hold" x="0" width="4" height="1"/>' in shown
    assert '<rect class="tempo-release" x="4" width="2" height="1"/>' in shown


def test_the_tempo_is_that_of_the_users_own_dose(alice_client, alice):
    Prescription.objects.filter(user=alice, exercise__slug="toe-presses").update(effort_seconds=7, pause_seconds=3)

    assert said(page(alice_client, "toe-presses"), "tempo-words") == "Hold 7 seconds Let go 3 seconds"


@pytest.mark.parametrize(
    ("dose", "kinds"),
    [
        (Dose(Kind.HOLD, 10, 4, 2), [Kind.HOLD, Kind.RELEASE]),
        (Dose(Kind.HOLD, 10, 4, 0), [Kind.HOLD]),  # no pause, so none is drawn
        (Dose(Kind.HOLD, 1, 4, 2), [Kind.HOLD]),  # no pause after the last one
        (Dose(Kind.HOLD, 1, 4, 2, 2), [Kind.HOLD]),  # a switch of legs is none of the tempo
        (Dose(Kind.CIRCLE, 2, 10, 1, 2), [Kind.CIRCLE, Kind.TURN, Kind.CIRCLE]),
        (Dose(Kind.CIRCLE, 4, 10, 1, 2), [Kind.CIRCLE, Kind.TURN, Kind.CIRCLE]),
        (Dose(Kind.CIRCLE, 1, 10, 1, 2), [Kind.CIRCLE]),
    ],
)
def test_the_tempo_is_what_repeats_in_a_set(dose, kinds):
    beats = tempo(dose)

    assert [beat.kind for beat in beats] == kinds
    assert [beat.at for beat in beats] == [sum(before.seconds for before in beats[:n]) for n in range(len(beats))]


def test_a_new_field_of_the_catalogue_is_filled_by_the_next_load(catalogue):
    """A migration leaves a new field empty, and the last load does not name it."""
    for exercise in Exercise.objects.all():
        exercise.easier = exercise.harder = ""
        del exercise.loaded["easier"], exercise.loaded["harder"]
        exercise.save()
    load_catalogue()

    assert [each.easier for each in Exercise.objects.all()] == ["\n".join(entry.easier) for entry in CATALOGUE]
    assert all(each.harder for each in Exercise.objects.all())


def test_a_variant_of_the_owners_own_stays(catalogue):
    Exercise.objects.filter(slug="toe-presses").update(easier="Lie down to do it.")
    load_catalogue()

    assert Exercise.objects.get(slug="toe-presses").easier == "Lie down to do it."


def test_an_exercise_without_such_lines_has_no_empty_headings(stranger, catalogue):
    Exercise.objects.filter(slug="toe-presses").update(easier="", harder="", cues="", mistakes="\n \n", stop_rules="")
    shown = words_of(page(stranger, "toe-presses"))

    assert "Make it easier Toe presses, seated" in shown
    assert [title for title in ("Make it harder", "Do it well", "Watch out for") if title in shown] == []
    assert "Stop or ease off if Pain over 5 out of 10? Stop for today." in shown


def test_a_stop_rule_of_the_owners_own_may_be_no_question(stranger, catalogue):
    Exercise.objects.filter(slug="toe-presses").update(stop_rules="Foot cold?\nAsk Ms Fox, if unsure.")

    assert "Foot cold? Ask Ms Fox, if unsure. Pain over 5" in words_of(page(stranger, "toe-presses"))


WAYS = [(slug, variant) for slug in SLUGS for variant in ("", *(each.slug for each in VARIANTS.get(slug, ())))]


@pytest.mark.parametrize(("slug", "variant"), WAYS)
def test_an_exercise_takes_the_same_minutes_on_every_screen(alice, alice_client, slug, variant):
    """By one rule of rounding; 14 presses take a time near the half minute."""
    Prescription.objects.filter(user=alice, exercise__slug=slug).update(variant=variant, reps=14)
    library = " ".join(alice_client.get("/exercises/").content.decode().split())
    card = library.partition(f'href="/exercises/{slug}/"')[2]
    session = " ".join(alice_client.get("/session/extra/", {"exercise": slug}).content.decode().split())
    [(minutes, seconds)] = re.findall(r"· (\d+):(\d\d)</p>", session)
    rounded = str(int(minutes) + (int(seconds) >= 30))

    assert re.findall(r"1 exercise, about (\d+) min", session) == [rounded]
    assert re.findall(r"Start · <span class=\"num\">(\d+) min", page(alice_client, slug)) == [rounded]
    assert re.findall(r"· (\d+) min", card)[0] == rounded
