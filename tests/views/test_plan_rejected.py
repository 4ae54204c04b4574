"""Impossible plans: one sentence beside the field, and nothing changes."""

import re
from datetime import date, timedelta

import pytest

from exercises.record.plan_changes import change_plan
from tests.support.phone import HTMX
from tests.support.planning import LATER, PAGE, STARTER, SUM, TODAY, filled_in, later, rows
from tests.support.record import shown
from tests.support.twice import twice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "three_weeks_ago")]


OVER = "That day is in the past. Please choose today or a later day."
TOO_LONG = "A session can last at most 30 minutes. Please choose fewer reps or fewer seconds."
WRONG = [
    ("toe-presses-reps", "1000", "Toe presses: How many times: Please choose a number from 1 to 50."),
    ("toe-presses-reps", "0", "Please choose a number from 1 to 50."),
    ("toe-presses-reps", "ten", "Please choose a number from 1 to 50."),
    ("toe-presses-reps", "3.5", "Please choose a number from 1 to 50."),
    ("toe-presses-effort_seconds", "0", "Toe presses: Hold (seconds): Please choose a number from 1 to 120."),
    ("toe-presses-effort_seconds", "3600", "Please choose a number from 1 to 120."),
    ("toe-walking-pause_seconds", "-1", "Toe walking: Rest (seconds): Please choose a number from 0 to 120."),
    ("toe-walking-pause_seconds", "", "Please choose a number from 0 to 120."),
    ("toe-presses-slots", ["night"], "Toe presses: Sessions: Please choose one of these."),
    ("toe-presses-variant", "heel-raises", "Toe presses: Way to do it: Please choose one of these."),
    ("toe-presses-place", "5", "Toe presses: Order in a session: Please choose one of these."),
    ("toe-walking-effort_seconds", "120", TOO_LONG),
    ("since", "2026-11-19", OVER),
    ("since", "2026-02-30", "Please choose the day."),
    ("since", "", "Please choose the day."),
    ("since", "2027-11-30", "Please choose a day within a year."),
    ("when", "yesterday", "When the change starts: Please choose one of these."),
]


@pytest.mark.one_database
@pytest.mark.parametrize(("field", "value", "why"), WRONG, ids=[f"{field}={value}" for field, value, _ in WRONG])
def test_what_cannot_be_is_told_and_changes_nothing(alice_client, alice, field, value, why):
    before = rows(alice)
    form = later(**{"toe-walking-reps": "30", "toe-presses-reps": "9", field: value})
    page, region = alice_client.post(PAGE, form), alice_client.post(SUM, form, headers=HTMX)

    assert (page.status_code, region.status_code, region["HX-Retarget"]) == (422, 422, "#plan-sum")
    assert f"{why}</p>" in page.content.decode()
    assert f"{why}</p>" in region.content.decode()
    assert "Not saved." in page.content.decode()
    assert rows(alice) == before


def test_what_was_filled_in_stays_in_a_form_that_was_refused(alice_client):
    form = later(**{"toe-presses-reps": "1000", "toe-walking-reps": "4", "toe-presses-slots": ["evening"]})
    page = alice_client.post(PAGE, form).content.decode()

    assert re.search(r'name="toe-walking-reps" value="4"', page)
    assert re.search(r'name="toe-presses-reps" value="1000"[^>]*aria-invalid="true"', page)
    assert 'value="2026-11-30"' in page


def test_what_is_wrong_opens_the_card_of_its_exercise(alice_client):
    page = alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "1000"})).content.decode()

    assert open_cards(page) == ["toe-presses"]


def open_cards(page):
    return re.findall(r'id="plan-([a-z-]+)"[^>]*>\s*<details open>', page)


def test_what_fits_today_may_be_too_long_with_what_is_planned_for_later(alice_client, alice):
    alice_client.post(PAGE, later(**{"toe-walking-reps": "30", "toe-walking-effort_seconds": "38"}))
    before = rows(alice)
    answer = alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "50"}))

    assert answer.status_code == 422
    assert TOO_LONG in answer.content.decode()
    assert rows(alice) == before


def test_a_change_that_another_one_needs_cannot_be_dropped(alice_client, alice):
    alice_client.post(PAGE, later(**{"resisted-plantar-flexion-slots": []}))
    walking = {"toe-walking-reps": "30", "toe-walking-effort_seconds": "43", "resisted-plantar-flexion-slots": []}
    alice_client.post(PAGE, later(date(2026, 12, 7), **walking))
    before = rows(alice)
    answer = alice_client.post("/settings/plan/drop/", {"day": "2026-11-30"})

    assert answer.status_code == 422
    assert TOO_LONG in answer.content.decode()
    assert rows(alice) == before


@pytest.mark.parametrize(
    ("day", "why"),
    [
        *[(day, "No change is planned for that day.") for day in ("2026-11-20", "2026-11-01")],
        *[(day, "A day must look like 2026-11-20.") for day in ("", "Monday", "20261130", "٢٠٢٦-11-30")],
    ],
)
def test_only_what_is_planned_can_be_dropped(alice_client, alice, day, why):
    alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "5"}))
    alice_client.post(PAGE, later(**{"toe-presses-reps": "6"}))
    before = rows(alice)
    answer = alice_client.post("/settings/plan/drop/", {"day": day})

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert rows(alice) == before


def test_a_planned_change_dropped_twice_is_dropped(alice_client, alice):
    alice_client.post(PAGE, later(**{"toe-presses-reps": "6"}))
    ends, _other = twice(alice_client, "/settings/plan/drop/", {"day": "2026-11-30"})

    assert ends == [(200, "/settings/plan/ change-cancelled")] * 2
    assert "Changes to come" not in shown(alice_client, PAGE)


def test_the_model_itself_keeps_out_of_the_past(alice):
    with pytest.raises(Exception, match="That day is in the past"):
        change_plan(alice, alice.plan.on(TODAY), TODAY - timedelta(days=1), TODAY)


@pytest.mark.parametrize("key", ["", "starter", "usual", "step-2", "smaller", "x" * 2000])
def test_a_plan_that_is_not_offered_cannot_be_taken(alice_client, alice, key):
    before = rows(alice)
    answer = alice_client.post("/settings/plan/take/", {"plan": key})

    assert answer.status_code == 422
    assert "This plan is not offered any more." in answer.content.decode()
    assert rows(alice) == before


@pytest.mark.parametrize("query", ["proposal=none", "proposal=larger", "exercise=head-stand", "exercise="])
def test_an_address_made_by_hand_shows_the_plan_as_it_is(alice_client, query):
    page = alice_client.get(f"{PAGE}?{query}").content.decode()

    assert "Nothing is saved yet." not in page
    assert open_cards(page) == []


def test_bobs_plan_is_his_own_and_a_stranger_has_none(bob_client, alice, stranger):
    before = rows(alice)
    change_plan(alice, [each.changed(reps=1) for each in alice.plan.on(TODAY)], LATER, TODAY)
    planned = rows(alice)

    assert bob_client.post(PAGE, filled_in(**STARTER)).status_code == 303
    assert bob_client.post("/settings/plan/drop/", {"day": "2026-11-30"}).status_code == 303
    assert rows(alice) == planned != before
    assert "Changes to come" not in shown(bob_client, PAGE)
    assert stranger.post(PAGE, filled_in(**STARTER))["Location"].startswith("/accounts/login/")
