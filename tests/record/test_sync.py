"""The batches in which a phone sends what waited: each event counts once, in any order."""

from itertools import permutations
from uuid import uuid4

import pytest

from tests.support.phone import a_set, a_tick, an_undo
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]


def a_session(**fields):
    times = {"started_at": "2026-11-20T07:40:00+00:00", "finished_at": "2026-11-20T07:48:40+00:00"}
    return {"kind": "session", "id": str(uuid4()), "slot": "morning", "timezone": "UTC", **times, **fields}


def test_a_session_that_ends_before_it_starts_is_kept_from_its_end_on(phone):
    """The phone's clock was put back meanwhile, and nobody can mend that."""
    back = a_session(started_at="2026-11-20T07:50:00+00:00", finished_at="2026-11-20T07:42:00+00:00")
    assert [phone.answers(back) for _ in range(2)] == [["created"], ["duplicate"]]

    [kept] = phone.export()["sessions"]
    assert kept["started_at"] == kept["finished_at"] == "2026-11-20T07:42:00Z"


def test_it_says_who_is_logged_in_and_gives_a_token(phone, alice, stranger):
    ours, nobodys = phone.client.get("/sync/"), stranger.get("/sync/")

    assert ours.json()["user"] == alice.pk
    assert nobodys.json()["user"] is None
    assert len(ours.json()["csrf"]) == 64
    assert "no-store" in ours["Cache-Control"]


def test_its_token_opens_the_door(careful_client):
    token = careful_client.get("/sync/").json()["csrf"]
    batch = {"events": [a_set()]}
    without = careful_client.post("/sync/", batch, content_type="application/json")
    with_it = careful_client.post("/sync/", batch, content_type="application/json", headers={"X-CSRFToken": token})

    assert (without.status_code, with_it.status_code) == (403, 200)
    assert "error" in without.json()


def test_a_stranger_gets_401_and_json(stranger):
    answer = stranger.post("/sync/", {"events": [a_set()]}, content_type="application/json")

    assert answer.status_code == 401
    assert "error" in answer.json()


def test_each_event_has_its_own_answer(phone):
    good, bad, again = a_set(), a_set(exercise="head-stand"), a_set()
    phone.send(again)
    answer = phone.send(good, bad, again).json()

    assert answer["results"] == {good["id"]: "created", bad["id"]: "rejected", again["id"]: "duplicate"}
    assert list(answer["errors"]) == [bad["id"]]
    assert len(phone.sets()) == 2


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_set_its_retries_and_its_undo_are_no_set_in_whatever_order(phone, order):
    tick = a_set()
    events = [tick, tick, an_undo(tick["id"]), tick]
    for place in order:
        phone.send(events[place])

    assert phone.sets() == []
    assert len(phone.export()["sets"]) == 1


def test_a_set_first_sent_by_the_page_is_known_when_the_batch_brings_it(phone):
    tick = a_tick(reps=10)
    phone.tap({**tick, "reps": "10"})

    assert phone.answers({"kind": "set", **tick}) == ["duplicate"]


def test_one_id_stands_for_one_event_over_all_kinds(phone):
    tick, session = a_set(), a_session()
    phone.send(tick, session)

    assert phone.answers(an_undo(session["id"], id=tick["id"])) == ["rejected"]
    assert phone.answers(a_set(id=session["id"])) == ["rejected"]
    assert len(phone.sets()) == 1


def test_a_session_is_recorded_with_its_start_and_end(phone):
    session = a_session()

    assert phone.answers(session) == ["created"]
    assert phone.answers(session, session) == ["duplicate"] * 2
    assert phone.export()["sessions"] == [
        {
            "id": session["id"],
            "slot": "morning",
            "day": "2026-11-20",
            "timezone": "UTC",
            "started_at": "2026-11-20T07:40:00Z",
            "finished_at": "2026-11-20T07:48:40Z",
            "undone": False,
        }
    ]


def test_a_session_still_running_has_no_end(phone):
    assert phone.answers(a_session(finished_at=None)) == ["created"]
    assert phone.export()["sessions"][0]["finished_at"] is None


def test_bobs_undo_does_not_reach_alices_set(phone, bobs_phone):
    tick = a_set()
    phone.send(tick)
    bobs_phone.send(an_undo(tick["id"]))

    assert len(phone.sets()) == 1
    assert b"1 of 10 sets done today" in phone.client.get("/").content


def test_weeks_offline_are_no_reason_to_refuse(phone, alice):
    plan_since(alice, "2026-09-01")

    assert phone.answers(a_set(completed_at="2026-09-02T08:00:00+00:00")) == ["created"]
    assert phone.sets()[0]["day"] == "2026-09-02"


def test_a_rejected_event_does_not_change_the_plan_for_the_next_one(phone, alice):
    """The plan begins today; where the phone is that is yesterday still."""
    there = {"timezone": "Pacific/Honolulu"}
    assert phone.answers(a_set(exercise="head-stand", **there), a_set(**there)) == ["rejected", "created"]

    assert phone.sets()[0]["day"] == "2026-11-19"
    assert {str(each.since) for each in alice.prescriptions.all()} == {"2026-11-19"}


def test_fifty_events_at_a_time_and_no_more(phone):
    assert set(phone.answers(*(a_set() for _ in range(50)))) == {"created"}
    assert phone.send(*(a_set() for _ in range(51))).status_code == 422
    assert len(phone.sets()) == 50


def test_a_set_ticked_by_a_mark_is_known_when_the_batch_brings_it(phone):
    tick = a_tick()
    phone.tap({**a_tick(**tick | {"exercise": None, "slot": None}), "mark": "morning/toe-presses"})

    assert phone.answers({"kind": "set", **tick}) == ["duplicate"]


def test_an_id_that_is_no_uuid_is_rejected_alone(phone):
    good, bad = a_set(), a_set(id="1234")

    assert phone.answers(good, bad) == ["created", "rejected"]


def test_a_recorded_event_stays_recorded_whatever_follows_under_its_id(phone):
    tick = a_set()
    answer = phone.send(tick, {**tick, "exercise": "ankle-circles"}).json()

    assert answer["results"] == {tick["id"]: "created"}
    assert list(answer["errors"]) == [tick["id"]]


def test_the_times_of_a_session_are_corrected_like_those_of_a_set(phone):
    times = {"started_at": "2026-11-20T08:40:00+00:00", "finished_at": "2026-11-20T08:48:40+00:00"}
    phone.send(a_session(**times), sent_at="2026-11-20T09:00:00+00:00")

    assert phone.export()["sessions"][0]["started_at"].startswith("2026-11-20T07:40:0")


def test_a_batch_follows_the_phone_into_its_zone(phone, alice):
    phone.client.cookies["tz"] = "Pacific%2FHonolulu"
    phone.send(a_set())

    alice.preferences.refresh_from_db()
    assert alice.preferences.time_zone == "Pacific/Honolulu"
