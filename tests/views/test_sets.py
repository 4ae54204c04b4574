"""Ticking a set and undoing it: with htmx, without, twice, by Bob, by a stranger."""

from uuid import uuid4

import pytest

from exercises.models import CompletedSet
from tests.support.phone import HTMX, a_tick
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]


def test_a_tick_is_answered_with_its_mark_and_no_more(phone):
    tick = a_tick()
    answer = phone.tap(tick)
    mark = answer.content.decode().strip()

    assert answer.status_code == 200
    assert (mark[:4], mark[-5:], mark.count("<button")) == ("<td>", "</td>", 1)
    assert 'id="mark-morning-toe-presses" type="submit" aria-pressed="true"' in mark
    assert f"/sets/{tick['id']}/undo/" in mark
    assert answer["HX-Retarget"] == "td:has(> #mark-morning-toe-presses)"
    assert len(answer.content) < 1024


def test_an_undo_is_answered_with_the_mark_as_it_is_after_that(phone):
    """Another phone has ticked the same mark."""
    here, there = a_tick(), a_tick()
    phone.tap(there)
    phone.tap(here)
    answer = phone.undo(here["id"]).content.decode()

    assert f'data-sets-of-mark="{there["id"]} morning 10/10"' in answer
    assert 'aria-pressed="true"' in answer
    assert 'data-sets-of-mark=""' in phone.undo(there["id"]).content.decode()


def test_the_same_tick_again_tells_the_mark_as_it_now_stands(phone):
    tick = a_tick()
    phone.tap(tick)
    phone.undo(tick["id"])
    again = phone.tap(tick).content.decode()

    assert 'data-sets-of-mark=""' in again
    assert 'aria-pressed="false"' in again


def test_an_extra_set_has_no_mark_to_answer_with(phone):
    tick = a_tick(slot="extra")
    answers = [phone.tap(tick), phone.tap(tick), phone.undo(tick["id"])]

    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 3


def test_a_set_that_the_plan_no_longer_has_is_stored_and_swaps_nothing(phone, alice):
    tick = a_tick(slot="extra", session=str(uuid4()))
    alice.prescriptions.filter(exercise__slug="toe-presses").delete()
    answer = phone.tap(tick)

    assert (answer.status_code, answer.content, answer["X-Event"]) == (204, b"", tick["id"])
    assert [each["id"] for each in phone.sets()] == [tick["id"]]


def test_a_tick_without_htmx_leads_back_to_today(alice_client):
    tick = a_tick()
    answer = alice_client.post("/sets/", tick, follow=True)

    assert answer.redirect_chain == [(f"/?said=set-added:{tick['id']}", 303)]
    assert b"1 of 10 sets done today" in answer.content


def test_a_tick_without_htmx_leads_to_the_page_it_names_when_that_is_ours(alice_client):
    ours = alice_client.post("/sets/", a_tick(next="/session/morning/"))
    foreign = alice_client.post("/sets/", a_tick(next="//example.com/"))

    assert ours["Location"].startswith("/session/morning/?said=")
    assert foreign["Location"].startswith("/?said=")


def test_without_javascript_the_server_makes_id_time_and_zone(phone):
    phone.client.post("/sets/", {"mark": "morning/toe-presses"})

    (only,) = phone.sets()
    assert (only["exercise"], only["slot"], only["day"]) == ("toe-presses", "morning", "2026-11-20")
    assert (only["source"], only["reps"], only["timezone"]) == ("ticked", 10, "UTC")


def test_the_same_tick_three_times_is_one_set(phone):
    tick = a_tick()
    for _ in range(3):
        assert phone.tap(tick).status_code == 200

    assert len(phone.sets()) == 1


def test_the_same_id_with_another_payload_is_rejected(phone):
    tick = a_tick()
    phone.tap(tick)
    answer = phone.tap({**tick, "exercise": "ankle-circles"})

    assert answer.status_code == 422
    assert [each["exercise"] for each in phone.sets()] == ["toe-presses"]


def test_a_retry_may_come_with_another_sent_at_and_with_reps_as_text(phone):
    tick = a_tick(reps=10, sent_at="2026-11-20T08:00:01+00:00")
    phone.tap(tick)

    assert phone.tap({**tick, "reps": "10", "sent_at": "2026-11-20T08:03:00+00:00"}).status_code == 200
    assert len(phone.sets()) == 1


def test_two_users_with_the_same_id_have_a_set_each(phone, bobs_phone):
    tick = a_tick()
    phone.tap(tick)
    bobs_phone.tap({**tick, "exercise": "ankle-circles"})

    assert [each["exercise"] for each in phone.sets()] == ["toe-presses"]
    assert [each["exercise"] for each in bobs_phone.sets()] == ["ankle-circles"]


def test_a_tick_without_a_slot_takes_the_first_open_one_then_is_extra(phone):
    for _ in range(4):
        phone.tap(slot=None)

    assert [each["slot"] for each in phone.sets()] == ["morning", "midday", "evening", "extra"]


def test_a_set_in_a_session_is_answered_with_the_session(phone):
    answer = phone.tap(session=str(uuid4()), source="timed")

    assert b'id="steps"' in answer.content
    assert b'id="today"' not in answer.content


def test_taking_a_set_back_empties_its_mark(phone):
    tick = a_tick()
    phone.tap(tick)
    answer = phone.undo(tick["id"])

    assert b'aria-pressed="false"' in answer.content
    assert phone.sets() == []


