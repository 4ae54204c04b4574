"""Look after your feet: open to anybody, guided by the coach, and never counted."""

import pytest

from exercises.catalogue.care import CARE
from tests.support.cue_sheet import sheet_of
from tests.support.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

each_one = pytest.mark.parametrize("entry", CARE, ids=[entry.slug for entry in CARE])


def page(client, path="/care/"):
    return client.get(path).content.decode()


def test_a_stranger_reads_it_without_a_query(stranger):
    assert queries_of(stranger, "/care/") == 0
    assert queries_of(stranger, f"/care/{CARE[0].slug}/") == 0


@each_one
def test_each_has_its_steps_its_rules_and_its_coach(stranger, entry):
    listed, guide = page(stranger), page(stranger, f"/care/{entry.slug}/")

    assert all(line in listed for line in (*entry.steps, *entry.stop_rules))
    assert all(line in guide for line in entry.stop_rules)
    assert f'href="/care/{entry.slug}/"' in listed


@each_one
def test_who_should_leave_it_out_is_said_before_start(stranger, entry):
    listed, guide = page(stranger), page(stranger, f"/care/{entry.slug}/")

    for line in entry.stop_rules:
        assert listed.index(line) < listed.rindex(f'href="/care/{entry.slug}/"')
        assert guide.index(line) < guide.index('data-act="start"')


@each_one
def test_each_is_a_minute_or_two_with_both_feet(stranger, entry):
    sheet = sheet_of(stranger, f"/care/{entry.slug}/")

    assert 60 <= sheet["seconds"] <= 130
    assert {phase["side"] for phase in sheet["phases"] if phase["kind"] == "hold"} == {1, 2}


@each_one
def test_it_says_that_it_is_not_counted_and_saves_nothing(alice_client, catalogue, entry):
    guide = page(alice_client, f"/care/{entry.slug}/")

    assert "It is not counted." in guide
    assert "What you did is saved" not in guide
    assert "Stop here and save" not in guide
    assert "js/app" not in guide  # no outbox: a set of it would be an exercise that nobody knows


def test_it_is_no_exercise_of_a_plan(alice, alice_client):
    assert {entry.slug for entry in CARE} & {each.exercise.slug for each in alice.plan.prescriptions} == set()
    assert alice_client.get("/session/extra/?exercise=toe-stretch").status_code == 404


def test_an_unknown_name_is_not_found(stranger):
    for path in ("/care/toe-presses/", "/care/nothing/"):
        assert stranger.get(path).status_code == 404


def test_the_list_of_exercises_leads_there(stranger, catalogue):
    assert 'href="/care/"' in page(stranger, "/exercises/")
