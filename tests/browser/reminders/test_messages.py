"""A message on a phone: it looks into the outbox first, a tap leads to the session, and what is done takes it off."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from exercises.models import CompletedSet, Slot, State
from exercises.reminders import push
from exercises.reminders.payload import payload_of
from exercises.reminders.sender import Sender
from tests.support.phone import a_set
from tests.support.pocket import READ, WRITE
from tests.support.reminders.messages import a_sent_message, states_of
from tests.support.reminders.worker import Messages
from tests.support.under_way import until

pytestmark = pytest.mark.expects_in_console("net::ERR", "htmx:sendError", "htmx:afterRequest")
NAMES = {
    "toe-presses": "Toe presses",
    "toe-walking": "Toe walking",
    "resisted-plantar-flexion": "Band press",
    "ankle-circles": "Ankle circles",
}


@pytest.fixture
def messages(phone, alice):
    alice.refresh_from_db()
    return Messages(phone, alice)


def put_into_outbox(messages, *exercises, **fields):
    """As if the phone had stored them a moment ago; no page sends them yet."""
    day = str(messages.user.preferences.day(timezone.now()))
    events = [a_set(exercise=exercise, slot="morning", **fields) for exercise in exercises]
    common = {"user": str(messages.user.pk), "day": day, "state": "waiting", "name": ""}
    messages.worker.evaluate(WRITE, [{"id": each["id"], "event": each, **common} for each in events])


def entries(messages):
    return messages.worker.evaluate(READ)


def due(payload):
    return list(payload["notification"]["data"]["reps"])


def asks(shown, slot):
    """How many exercises the message about a slot asks for; none if it is not there."""
    return sum(len(each["data"]["reps"]) for each in shown if each["data"]["slot"] == slot)


def test_a_tap_leads_to_the_session_and_the_server_knows_it_is_gone(messages):
    payload = a_sent_message(messages.device)
    messages.deliver(payload)
    (shown,) = messages.shown_when(bool)
    assert shown["title"] == "Morning session"
    assert [each["title"] for each in shown["actions"]] == ["Done", "In 10 minutes"]
    assert messages.badge() == 10
    messages.deliver(payload)  # the push service sent it twice
    until(messages.rang, lambda rang: rang == [True, False])
    messages.deliver(a_sent_message(messages.device, turn=2))
    until(messages.rang, lambda rang: rang == [True, False, True])
    assert len(messages.shown()) == 1

    messages.tap()
    assert messages.opened() == ["focus /", "/session/morning/"]
    assert messages.shown() == []
    assert states_of(messages.device) == {1: State.CLOSED, 2: State.CLOSED}


def test_what_waits_on_the_phone_counts_as_done(messages):
    messages.page.goto("about:blank")
    payload = a_sent_message(messages.device)
    some, last = due(payload)[:-1], due(payload)[-1]
    put_into_outbox(messages, *some)
    put_into_outbox(messages, last, reps=1)  # stopped after one rep
    messages.deliver(payload)
    (shown,) = messages.shown_when(bool)
    assert list(shown["data"]["reps"]) == [last]
    assert messages.badge() == 10 - len(some)

    put_into_outbox(messages, last)
    messages.deliver(a_sent_message(messages.device, turn=2))
    (shown,) = messages.shown_when(lambda shown: shown[0]["data"]["turn"] == 2)
    assert shown["body"] == "Done already, saved on this phone."
    assert (shown["silent"], shown["actions"]) == (True, [])
    assert messages.rang() == [True, False]


def test_done_is_stored_first_and_once_and_sent_later(messages):
    page, payload = messages.page, a_sent_message(messages.device)
    messages.deliver(payload)
    messages.shown_when(bool)
    page.context.set_offline(True)
    messages.tap("done", times=2)

    assert sorted(each["event"]["exercise"] for each in entries(messages)) == sorted(due(payload))
    assert {each["state"] for each in entries(messages)} == {"waiting"}
    assert messages.shown() == []
    assert messages.badge() == 10 - len(due(payload))
    expect(page.get_by_role("button", name="Toe presses, Morning: done, not sent yet")).to_be_visible()
    page.context.set_offline(False)
    until(CompletedSet.objects.count, lambda count: count == len(due(payload)))
    assert set(CompletedSet.objects.values_list("slot", "source")) == {("morning", "ticked")}


def test_done_reaches_the_server_without_a_page(messages):
    payload = a_sent_message(messages.device)
    messages.page.goto("about:blank")
    messages.deliver(payload)
    messages.shown_when(bool)
    messages.tap("done")

    assert CompletedSet.objects.count() == len(due(payload))
    assert states_of(messages.device) == {1: State.CLOSED}
    messages.deliver(payload)  # and what was sent counts as done until a page has seen it
    (shown,) = messages.shown_when(bool)
    assert shown["body"] == "Done already, saved on this phone."


def test_ten_minutes_later_needs_a_network(messages):
    messages.deliver(a_sent_message(messages.device))
    messages.shown_when(bool)
    messages.page.context.set_offline(True)
    messages.tap("later")
    (shown,) = messages.shown()
    assert shown["body"] == "This needs a network. Please try again when you are online."
    assert len(shown["actions"]) == 2

    messages.page.context.set_offline(False)
    messages.tap("later")
    assert messages.shown() == []
    assert states_of(messages.device) == {1: State.CLOSED, 3: State.WAITING}


def test_a_message_of_yesterday_adds_nothing_to_today(messages):
    yesterday = messages.user.preferences.day(timezone.now()) - timedelta(days=1)
    messages.user.prescriptions.update(since=yesterday)
    messages.deliver(a_sent_message(messages.device, day=yesterday))
    messages.shown_when(bool)
    messages.tap("later")
    (shown,) = messages.shown()
    assert (shown["body"], shown["actions"]) == ("This day is over, so no more reminders come for it.", [])

    messages.deliver(a_sent_message(messages.device, day=yesterday, turn=2))
    messages.shown_when(lambda shown: shown[0]["actions"])
    messages.tap("done")
    assert messages.opened() == ["focus /", f"/progress/{yesterday}/"]
    assert entries(messages) == []


def test_the_last_set_of_a_slot_takes_its_message_off(messages):
    messages.deliver(a_sent_message(messages.device))
    messages.deliver(a_sent_message(messages.device, slot="evening"))
    evening = a_sent_message(messages.device, slot="evening")
    (shown, _) = messages.shown_when(lambda shown: len(shown) == 2)
    for number, exercise in enumerate(shown["data"]["reps"]):
        name = NAMES[exercise]
        messages.page.get_by_role("button", name=f"{name}, Morning: not done").click()
        messages.shown_when(lambda shown, left=3 - number: asks(shown, "morning") == left)

    (left,) = messages.shown_when(lambda shown: len(shown) == 1)
    assert left["data"]["slot"] == "evening"
    assert len(left["data"]["reps"]) == len(due(evening))
    until(lambda: states_of(messages.device), lambda states: states == {1: State.CLOSED})
    assert states_of(messages.device, "evening") == {1: State.SENT}
    messages.swipe_off()
    assert states_of(messages.device, "evening") == {1: State.CLOSED}


def test_a_running_session_is_not_disturbed(messages):
    page = messages.page
    page.evaluate("void navigator.locks.request('footcare:session', () => new Promise((end) => (window.endIt = end)))")
    messages.deliver(a_sent_message(messages.device))
    messages.shown_when(bool)
    messages.tap()

    assert messages.rang() == [False]
    assert messages.opened() == []


def test_what_cannot_be_read_still_shows_something(messages):
    bare = {"notification": {"title": "Footcare", "body": "Open Footcare to see what is next."}}
    for payload in ("no JSON", "{}", '{"notification": 7}', bare):
        messages.deliver(payload)
        (shown,) = messages.shown_when(bool)
        assert (shown["title"], shown["body"]) == ("Footcare", "Open Footcare to see what is next.")
        messages.tap()
    assert messages.opened() == ["focus /"] * 4


@pytest.fixture
def sent(monkeypatch):
    """What the sender hands to the push services, by device. They take everything."""
    payloads = {}

    def post(job, subscription, now):
        payloads[job.delivery.device] = payload_of(job, subscription.origin)
        return 201, ""

    monkeypatch.setattr(push, "_post", post)
    return payloads


def test_two_phones_of_one_person_show_one_message_each(messages, tablet, alice, sent):
    other = Messages(tablet, alice, "https://fcm.googleapis.com/fcm/send/alices-tablet")
    preferences, now = alice.preferences, timezone.now()
    preferences.morning_remind_at = now.astimezone(preferences.zone).time().replace(second=0, microsecond=0)
    preferences.remind_slots = Slot.MORNING
    preferences.save()
    for _ in range(2):
        Sender().once()
    for each in (messages, other):
        each.deliver(sent.pop(str(each.device.uuid)))
        each.shown_when(bool)
    messages.tap("done")
    until(CompletedSet.objects.count, lambda count: count == 4)
    until(lambda: states_of(messages.device), lambda states: states == {1: State.CLOSED})
    Sender().once()
    other.deliver(sent.pop(str(other.device.uuid)))
    (shown,) = other.shown_when(lambda shown: shown[0]["data"]["turn"] == 0)

    assert (shown["body"], shown["actions"]) == ("Done already. Well done.", [])
    assert other.rang() == [True, False]
    assert (messages.shown(), sent) == ([], {})
