"""Correcting past days by plain forms: a later set, rest days, a note, each with its undo."""

import re

import pytest

from exercises.models import CompletedSet, RestDay
from tests.support.phone import a_tick
from tests.support.record import shown, targets_in, undo, whole_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "long_ago")]

WEDNESDAY = "/progress/2026-11-18/"


@pytest.fixture
def correct(alice_client):
    """Sends a form of Wednesday's page, and follows."""

    def correct(act, **fields):
        return alice_client.post(f"{WEDNESDAY}{act}/", {"next": WEDNESDAY, **fields}, follow=True)

    return correct


def undo_shown(client, answer):
    """Taps the Undo that the page offers."""
    told = re.search(r'<div class="banner">.*?</div>', answer.content.decode(), re.DOTALL)[0]
    undone = undo(client, *targets_in(told), next=WEDNESDAY, follow=True)
    assert "Undone." in undone.content.decode()


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"mark": "evening/toe-presses"}, "17:00"),
        ({"slot": "morning", "exercise": "toe-presses"}, "06:00"),
        ({"slot": "extra", "exercise": "ankle-circles"}, "12:00"),
        ({"slot": "midday", "exercise": "toe-presses", "time": "14:45"}, "14:45"),
    ],
)
def test_a_set_is_added_at_the_time_given_or_at_that_of_its_session(correct, phone, fields, at):
    answer = correct("sets", **fields)

    (kept,) = phone.sets()
    assert answer.redirect_chain == [(f"{WEDNESDAY}?said=set-added:{kept['id']}", 303)]
    assert "Set added." in answer.content.decode()
    assert (kept["day"], kept["source"]) == ("2026-11-18", "backdated")
    assert kept["completed_at"] == f"2026-11-18T{at}:00Z"


def test_the_time_is_that_on_the_wall_where_the_user_is(correct, phone, alice_client, alice):
    alice_client.cookies["tz"] = "Asia%2FTokyo"
    alice.preferences.__class__.objects.update(day_starts_at=3)
    correct("sets", slot="evening", exercise="toe-presses", time="01:30")

    (kept,) = phone.sets()
    assert (kept["day"], kept["completed_at"], kept["timezone"]) == (
        "2026-11-18",
        "2026-11-18T16:30:00Z",
        "Asia/Tokyo",
    )


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("path", "fields", "why"),
    [
        ("/progress/2026-11-21/sets/", {"mark": "morning/toe-presses"}, "This time is in the future."),
        ("/progress/2026-11-20/sets/", {"mark": "evening/toe-presses"}, "This time is in the future."),
        ("/progress/2026-09-01/sets/", {"mark": "morning/toe-presses"}, "You can move that day back in Settings."),
        ("/progress/9999-12-31/sets/", {"mark": "morning/toe-presses"}, "This time is in the future."),
        (f"{WEDNESDAY}sets/", {"mark": "morning/toe-presses", "time": "24:00"}, "Please enter a time like 07:30."),
        (f"{WEDNESDAY}sets/", {"mark": "night/toe-presses"}, "The session must be"),
        (
            f"{WEDNESDAY}rest/",
            {"reason": "rest", "from": "2026-11-01", "until": "2026-12-02"},
            "Please choose at most 31 days at a time.",
        ),
        (
            f"{WEDNESDAY}rest/",
            {"reason": "rest", "span": "2026-11-20/2027-12-20"},
            "Please choose at most 31 days at a time.",
        ),
        (f"{WEDNESDAY}rest/", {"reason": "rest", "span": "2028-11-20/2028-11-21"}, "This day is too far ahead."),
        # Its first day could be kept: all or nothing.
        (f"{WEDNESDAY}rest/", {"reason": "rest", "span": "2027-11-20/2027-11-22"}, "This day is too far ahead."),
        (f"{WEDNESDAY}rest/", {"reason": "rest", "span": "2026-08-31/2026-09-06"}, "You can move that day back"),
        (f"{WEDNESDAY}rest/", {"reason": "lazy"}, "The reason must be rest, sick or away."),
        (f"{WEDNESDAY}note/", {"text": "x" * 501}, "A note can have at most 500 characters."),
        (f"{WEDNESDAY}note/", {}, "A note must be text."),
    ],
)
def test_a_wrong_form_is_refused_with_a_sentence_and_records_nothing(alice_client, phone, path, fields, why):
    before = phone.export()
    answer = alice_client.post(path, fields)

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert phone.export() == before


def test_a_week_is_one_act_and_one_undo(correct, alice_client, phone):
    whole_day(phone, "2026-11-16")
    before = shown(alice_client)
    answer = correct("rest", reason="away", span="2026-11-16/2026-11-22")

    assert [each.day.day for each in RestDay.objects.order_by("day")] == [16, 17, 18, 19, 20, 21, 22]
    assert "Rest day: away" in answer.content.decode()
    assert "rest day: away" in shown(alice_client)
    assert "12 extra sets" in shown(alice_client)
    undo_shown(alice_client, answer)
    assert shown(alice_client) == before


