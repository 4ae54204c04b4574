"""An undone set is named on the page of its day, and comes back as another set, for an undo is final."""

import re
from uuid import uuid4

import pytest

from tests.support.phone import a_tick
from tests.support.record import shown, targets_in, undo
from tests.support.usual_plan import ALL_EXERCISES, SESSION_SLOTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "long_ago")]

WEDNESDAY = "/progress/2026-11-18/"
AS_DONE = ("exercise", "slot", "day", "completed_at", "timezone", "source", "reps", "session")


@pytest.fixture
def done(phone):
    """A set of Wednesday with the timer, in a session, not all of it, somewhere else."""
    where = {"completed_at": "2026-11-18T06:31:12+00:00", "timezone": "Asia/Kathmandu", "session": str(uuid4())}
    tick = a_tick(source="timed", reps="7", **where)
    phone.tap(tick)
    return tick


def undo_set(client, target):
    """On the page of its day; the next page."""
    return undo(client, target, next=WEDNESDAY, follow=True).content.decode()


def way_back(page):
    """The undo form in the banner: (its address, its targets)."""
    banner = re.search(r'<div class="banner">.*?</div>', page, re.DOTALL)[0]
    (action,) = re.findall(r'action="([^"]+)"', banner)
    return action, targets_in(banner)


def as_done(phone):
    return [{name: each[name] for name in AS_DONE} for each in phone.sets()]


def test_it_is_named_and_comes_back_as_it_was(alice_client, phone, done):
    before = as_done(phone)
    page = undo_set(alice_client, done["id"])
    assert "Toe presses, Morning: undone." in page
    assert phone.sets() == []

    action, targets = way_back(page)
    again = alice_client.post(action, {"target": targets, "next": WEDNESDAY}, follow=True).content.decode()
    assert "Toe presses, Morning: added again." in again
    assert as_done(phone) == before
    assert [each["id"] == done["id"] for each in phone.sets()] == [False]

    action, targets = way_back(again)
    alice_client.post(action, {"target": targets})
    assert phone.sets() == []


def test_another_set_of_its_mark_is_still_there(alice_client, phone, done):
    other = a_tick(completed_at=done["completed_at"], timezone=done["timezone"])
    phone.tap(other)

    assert "Toe presses, Morning: undone. Another set is still there." in undo_set(alice_client, done["id"])
    page = undo_set(alice_client, other["id"])
    assert "Toe presses, Morning: undone." in page
    assert "still there" not in page


def test_it_comes_back_once_however_often_it_is_asked_for(alice_client, phone, done):
    undo_set(alice_client, done["id"])
    for _ in range(2):
        alice_client.post("/undo/back/", {"target": done["id"]})

    assert len(phone.sets()) == 1


def test_only_ones_own_undone_set_comes_back(alice_client, bob_client, phone, done):
    assert alice_client.post("/undo/back/", {"target": done["id"]}).status_code == 404
    undo_set(alice_client, done["id"])

    assert bob_client.post("/undo/back/", {"target": done["id"]}).status_code == 404
    assert alice_client.post("/undo/back/", {"target": str(uuid4())}).status_code == 404
    assert alice_client.post("/undo/back/", {"target": "1"}).status_code == 422
    assert phone.sets() == []


@pytest.mark.parametrize("changed", ["dose", "day"])
def test_what_would_come_back_as_another_set_is_named_only(alice_client, alice, phone, done, changed):
    if changed == "dose":
        alice.prescriptions.update(effort_seconds=9)
    else:
        alice.preferences.__class__.objects.update(day_starts_at=6, time_zone="UTC")
        phone.undo(done["id"])
        done = a_tick(completed_at="2026-11-18T01:00:00+00:00")
        alice.preferences.__class__.objects.update(day_starts_at=0)
        phone.tap(done)
        alice.preferences.__class__.objects.update(day_starts_at=6)
    assert f'data-set="{done["id"]}"' in alice_client.get(WEDNESDAY).content.decode()
    assert "data-restore" not in alice_client.get(WEDNESDAY).content.decode()
    page = undo_set(alice_client, done["id"])

    assert "Toe presses, Morning: undone." in page
    assert "Undo" not in page.partition("undone.")[2].partition("</div>")[0]
    answer = alice_client.post("/undo/back/", {"target": done["id"]})
    assert (answer.status_code, phone.sets()) == (422, [])
    assert "Please add it again on the page for its day." in answer.content.decode()


def test_a_time_that_nobody_gave_is_not_shown(alice_client, phone):
    for fields in (
        {"mark": "evening/toe-presses"},
        {"slot": "extra", "exercise": "toe-presses"},
        {"slot": "extra", "exercise": "toe-presses"},
        {"slot": "extra", "exercise": "toe-presses", "time": "12:30"},
        {"slot": "extra", "exercise": "ankle-circles"},
    ):
        alice_client.post(f"{WEDNESDAY}sets/", fields)
    page = alice_client.get(WEDNESDAY).content.decode()

    assert sorted(re.findall(r'aria-label="([^"]+): done"', page)) == [
        "Extra set: Ankle circles, Extra",
        "Extra set: Toe presses, Extra 1",
        "Extra set: Toe presses, Extra 2",
        "Extra set: Toe presses, Extra, 12:30",
        "Toe presses, Evening",
    ]
    words = shown(alice_client, WEDNESDAY)
    assert re.findall(r"\d\d:\d\d", words) == ["12:30"]
    assert "Toe presses added later" in words


def test_a_set_done_at_the_very_minute_of_its_session_shows_it(alice_client, phone):
    phone.tap(completed_at="2026-11-18T06:00:00+00:00")

    assert "Toe presses 06:00 · ticked off by hand" in shown(alice_client, WEDNESDAY)


def chosen(client, day="2026-11-18"):
    """(exercise, session) that the form for a set at another time begins with."""
    page = client.get(f"/progress/{day}/").content.decode()
    (slot,) = re.findall(r'name="slot" value="([a-z]+)" checked', page)
    return re.findall(r'<option value="([a-z-]+)" selected', page), slot


def test_a_set_at_another_time_is_offered_for_what_is_still_open(alice_client, phone):
    assert chosen(alice_client) == (["toe-presses"], "morning")
    for slot in SESSION_SLOTS:
        for exercise in ALL_EXERCISES:
            phone.tap(exercise=exercise, slot=slot, completed_at="2026-11-18T07:00:00+00:00")
            if (slot, exercise) == ("morning", "ankle-circles"):
                assert chosen(alice_client) == (["toe-presses"], "midday")
            if (slot, exercise) == ("midday", "toe-presses"):
                assert chosen(alice_client) == (["ankle-circles"], "midday")
    assert chosen(alice_client) == (["toe-presses"], "extra")

    alice_client.post("/progress/2026-11-17/rest/", {"reason": "rest"})
    assert chosen(alice_client, "2026-11-17") == (["toe-presses"], "extra")
