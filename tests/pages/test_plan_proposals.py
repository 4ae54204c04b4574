"""How long a plan takes while one edits it; and proposals, which never apply by themselves."""

import re

import pytest

from exercises.catalogue.exercises import CATALOGUE
from exercises.catalogue.variants import VARIANTS
from exercises.loaders import current_plan
from exercises.models import User
from exercises.pages.plan_proposals import PROPOSALS
from exercises.record.plan_changes import change_plan
from tests.support.phone import HTMX
from tests.support.planning import OFF, PAGE, STARTER, SUM, TODAY, asked, filled_in, later, rows
from tests.support.queries import queries
from tests.support.record import links_in, shown, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "three_weeks_ago")]


# How long it takes.


def test_the_sum_follows_the_form_and_saves_nothing(alice_client, alice):
    before = rows(alice)
    answer = alice_client.post(SUM, filled_in(**STARTER), headers=HTMX)
    told = words_of(answer)

    assert told.startswith("10:07 minutes a day was 19:53 10:07 minutes a day Morning 4:27 Midday 1:13 Evening 4:27")
    assert "What changes Toe presses How many times: 5 (was 10) Toe walking How many walks: 3 (was 6)" in told
    assert "Ankle circles Seconds each way: 5 (was 10)" in told
    assert rows(alice) == before


def test_the_sum_uses_the_users_own_seconds_to_change_position(alice_client, alice):
    alice.preferences.move_seconds = 30
    alice.preferences.save()

    assert "21:33 minutes a day" in shown(alice_client, PAGE)  # two changes of position in two of the sessions


def shown_after(client, form):
    answer = client.post(SUM, form, headers=HTMX)
    assert answer.status_code == 200
    return words_of(answer)


def test_what_would_change_is_told_by_the_day_it_begins(alice_client):
    alice_client.post(PAGE, later(**{"toe-presses-reps": "6"}))

    assert "What changes" not in shown_after(alice_client, filled_in())
    assert "How many times: 10 (was 6)" in shown_after(alice_client, later())
    assert "Order in a session Toe walking, Toe presses," in shown_after(
        alice_client, filled_in(**{"toe-walking-place": "1"})
    )


# Other plans.


RUNGS = {"step-1": "10:07", "step-2": "12:47", "step-3": "15:39", "step-4": "19:53"}


@pytest.mark.parametrize(("name", "minutes"), [*RUNGS.items(), ("starter", "10:07"), ("smaller", "14:03")])
def test_a_proposal_is_filled_in_and_not_saved(alice_client, alice, name, minutes):
    before = rows(alice)
    page = shown(alice_client, f"{PAGE}?proposal={name}")

    assert "We filled in another plan. Nothing is saved yet." in page
    assert f"{minutes} minutes a day Morning" in page
    assert ("What changes Toe presses" in page) is (minutes != "19:53")
    assert rows(alice) == before


def test_the_ladder_marks_the_plan_in_force_and_the_one_below(alice_client):
    alice_client.post(PAGE, filled_in(**STARTER))
    html = alice_client.get(f"{PAGE}?proposal=step-3").content.decode()
    ladder = re.search(r'<ol class="ladder">.*?</ol>', html, re.DOTALL)[0]

    assert words_of(ladder) == "10 min Starter Your plan now 13 min Step 2 16 min Step 3 20 min Usual"
    assert re.findall(r'aria-current="true"\s+href="([^"]+)"', ladder) == [f"{PAGE}?proposal=step-3"]
    assert links_in(ladder)["10 min Starter Your plan now"] == PAGE


def test_the_ladder_keeps_the_sessions_ways_and_rests_of_the_user(alice_client, alice):
    own = {"ankle-circles-variant": "seated", "toe-presses-slots": ["evening"], "toe-walking-pause_seconds": "20"}
    own |= {"toe-walking-variant": "heel-raises", "resisted-plantar-flexion-slots": []}
    alice_client.post(PAGE, filled_in(**own))
    now = current_plan(User.objects.get(pk=alice.pk), TODAY)
    change_plan(alice, now.on_rung(2), TODAY, TODAY)

    held = asked(alice)
    assert held["toe-presses"] == ("evening", 7, 4, 2, 1, "")
    assert held["toe-walking"] == ("morning, evening", 4, 10, 20, 2, "heel-raises")
    assert held["resisted-plantar-flexion"] == ("", 15, 5, 2, 3, "")  # off: as it was
    assert held["ankle-circles"] == ("morning, midday, evening", 2, 6, 1, 4, "seated")


