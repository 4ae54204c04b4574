"""How long a plan takes while one edits it; and proposals, which never apply by themselves."""

import re
from datetime import date, timedelta

import pytest

from exercises.catalogue.exercises import CATALOGUE
from exercises.loaders import current_plan
from exercises.models import Exercise, User
from exercises.pages.plan_proposals import PlanDuration
from exercises.record.plan_changes import change_plan
from exercises.rules.timeline import MOVE_SECONDS
from tests.support.phone import HTMX
from tests.support.planning import PAGE, STARTER, SUM, TODAY, asked, filled_in, later, rows
from tests.support.queries import queries
from tests.support.record import shown, whole_day, words_of
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "three_weeks_ago")]


# How long it takes.


def test_the_sum_follows_the_form_and_saves_nothing(alice_client, alice):
    before = rows(alice)
    answer = alice_client.post(SUM, filled_in(**STARTER), headers=HTMX)
    told = words_of(answer)

    assert told.startswith("10:07 minutes a day was 19:53 Morning 4:27 Midday 1:13 Evening 4:27")
    assert "What changes Toe presses How many times: 5 (was 10) Toe walking How many walks: 3 (was 6)" in told
    assert "Ankle circles Seconds each way: 5 (was 10)" in told
    assert rows(alice) == before


def test_the_sum_uses_the_users_own_seconds_to_change_position(alice_client, alice):
    alice.preferences.move_seconds = 30
    alice.preferences.save()

    assert "21:33 minutes a day" in shown(alice_client, PAGE)  # two changes of position in two of the sessions


def test_the_sum_of_one_exercise_counts_the_others_as_they_are(alice_client):
    form = filled_in("toe-walking", only="toe-walking", **{"toe-walking-slots": []})
    told = shown_after(alice_client, form)

    assert "13:57 minutes a day was 19:53" in told
    assert "Toe walking Sessions: none (was morning, evening)" in told


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


@pytest.mark.parametrize(("name", "minutes"), [("starter", "10:07"), ("usual", "19:53")])
def test_a_ready_made_plan_is_one_act(alice_client, alice, name, minutes):
    alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "12", "toe-presses-place": "2"}))
    page = shown(alice_client, PAGE)
    answer = alice_client.post("/settings/plan/take/", {"plan": name})

    assert f"{minutes} minutes a day Toe presses How many times: {'5' if name == 'starter' else '10'} (was 12)" in page
    assert answer.status_code == 303
    length = PlanDuration(User.objects.get(pk=alice.pk).plan.on(TODAY), MOVE_SECONDS)
    assert length.day_text == minutes
    assert "This is your plan now." in shown(alice_client, PAGE)


def test_a_ready_made_plan_leaves_a_seated_variant_seated(alice_client, alice):
    alice_client.post(PAGE, filled_in(**{"ankle-circles-variant": "seated", "ankle-circles-effort_seconds": "20"}))
    for name in ("starter", "usual"):
        alice_client.post("/settings/plan/take/", {"plan": name})
        assert asked(alice)["ankle-circles"][5] == "seated"


@pytest.mark.parametrize(("name", "minutes"), [("smaller", "14:03"), ("larger", "25:15")])
def test_a_proposal_is_filled_in_and_not_saved(alice_client, alice, name, minutes):
    before = rows(alice)
    page = shown(alice_client, f"{PAGE}?proposal={name}")

    assert "Nothing is saved yet." in page
    assert f"{minutes} minutes a day was 19:53" in page
    assert "What changes Toe presses" in page
    assert rows(alice) == before


def test_what_is_as_small_as_the_starter_plan_loses_a_session(alice, alice_client):
    alice_client.post("/settings/plan/take/", {"plan": "starter"})
    starter = current_plan(User.objects.get(pk=alice.pk), TODAY)

    assert {", ".join(each.slots) for each in starter.smaller} == {"morning, evening"}
    assert [each.reps for each in starter.smaller] == [each.reps for each in starter.all]


@pytest.fixture
def two_weeks(phone):
    """So many of the four exercises on each day of the two weeks before this one."""

    def two_weeks(number):
        exercises = [entry.slug for entry in CATALOGUE][:number]
        for n in range(14):
            whole_day(phone, (date(2026, 11, 2) + timedelta(days=n)).isoformat(), exercises)

    return two_weeks


@pytest.mark.parametrize(("number", "offer"), [(1, "smaller"), (2, ""), (4, "larger")])
def test_another_plan_is_offered_after_two_whole_weeks(alice_client, two_weeks, number, offer):
    two_weeks(number)
    page = alice_client.get("/progress/").content.decode()

    assert re.findall(r"\?proposal=(\w+)", page) == [offer] * bool(offer)
    assert "proposal" not in alice_client.get("/progress/?week=2026-W46").content.decode()  # it is about now


def test_no_other_plan_is_offered_for_weeks_of_another_plan(alice_client, alice, two_weeks):
    two_weeks(1)
    change_plan(alice, [each.changed(reps=5) for each in alice.plan.on(TODAY)], TODAY, TODAY)
    assert "proposal" not in alice_client.get("/progress/").content.decode()

    alice.prescriptions.filter(since=TODAY).delete()
    plan_since(alice, "2026-11-03")  # the first of the two weeks is no whole one
    assert "proposal" not in alice_client.get("/progress/").content.decode()


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}?proposal=larger", "/exercises/toe-presses/"])
def test_the_pages_keep_to_their_budget(alice_client, path):
    assert len(queries(lambda: alice_client.get(path))) <= 6


def test_the_sum_keeps_to_its_budget(alice_client):
    assert len(queries(lambda: alice_client.post(SUM, filled_in(), headers=HTMX))) <= 6


def test_an_exercise_of_the_admins_own_has_its_fields_too(alice_client):
    """No pause is asked for where one only turns; other ways only where there are some."""
    page = alice_client.get(PAGE).content.decode()

    assert 'name="ankle-circles-pause_seconds"' not in page
    assert 'name="toe-walking-pause_seconds"' in page
    Exercise.objects.filter(slug="toe-walking").update(slug="stair-walking")
    assert 'name="stair-walking-variant"' not in alice_client.get(PAGE).content.decode()
