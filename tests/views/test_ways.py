"""The ways to do an exercise on its page: a tap chooses one for the plan, from today on."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exercises.models import Prescription, User
from exercises.record.plan_changes import change_plan
from exercises.rules.timeline import session_seconds
from tests.support.phone import HTMX, a_tick
from tests.support.planning import LATER, TODAY, asked, rows
from tests.support.record import links_in, words_of
from tests.support.twice import twice
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "three_weeks_ago")]

WALKING = "/exercises/toe-walking/"
AT_COUNTER = {"variant": "heel-raises", "from": "standard"}
OLD = date(2026, 11, 19)


def choose(client, exercise="toe-walking", **fields):
    return client.post(f"/exercises/{exercise}/way/", AT_COUNTER | fields)


def variants(user, day=TODAY):
    return {slug: each[-1] for slug, each in asked(user, day).items()}


def plan_for(user, day, exercise="toe-walking", variant=None, **fields):
    """A planned change of an exercise."""
    user = User.objects.get(pk=user.pk)
    held = user.plan.prescription(day, exercise)
    change_plan(user, [held.changed(**fields, variant=held.variant if variant is None else variant)], day, TODAY)


# A tap.


def test_a_tap_changes_the_way_from_today_on_and_nothing_else(alice_client, alice):
    before = asked(alice)
    answer = choose(alice_client)

    assert (answer.status_code, answer["Location"]) == (303, f"{WALKING}?said=variant-chosen:toe-walking,standard")
    assert asked(alice, OLD) == before
    assert asked(alice) == before | {"toe-walking": (*before["toe-walking"][:-1], "heel-raises")}
    shown = words_of(alice_client.get(answer["Location"]))
    assert "Saved. From today you do: Heel raises at the counter. Undo" in shown
    assert "Your way to do it Tap one to change." in shown


def test_the_undo_restores_the_plan_as_it_was(alice_client, alice):
    before = rows(alice)
    page = alice_client.get(choose(alice_client)["Location"]).content.decode()
    undo = dict(re.findall(r'name="(variant|until)" value="([^"]*)"', page.partition('<div class="banner">')[2])[:1])
    answer = alice_client.post("/exercises/toe-walking/way/", undo)

    assert undo == {"variant": "standard"}
    assert rows(alice) == before
    assert "Saved. From today you do: Toe walking." in (told := words_of(alice_client.get(answer["Location"])))
    assert "Toe walking. Undo" not in told


def test_a_second_tap_changes_nothing_and_has_the_same_undo(alice_client, alice):
    ends, _other = twice(alice_client, "/exercises/toe-walking/way/", AT_COUNTER)

    assert {status for status, _address in ends} == {200}
    assert len([row for row in rows(alice) if row[1] == TODAY]) == 1
    assert choose(alice_client)["Location"] == f"{WALKING}?said=variant-chosen:toe-walking,standard"


def test_a_dose_changed_just_before_a_tap_stays(alice_client, alice, before_its_turn):
    """Another phone saved it after this request was read."""
    before_its_turn(lambda: Prescription.objects.filter(exercise__slug="toe-walking").update(reps=4))
    choose(alice_client)

    assert asked(alice)["toe-walking"][1] == 4


def test_an_exercise_that_is_off_stays_off(alice_client, alice):
    change_plan(alice, [alice.plan.prescription(TODAY, "toe-walking").changed(slots=())], TODAY, TODAY)
    choose(alice_client)

    assert asked(alice)["toe-walking"] == ("", 6, 20, 10, 2, "heel-raises")


def test_a_plan_that_has_not_begun_is_changed_from_its_first_day(alice_client, alice):
    plan_since(alice, "2026-11-25")
    choose(alice_client)

    assert [row[1] for row in rows(alice)] == [date(2026, 11, 25)] * 4
    assert variants(alice, date(2026, 11, 25))["toe-walking"] == "heel-raises"
    assert "<h1>Heel raises at the counter</h1>" in alice_client.get(WALKING).content.decode()


# What is planned for later.


def test_a_planned_change_takes_the_way_over_and_keeps_its_dose(alice_client, alice):
    """Or else the old way would come back unasked: on tiptoe again, from Monday on."""
    plan_for(alice, LATER, reps=4)
    answer = choose(alice_client)

    assert asked(alice, LATER)["toe-walking"] == ("morning, evening", 4, 20, 10, 2, "heel-raises")
    assert answer["Location"].endswith(":toe-walking,standard")


def test_a_planned_way_stays_and_the_page_says_so(alice_client, alice):
    plan_for(alice, date(2026, 11, 25), reps=4)
    plan_for(alice, LATER, variant="marching", reps=5)
    plan_for(alice, date(2026, 12, 7), reps=6)
    answer = choose(alice_client)

    days = [TODAY, date(2026, 11, 25), LATER, date(2026, 12, 7)]
    assert [asked(alice, day)["toe-walking"][1] for day in days] == [6, 4, 5, 6]
    assert [variants(alice, day)["toe-walking"] for day in days] == ["heel-raises"] * 2 + ["marching"] * 2
    assert answer["Location"].endswith(":toe-walking,standard,2026-11-30")
    assert "On Monday, 30 November your plan changes to: Marching on your toes." in words_of(alice_client.get(WALKING))


def test_the_undo_leaves_a_planned_way_that_was_the_same(alice_client, alice):
    plan_for(alice, date(2026, 11, 25), reps=4)
    plan_for(alice, LATER, variant="heel-raises", reps=5)
    before = [(day, variants(alice, day)) for day in (TODAY, date(2026, 11, 25), LATER)]
    page = alice_client.get(choose(alice_client)["Location"]).content.decode()
    banner = page.partition('<div class="banner">')[2].partition("</form>")[0]
    undo = dict(re.findall(r'name="(variant|until)" value="([^"]*)"', banner))
    alice_client.post("/exercises/toe-walking/way/", undo)

    assert undo == {"variant": "standard", "until": "2026-11-30"}
    assert [(day, variants(alice, day)) for day in (TODAY, date(2026, 11, 25), LATER)] == before


def test_a_second_tap_leaves_a_planned_way_in_the_undo(alice_client, alice):
    plan_for(alice, LATER, variant="heel-raises", reps=5)
    form = alice_client.get(WALKING).content.decode().partition('<form id="ways"')[2].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(from|until)" value="([^"]*)"', form))
    taps = [choose(alice_client, **hidden)["Location"] for _ in range(2)]

    assert taps == [f"{WALKING}?said=variant-chosen:toe-walking,standard,2026-11-30"] * 2


def test_a_planned_day_that_gets_too_long_refuses_the_tap(alice_client, alice, monkeypatch):
    """To sit for the first exercise means to stand up for the second: one more change of position."""
    plan_for(alice, LATER, "toe-presses", reps=30)
    before, session = rows(alice), User.objects.get(pk=alice.pk).plan.session(LATER, "morning")
    longest = session_seconds([each.step for each in session])
    monkeypatch.setattr("exercises.rules.timeline.MOST_SESSION_SECONDS", longest)
    answer = choose(alice_client, "toe-presses", variant="seated")

    assert answer.status_code == 422
    assert "A session can last at most" in answer.content.decode()
    assert rows(alice) == before


# What cannot be.


@pytest.mark.parametrize("junk", ["", "on-stilts", "seated", "Heel-raises", "a" * 2000, "\u202e"])
def test_an_unknown_way_is_refused_with_a_sentence(alice_client, alice, junk):
    before = rows(alice)
    answers = [choose(alice_client, variant=junk), alice_client.post("/exercises/toe-walking/way/", {})]
    answers.append(alice_client.post("/exercises/toe-walking/way/", {"variant": junk}, headers=HTMX))

    assert {answer.status_code for answer in answers} == {422}
    assert all("We do not know this way to do the exercise." in answer.content.decode() for answer in answers)
    assert rows(alice) == before


def test_a_day_that_does_not_exist_is_refused(alice_client, alice):
    before = rows(alice)
    answer = choose(alice_client, until="Monday")

    assert (answer.status_code, rows(alice)) == (422, before)
    assert "A day must look like 2026-11-20." in answer.content.decode()


def test_an_unknown_way_before_has_no_undo(alice_client):
    for junk in ("on-stilts", "heel-raises", "a,b,c", "2026-11-30", "a" * 100_000):
        shown = words_of(alice_client.get(choose(alice_client, **{"from": junk})["Location"]))

        assert "From today you do: Heel raises at the counter." in shown
        assert "counter. Undo" not in shown


def test_an_unknown_exercise_is_not_found(alice_client):
    assert choose(alice_client, exercise="head-stand").status_code == 404


def test_an_exercise_that_the_plan_lacks_shows_its_ways_as_links(alice_client, alice):
    Prescription.objects.filter(user=alice, exercise__slug="toe-walking").delete()
    shown = alice_client.get(WALKING, {"way": "heel-raises"})
    answer = choose(alice_client)

    assert "<h1>Heel raises at the counter</h1>" in shown.content.decode()
    to_plan = links_in(shown.content.decode())["Add it to your plan"]
    assert to_plan == "/settings/plan/?exercise=toe-walking#plan-toe-walking"
    assert "/session/extra/" not in shown.content.decode()  # the plan has no session of it to start
    assert answer.status_code == 422
    assert "This exercise is not in your plan. Please add it to your plan first." in answer.content.decode()


def test_bobs_tap_changes_his_own_plan_and_a_stranger_logs_in_first(bob_client, alice, bob, stranger):
    before = rows(alice)

    assert choose(bob_client).status_code == 303
    assert (rows(alice), variants(bob)["toe-walking"]) == (before, "heel-raises")
    assert choose(stranger)["Location"] == f"/accounts/login/?next={WALKING}"


def test_a_tap_takes_few_queries_also_in_a_plan_with_many_changes(alice_client, alice):
    def tap(variant):
        with CaptureQueriesContext(connection) as captured:
            choose(alice_client, variant=variant)
        return len(captured)

    few = tap("heel-raises")
    for day in range(1, 25):
        plan_for(alice, date(2026, 12, day), reps=1 + day)

    assert tap("marching") <= few + 2


# What one may look at without a plan.


def test_a_visitor_looks_at_each_way(stranger):
    shown = stranger.get(WALKING, {"way": "heel-raises"}).content.decode()

    assert "<h1>Heel raises at the counter</h1>" in shown
    assert "<form" not in shown.partition("<main")[2].partition("</main>")[0]
    assert links_in(shown)["Heel raises, seated"] == "?way=seated-heel-raises"
    assert 'href="?way=standard"' in shown


@pytest.mark.parametrize("junk", ["", "on-stilts", "seated", "%00", "<b>", "a" * 2000])
def test_a_way_nobody_knows_shows_the_usual_one(stranger, junk):
    assert "<h1>Toe walking</h1>" in stranger.get(WALKING, {"way": junk}).content.decode()


def test_a_user_sees_the_own_way_whatever_the_address_says(alice_client):
    assert "<h1>Toe walking</h1>" in alice_client.get(WALKING, {"way": "heel-raises"}).content.decode()


def test_easier_and_harder_ways_are_taps_in_their_order(alice_client):
    choose(alice_client)
    card = alice_client.get(WALKING).content.decode().partition('id="amount"')[2]
    easier, harder = (card.partition(f"Make it {which}")[2].partition("</ul>")[0] for which in ("easier", "harder"))
    tap = re.compile(r'form="ways" name="variant" value="([\w-]+)"')

    assert (tap.findall(easier), tap.findall(harder)) == (["seated-heel-raises"], ["marching", "standard"])


# Its name in the answer to a tap on a mark of Today.


def test_the_mark_that_answers_a_tap_names_the_way(alice_client):
    choose(alice_client)
    tick = a_tick(exercise="toe-walking")
    marks = [alice_client.post("/sets/", tick, headers=HTMX) for _tap in range(2)]
    marks.append(alice_client.post(f"/sets/{tick['id']}/undo/", {"id": str(uuid4())}, headers=HTMX))

    labels = [re.findall(r'aria-label="([^"]*)"', " ".join(mark.content.decode().split())) for mark in marks]
    assert labels == [[f"Heel raises at the counter, Morning: {state}"] for state in ("done", "done", "not done")]