def test_a_plan_on_no_rung_says_so_and_marks_none(alice_client):
    alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "9"}))

    assert "Your plan is your own mix." in shown(alice_client, PAGE)
    assert "Your plan now" not in shown(alice_client, PAGE)


def test_the_usual_plan_with_its_sessions_can_be_filled_in_again(alice_client, alice):
    assert "Start again with the usual plan" not in shown(alice_client, PAGE)
    alice_client.post(PAGE, filled_in(**{"toe-presses-slots": ["evening"], "ankle-circles-place": "1"}))
    assert (
        links_in(alice_client.get(PAGE).content.decode())["Start again with the usual plan"] == f"{PAGE}?proposal=usual"
    )

    usual = [each.amount for each in current_plan(User.objects.get(pk=alice.pk), TODAY).back_to_usual]
    change_plan(alice, current_plan(alice, TODAY).back_to_usual, TODAY, TODAY)
    assert [each.amount for each in User.objects.get(pk=alice.pk).plan.on(TODAY)] == usual
    assert [each["order"] for each in usual] == [1, 2, 3, 4]


def test_an_empty_plan_has_a_ladder_of_the_usual_sessions(alice_client):
    alice_client.post(PAGE, filled_in(**OFF))

    assert "10 min Starter 13 min Step 2 16 min Step 3 20 min Usual" in shown(alice_client, PAGE)
    assert "12:47 minutes a day Morning 5:39" in shown(alice_client, f"{PAGE}?proposal=step-2")


def test_a_link_opens_the_card_of_its_exercise(alice_client):
    html = alice_client.get(f"{PAGE}?exercise=ankle-circles").content.decode()
    cards = re.findall(r'id="plan-([a-z-]+)"[^>]*>\s*<details( open)?>', html)

    assert cards == [(entry.slug, " open" * (entry.slug == "ankle-circles")) for entry in CATALOGUE]


def test_a_ready_made_plan_leaves_a_seated_variant_seated(alice_client, alice):
    alice_client.post(PAGE, filled_in(**{"ankle-circles-variant": "seated", "ankle-circles-effort_seconds": "20"}))
    for proposal in PROPOSALS.values():
        change_plan(alice, proposal(current_plan(alice, TODAY)), TODAY, TODAY)
        assert asked(alice)["ankle-circles"][5] == "seated"


def test_what_is_as_small_as_the_starter_plan_loses_a_session(alice, alice_client):
    alice_client.post(PAGE, filled_in(**STARTER))
    starter = current_plan(User.objects.get(pk=alice.pk), TODAY)

    assert {", ".join(each.slots) for each in starter.smaller} == {"morning, evening"}
    assert [each.reps for each in starter.smaller] == [each.reps for each in starter.all]


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}?proposal=step-2", "/exercises/toe-presses/"])
def test_the_pages_keep_to_their_budget(alice_client, path):
    assert len(queries(lambda: alice_client.get(path))) <= 6


def test_the_sum_keeps_to_its_budget(alice_client):
    assert len(queries(lambda: alice_client.post(SUM, filled_in(), headers=HTMX))) <= 6


def test_other_ways_and_pauses_are_asked_for_only_where_there_are_some(alice_client, monkeypatch):
    """No pause where one only turns."""
    page = alice_client.get(PAGE).content.decode()
    assert 'name="ankle-circles-pause_seconds"' not in page
    assert 'name="toe-walking-pause_seconds"' in page
    assert page.count('name="toe-walking-variant"') == 4

    monkeypatch.delitem(VARIANTS, "toe-walking")
    assert 'name="toe-walking-variant"' not in alice_client.get(PAGE).content.decode()