def test_taking_back_works_without_htmx_too(alice_client, phone):
    tick = a_tick()
    phone.tap(tick)
    answer = alice_client.post(f"/sets/{tick['id']}/undo/")

    assert answer["Location"] == f"/?said=set-undone:{tick['id']}"
    assert phone.sets() == []


def test_an_undone_set_stays_undone_when_its_tick_is_sent_again(phone):
    tick = a_tick()
    phone.tap(tick)
    phone.undo(tick["id"])
    phone.tap(tick)

    assert phone.sets() == []


def test_after_an_undo_the_set_can_be_ticked_again(phone):
    tick = a_tick()
    phone.tap(tick)
    phone.undo(tick["id"])
    phone.tap()

    assert len(phone.sets()) == 1


def test_bobs_set_is_to_alice_what_a_random_id_is(phone, bobs_phone):
    tick = a_tick()
    bobs_phone.tap(tick)
    his, random = phone.undo(tick["id"]), phone.undo(uuid4())

    assert (his.status_code, his.content) == (random.status_code, random.content)
    assert his.status_code == 404
    assert len(bobs_phone.sets()) == 1


def test_a_stranger_is_sent_to_the_log_in(stranger):
    page = stranger.post("/sets/", a_tick())
    fragment = stranger.post("/sets/", a_tick(), headers=HTMX)

    assert page.status_code == 302
    assert page["Location"].startswith("/accounts/login/")
    assert fragment.status_code == 401
    assert fragment["HX-Redirect"].startswith("/accounts/login/")
    assert not CompletedSet.objects.exists()


def test_a_second_set_in_a_mark_is_extra_and_never_counted(phone):
    phone.tap()
    phone.tap()
    page = phone.client.get("/").content.decode()

    assert "1 of 10 sets done today" in page
    assert "Toe presses, extra sets: 1." in page


def test_a_set_stopped_early_fills_a_part_of_its_mark(phone):
    answer = phone.tap(reps=5)

    assert b"50%" in answer.content
    assert b"0.5 of 10 sets done today" in phone.client.get("/").content


def test_half_past_midnight_is_the_day_before_when_days_start_at_three(alice, phone):
    alice.preferences.day_starts_at = 3
    alice.preferences.save()
    plan_since(alice, "2026-11-01")
    phone.tap(completed_at="2026-11-20T00:30:00+01:00", timezone="Europe/Berlin")

    assert [each["day"] for each in phone.sets()] == ["2026-11-19"]


def test_a_travellers_set_lies_on_the_day_of_the_phone(phone):
    phone.tap(timezone="Asia/Tokyo", completed_at="2026-11-20T07:00:00+00:00")
    phone.tap(timezone="Pacific/Kiritimati", completed_at="2026-11-20T08:00:00+00:00")

    assert [(each["timezone"], each["day"]) for each in phone.sets()] == [
        ("Asia/Tokyo", "2026-11-20"),
        ("Pacific/Kiritimati", "2026-11-20"),
    ]


def test_a_plan_begun_today_has_begun_west_of_there_too(phone, alice):
    """8:00 UTC on the 20th, the plan's first day, still is the evening of the 19th in Honolulu."""
    assert phone.tap(timezone="Pacific/Honolulu").status_code == 200

    assert [each["day"] for each in phone.sets()] == ["2026-11-19"]
    assert {each["since"] for each in phone.export()["prescriptions"]} == {"2026-11-19"}


def test_a_phone_an_hour_fast_is_corrected_by_what_it_says_of_its_clock(phone):
    answer = phone.tap(completed_at="2026-11-20T08:59:30+00:00", sent_at="2026-11-20T09:00:00+00:00")

    assert answer.status_code == 200
    assert phone.sets()[0]["completed_at"].startswith("2026-11-20T07:59:3")


def test_a_small_difference_of_the_clocks_is_left_alone(phone):
    phone.tap(completed_at="2026-11-20T08:03:00+00:00", sent_at="2026-11-20T08:03:00+00:00")

    assert phone.sets()[0]["completed_at"] == "2026-11-20T08:03:00Z"


def test_a_set_records_the_dose_of_its_day(phone, alice):
    phone.tap(exercise="resisted-plantar-flexion")
    alice.prescriptions.update(reps=3)

    assert phone.sets()[0]["dose"] == {"reps": 30, "effort_seconds": 5, "pause_seconds": 2, "variant": ""}


def test_a_slot_filled_in_part_is_still_open(phone):
    phone.tap(reps=5)
    phone.tap(slot=None)

    assert [each["slot"] for each in phone.sets()] == ["morning", "morning"]


def test_of_two_sets_in_a_mark_the_fuller_one_counts(phone):
    phone.tap(reps=9)
    answer = phone.tap(reps=4)

    assert b"90%" in answer.content
    assert b"0.9 of 10 sets done today" in phone.client.get("/").content


def test_what_is_nearly_done_is_not_called_done(phone):
    answer = phone.tap(exercise="resisted-plantar-flexion", reps=29)

    assert b"96%" in answer.content
    assert b"0.9 of 10 sets done today" in phone.client.get("/").content


def test_an_answer_names_the_event_it_took_and_a_refusal_names_none(phone, alice_client):
    tick = a_tick()
    undo = str(uuid4())

    assert phone.tap(tick)["X-Event"] == tick["id"]
    assert phone.tap(tick)["X-Event"] == tick["id"]
    assert phone.undo(tick["id"], id=undo)["X-Event"] == undo
    assert "X-Event" not in phone.tap(a_tick(exercise="head-stand"))
