"""The page of a day: its marks, its sets, and their undo."""

import re

import pytest

from tests.support.day_facts import pain
from tests.support.phone import a_tick
from tests.support.record import shown, targets_in, words_of
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]


@pytest.mark.usefixtures("long_ago")
def test_a_day_lists_its_sets_in_the_time_of_the_place_they_were_done_in(alice_client, phone):
    phone.tap(completed_at="2026-11-18T06:30:00+00:00", timezone="Asia/Kathmandu", source="timed")
    phone.tap(completed_at="2026-11-18T08:00:00+00:00", timezone="Asia/Kathmandu", reps="3", slot="midday")
    page = shown(alice_client, "/progress/2026-11-18/")

    assert "Wednesday, 18 November 2026" in page
    assert "1.3 of 10 Tap" in page
    assert "Morning 1 of 4 Toe presses 12:15 · with the timer Toe walking Not done" in page
    assert "Midday 0.3 of 2 30% Toe presses 13:45 · ticked off by hand · 3 of 10 reps Undo" in page


@pytest.mark.usefixtures("long_ago")
def test_without_javascript_an_undo_shows_the_day_again(alice_client, phone):
    tick = a_tick(completed_at="2026-11-18T06:30:00+00:00")
    phone.tap(tick)
    phone.tap(completed_at="2026-11-17T06:30:00+00:00")
    day = alice_client.get("/progress/2026-11-18/").content.decode()
    assert f'name="target" value="{tick["id"]}"' in day

    fields = {"target": tick["id"], "next": "/progress/2026-11-18/"}
    answer = alice_client.post("/undo/", fields, follow=True)

    assert answer.redirect_chain == [(f"/progress/2026-11-18/?said=set-undone:{tick['id']}", 303)]
    assert "No sets on this day. That is fine." in answer.content.decode()
    assert "1 of 40 sets" in shown(alice_client)


@pytest.mark.usefixtures("long_ago")
def test_every_set_is_there_once_a_further_one_in_its_session_or_as_extra(alice_client, phone):
    phone.tap(completed_at="2026-11-18T06:30:00+00:00", reps=4)
    phone.tap(completed_at="2026-11-18T06:40:00+00:00")
    phone.tap(slot="extra", completed_at="2026-11-18T07:30:00+00:00")
    phone.tap(slot="midday", exercise="toe-walking", completed_at="2026-11-18T12:30:00+00:00")
    html = alice_client.get("/progress/2026-11-18/").content.decode()
    page = words_of(html)

    assert "Morning 1 of 4 Toe presses 06:40 · ticked off by hand Toe walking Not done" in page
    assert "Toe presses 06:30 · ticked off by hand · 4 of 10 reps · extra Midday" in page
    assert "Ankle circles Not done Toe walking 12:30 · ticked off by hand · extra Evening" in page
    assert "Extra Toe presses 07:30 · ticked off by hand Add a set" in page
    assert sorted(re.findall(r'data-set="([^"]+)"', html)) == sorted(each["id"] for each in phone.sets())
    assert sorted(targets_in(html)) == sorted(each["id"] for each in phone.sets())


@pytest.mark.usefixtures("long_ago")
def test_the_pain_of_a_day_is_shown_on_its_page(alice_client, alice, phone):
    alice.preferences.pain_sites = "low-back"
    alice.preferences.save()
    phone.send(pain(day="2026-11-18", score=4), pain(day="2026-11-18", score=6, said_at="2026-11-20T08:00:00+00:00"))

    assert "Pain on this day Low back 6 of 10" in shown(alice_client, "/progress/2026-11-18/")
    assert "Pain on this day" not in shown(alice_client, "/progress/2026-11-17/")


def test_the_running_day_is_in_progress_and_leads_to_today(alice_client):
    page = shown(alice_client, "/progress/2026-11-20/")

    assert "In progress 0 of 10" in page
    assert "Toe presses Still to do" in page
    assert "Go to Today" in page


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-11-21", "This day is still to come."),
        ("9999-12-31", "This day is still to come."),
        ("2026-11-19", "This day is before the first day of your plan."),
        ("0001-01-01", "This day is before the first day of your plan."),
        ("2026-02-30", "A day must look like 2026-11-20."),
        ("20261120", "A day must look like 2026-11-20."),
        ("2026-W47-5", "A day must look like 2026-11-20."),
        ("yesterday", "A day must look like 2026-11-20."),
        ("9" * 4000, "A day must look like 2026-11-20."),
    ],
)
def test_another_day_is_404_with_a_reason(alice_client, day, sentence):
    answer = alice_client.get(f"/progress/{day}/")

    assert answer.status_code == 404
    assert sentence in answer.content.decode()


@pytest.mark.usefixtures("long_ago")
def test_a_set_keeps_the_name_of_the_way_it_was_done_in(alice_client, alice, phone):
    phone.tap(exercise="toe-walking", completed_at="2026-11-18T06:30:00+00:00")
    alice.prescriptions.filter(exercise__slug="toe-walking").update(variant="heel-raises")
    page = words_of(alice_client.get("/progress/2026-11-18/"))

    assert "Toe walking 06:30 · ticked off by hand" in page
    assert "Heel raises at the counter Not done" in page


def test_days_are_linked_from_today_and_from_the_week(alice_client, alice, phone):
    plan_since(alice, "2026-11-18")
    phone.tap()

    for path in ("/", "/progress/"):
        linked = set(re.findall(r'href="/progress/(\d{4}-\d\d-\d\d)/"', alice_client.get(path).content.decode()))
        assert linked == {"2026-11-18", "2026-11-19", "2026-11-20"}, path
    assert 'href="/progress/"' in alice_client.get("/").content.decode()


@pytest.mark.parametrize(
    ("day", "neighbours"),
    [
        pytest.param("2026-11-18", ["2026-11-19"], id="the first day of the plan"),
        pytest.param("2026-11-19", ["2026-11-18", "2026-11-20"], id="a day between"),
        pytest.param("2026-11-20", ["2026-11-19"], id="today"),
        pytest.param("2026-11-21", ["2026-11-20"], id="tomorrow, where it is today further east"),
    ],
)
def test_a_day_knows_its_week_and_its_neighbours(alice_client, alice, phone, friday_morning, day, neighbours):
    plan_since(alice, "2026-11-18")
    friday_morning.shift(12 * 3600)
    phone.tap(timezone="Pacific/Auckland")
    page = alice_client.get(f"/progress/{day}/").content.decode()

    assert 'href="/progress/?week=2026-W47"' in page
    assert re.findall(r'href="/progress/(\d{4}-\d\d-\d\d)/"', page) == neighbours