def test_a_day_marked_twice_is_a_rest_day_until_it_is_said_to_be_none(correct):
    correct("rest", reason="rest")
    correct("rest", reason="sick")
    assert "Rest day: not well" in correct("note", text="").content.decode()

    assert "Rest day: not well" not in correct("rest", reason="sick", on="false").content.decode()


def test_days_ahead_are_listed_in_a_row_on_the_page_of_today(correct, alice_client):
    correct("rest", reason="away", **{"from": "2027-01-02", "until": "2026-12-24"})
    page = shown(alice_client, "/progress/2026-11-20/")
    assert "Thu, 24 Dec to Sat, 2 Jan Rest day: away" in page

    correct("rest", reason="away", on="false", span="2026-12-24/2027-01-02")
    assert "24 Dec" not in shown(alice_client, "/progress/2026-11-20/")


def test_today_can_be_for_rest_and_says_so_kindly(alice_client, phone):
    assert "Rest today?" in shown(alice_client, "/")
    phone.tap()
    alice_client.post("/rest/", {"reason": "sick", "next": "/"})
    page = alice_client.get("/").content.decode()

    assert "Rest day: not well Nothing to do today. Get well soon." in shown(alice_client, "/")
    assert '<details class="more today-rest" hidden>' in page
    assert ', to do now"' not in page
    alice_client.post("/rest/", {"on": "false", "next": "/"})
    assert "Next: morning" in shown(alice_client, "/")


def test_a_note_is_saved_changed_and_removed(correct, alice_client):
    assert ">Long walk.</textarea>" in correct("note", text="Long walk.").content.decode()
    changed = correct("note", text="Sat for\r\nthe circles.")
    assert ">Sat for\nthe circles.</textarea>" in changed.content.decode()
    undo_shown(alice_client, changed)
    assert ">Long walk.</textarea>" in alice_client.get(WEDNESDAY).content.decode()

    removed = correct("note", text=" \r\n")
    assert "Note removed." in removed.content.decode()
    assert "></textarea>" in removed.content.decode()


def test_only_ones_own_existing_fact_is_undone(phone, bob_client, bobs_phone, alice_client):
    tick, bobs = a_tick(), a_tick()
    phone.tap(tick)
    bobs_phone.tap(bobs)

    assert bob_client.post("/undo/", {"target": tick["id"]}).status_code == 404
    assert alice_client.post("/undo/", {"target": [tick["id"], bobs["id"]]}).status_code == 404
    assert alice_client.post("/undo/").status_code == 404
    assert alice_client.post("/undo/", {"target": [tick["id"], "1"]}).status_code == 422
    assert len(phone.sets()) == 1


def test_a_day_of_the_past_has_a_mark_to_tap_and_today_has_its_own_page(alice_client, phone):
    phone.tap(completed_at="2026-11-18T07:00:00+00:00")
    wednesday, today = (alice_client.get(f"/progress/2026-11-{day}/").content.decode() for day in (18, 20))

    assert wednesday.count('name="mark"') == 9
    assert "Toe presses, Morning: done" in wednesday
    assert 'name="mark"' not in today


def test_the_first_day_moves_back_and_sets_before_it_are_taken(correct, alice_client, alice):
    alice.prescriptions.filter(exercise__slug="toe-walking").update(since="2026-11-10")
    before = alice_client.post("/progress/2026-08-20/sets/", {"mark": "morning/toe-presses"})
    assert before.status_code == 422

    moved = alice_client.post("/settings/beginning/", {"first_day": "2026-08-20"})
    alice_client.post("/progress/2026-08-20/sets/", {"mark": "morning/toe-presses"})
    assert moved.status_code == 303
    assert "1 of 8 " in shown(alice_client, "/progress/2026-08-20/")
    assert sorted({str(each.since) for each in alice.prescriptions.all()}) == ["2026-08-20", "2026-11-10"]
    assert CompletedSet.objects.get().dose_reps == 10


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-09-03", "You can only move the first day back."),
        ("2025-08-31", "You can move it back by up to a year at a time."),
        ("0001-01-01", "You can move it back by up to a year at a time."),
        ("01/09/2026", "Please enter a day like 2026-11-20."),
        ("", "Please enter a day like 2026-11-20."),
    ],
)
def test_the_first_day_moves_nowhere_else(alice_client, alice, day, why):
    answer = alice_client.post("/settings/beginning/", {"first_day": day})

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert {str(each.since) for each in alice.prescriptions.all()} == {"2026-09-02"}


def test_the_first_days_page_leads_to_where_it_is_moved(alice_client):
    assert 'href="/settings/#id_first_day"' in alice_client.get("/progress/2026-09-02/").content.decode()
    assert 'id="id_first_day"' in alice_client.get("/settings/").content.decode()
    assert "Did you start earlier?" not in shown(alice_client, "/progress/2026-09-03/")
    assert "You can move that day back in Settings." in alice_client.get("/progress/2026-09-01/").content.decode()


@pytest.mark.parametrize("on", ["true", "false"])
def test_a_blank_span_means_the_day_itself(alice_client, on):
    answer = alice_client.post(f"{WEDNESDAY}rest/", {"span": " ", "on": on, "reason": "rest"})

    assert answer.status_code == 303
