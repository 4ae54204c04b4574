"""The sentence that says when the next reminder comes is true: it agrees with the rule by which one is sent."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.models import SESSION_SLOTS, Plan, Preferences, Slot, State
from exercises.pages.reminders import Made, Reminders, offers_reminders, proposed_time, slot_hint, state_text
from exercises.rules.reminders import due_at
from tests.support.boards import board_of, prescribed

FRIDAY = date(2026, 11, 20)
TWO = {"remind_slots": "morning evening", "morning_remind_at": time(7, 30), "evening_remind_at": time(19, 30)}
DONE = [{"id": 1, "exercise": "toe-presses", "slot": "morning", "reps": 10, "dose": 10}]
ZONES = ("Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Asia/Kolkata")
MINUTE = timedelta(minutes=1)


def reminders(now, sets=(), excused=None, made=(), any_way=True, sender_works=True, slots=SESSION_SLOTS, **choices):
    """Of somebody who does toe presses in these sessions. `now` is an instant, or a clock time of Friday in UTC."""
    now = datetime.combine(FRIDAY, time.fromisoformat(now), UTC) if isinstance(now, str) else now
    preferences = Preferences(**{"time_zone": "UTC", **choices})
    plan = Plan((prescribed("toe-presses", slots),))
    board = board_of(plan, preferences.day(now), "morning", sets, excused, preferences)
    return Reminders(replace(board, served=int(now.timestamp() * 1000)), made, any_way, sender_works)


def sent(slot, turn=1, state=State.SENT, at="07:30"):
    return Made(FRIDAY, slot, turn, state, datetime.combine(FRIDAY, time.fromisoformat(at), UTC))


NEXT = [
    ("before the first", "06:00", {}, "Next: morning session, today at 07:30."),
    ("in its window, not sent yet", "07:40", {}, "Next: morning session, in a moment."),
    ("it was sent", "07:40", {"made": [sent("morning")]}, "Next: evening session, today at 19:30."),
    ("its window is over", "09:00", {}, "Next: evening session, today at 19:30."),
    ("the session is done", "06:00", {"sets": DONE}, "Next: evening session, today at 19:30."),
    ("both are over", "21:30", {}, "Next: morning session, tomorrow at 07:30."),
    ("a rest day", "06:00", {"excused": {FRIDAY: "rest"}}, "Next: morning session, tomorrow at 07:30."),
    (
        "three rest days",
        "06:00",
        {"excused": {FRIDAY + timedelta(days=n): "away" for n in range(3)}},
        "Next: morning session, Monday at 07:30.",
    ),
    (
        "a week of rest",
        "06:00",
        {"excused": {FRIDAY + timedelta(days=n): "away" for n in range(7)}},
        "No reminder comes in the next seven days.",
    ),
    ("nothing is planned then", "06:00", {"slots": ["midday"]}, "No reminder comes in the next seven days."),
    (
        "a second one is wished",
        "07:40",
        {"made": [sent("morning")], "remind_again": True},
        "Next: morning session, today at 08:00.",
    ),
    (
        "the second one was sent",
        "08:10",
        {"made": [sent("morning"), sent("morning", 2)], "remind_again": True},
        "Next: evening session, today at 19:30.",
    ),
    (
        "the first one came late",
        "07:50",
        {"made": [sent("morning", at="07:45")], "remind_again": True},
        "Next: morning session, today at 08:15.",
    ),
    (
        "the first one did not come",
        "07:40",
        {"made": [sent("morning", state=State.FAILED)], "remind_again": True},
        "Next: evening session, today at 19:30.",
    ),
    (
        "in 10 minutes came instead of the second one",
        "07:55",
        {"made": [sent("morning"), sent("morning", 3, at="07:50")], "remind_again": True},
        "Next: evening session, today at 19:30.",
    ),
    (
        "in 10 minutes was asked for",
        "07:40",
        {"made": [sent("morning"), sent("morning", 3, State.WAITING, "07:50")]},
        "Next: morning session, today at 07:50.",
    ),
    (
        "quiet hours end in its window",
        "06:00",
        {"quiet_from": time(22), "quiet_until": time(8, 15)},
        "Next: morning session, today at 08:15.",
    ),
    (
        "quiet hours cover its window",
        "06:00",
        {"quiet_from": time(22), "quiet_until": time(9)},
        "Next: evening session, today at 19:30.",
    ),
    ("no way", "06:00", {"any_way": False}, "Nothing comes yet. Choose below how reminders reach you."),
    (
        "no sender",
        "06:00",
        {"sender_works": False},
        "Nothing comes now: this server sends no reminders. Please tell the person who runs it.",
    ),
    ("no session", "06:00", {"remind_slots": ""}, "You get no reminders yet. Choose a session below."),
]


@pytest.mark.parametrize(("why", "now", "given", "says"), NEXT, ids=[why for why, *_ in NEXT])
def test_the_page_says_what_comes_next(why, now, given, says):
    assert reminders(now, **{**TWO, **given}).next_text == says


@settings(max_examples=25)
@given(
    now=st.datetimes(datetime(2026, 3, 25), datetime(2026, 11, 5)),
    zone=st.sampled_from(ZONES),
    at=st.tuples(*[st.times()] * 3),
    quiet=st.none() | st.tuples(st.times(), st.times()),
    day_starts_at=st.integers(0, 6),
)
def test_it_comes_at_the_first_minute_at_which_one_is_due(now, zone, at, quiet, day_starts_at):
    """Looked for minute by minute, by the rule of the sender."""
    now = now.replace(second=0, microsecond=0, tzinfo=UTC)
    to_the_minute = [each.replace(second=0, microsecond=0) for each in at]
    times = {f"{slot}_remind_at": each for slot, each in zip(SESSION_SLOTS, to_the_minute, strict=True)}
    hours = dict(zip(("quiet_from", "quiet_until"), quiet, strict=True)) if quiet else {}
    slots = {"remind_slots": "morning midday evening", "time_zone": zone, "day_starts_at": day_starts_at}
    of = reminders(now, **slots, **times, **hours)

    minutes = (now + n * MINUTE for n in range(30 * 60))
    asked = (to_the_minute, ZoneInfo(zone), day_starts_at, of.preferences.quiet)
    first = next((minute for minute in minutes if is_due(minute, *asked)), None)
    assert (of.next and of.next.at.replace(second=0, microsecond=0)) == first or (first is None and later(of, now))


def is_due(now, times, zone, day_starts_at, quiet):
    return any(due_at(now, at, zone, day_starts_at, quiet) for at in times)


def later(of, now):
    return of.next is None or of.next.at >= now + timedelta(hours=30)


def test_a_reminder_that_quiet_hours_silence_says_so_on_its_line():
    quiet = {"quiet_from": time(19), "quiet_until": time(21)}
    preferences = Preferences(**TWO, **quiet)

    assert slot_hint(preferences, Slot.EVENING) == "It never comes, because it lies in your quiet hours."
    assert slot_hint(preferences, Slot.MORNING) == "Session from 06:00"
    preferences.quiet_until = time(20, 59)
    assert slot_hint(preferences, Slot.EVENING) == "Because of your quiet hours, it comes at 20:59."
    preferences.quiet_until = time(19, 30)
    assert slot_hint(preferences, Slot.EVENING) == "Session from 17:00"


def test_the_row_of_the_settings_says_what_is_chosen():
    assert state_text(Preferences(**TWO), any_way=True) == "Morning 07:30, Evening 19:30"
    assert state_text(Preferences(**TWO), any_way=False) == "Morning 07:30, Evening 19:30, but nothing comes yet"
    assert state_text(Preferences(), any_way=False) == "Off"


def test_a_usual_time_is_proposed_where_it_lies_in_the_session():
    early = Preferences(morning_at=time(4), midday_at=time(7), evening_at=time(12))

    assert [proposed_time(Preferences(), slot) for slot in SESSION_SLOTS] == [time(7, 30), time(12, 30), time(19, 30)]
    assert [proposed_time(early, slot) for slot in SESSION_SLOTS] == [time(4), time(7), time(19, 30)]


OFFER = [(1, False, False), (2, False, False), (3, False, False), (3, True, True), (4, False, True), (400, False, True)]


@pytest.mark.parametrize(("nth", "done", "offered"), OFFER)
def test_reminders_are_offered_when_the_third_day_is_done_or_over(nth, done, offered):
    day = FRIDAY + timedelta(days=nth - 1)
    plan = Plan((prescribed("toe-presses", ["morning"], since=FRIDAY),))
    board = board_of(plan, day, "morning", DONE if done else ())

    assert offers_reminders(board) is offered


@pytest.mark.parametrize("choice", [{"reminders_offered": True}, {"remind_slots": "morning"}])
def test_reminders_are_offered_once_and_not_to_those_who_have_some(choice):
    board = board_of(
        Plan((prescribed("toe-presses", ["morning"]),)), FRIDAY, "morning", (), None, Preferences(**choice)
    )

    assert not offers_reminders(board)
