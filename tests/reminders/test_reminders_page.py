"""The page of reminders: each choice saves itself, what comes next is said, and the choices go along and go away."""

import json
from datetime import time

import pytest

from exercises.models import Preferences
from tests.conftest import logged_in
from tests.support.archive import as_bytes, bring_in
from tests.support.phone import FRIDAY
from tests.support.queries import queries_of
from tests.support.reminders.choices import GROUPS, MORE, WHEN, beat, choose, save_choice
from tests.support.reminders.devices import a_device
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]
PAGE = "/settings/reminders/"
STORED = {
    "remind_slots": "morning evening",
    "morning_remind_at": time(7, 45),
    "morning_after": "breakfast",
    "midday_remind_at": time(13),
    "evening_remind_at": time(20),
    "evening_after": "I brush my teeth",
    "remind_again": True,
    "remind_with_names": True,
    "quiet_from": time(22),
    "quiet_until": time(6, 30),
}
NO_TIME, TWO_TIMES = "Please enter a time like 07:30.", "Please choose two different times."
WRONG = [
    ("morning_remind_at", "25:00", NO_TIME),
    ("midday_remind_at", "", NO_TIME),
    ("evening_remind_at", "soon", NO_TIME),
    ("morning_after", "x" * 61, "Please use at most 60 letters."),
    ("evening_after", "tea\u202e", "Please write this on one line, without invisible characters."),
    ("quiet_from", "24:00", NO_TIME),
    ("quiet_from", "", NO_TIME),
    ("quiet_from", "06:30", TWO_TIMES),
    ("quiet_until", "22:00", TWO_TIMES),
]


def kept(user, *names):
    return Preferences.objects.filter(user=user).values(*names).get()


def page(client, path=PAGE):
    return client.get(path).content.decode()


def next_in(answer):
    return answer.json()["texts"]["reminders-next"]


@pytest.mark.parametrize("group", ["when", "more"])
def test_a_group_is_saved_by_its_own_form(alice_client, alice, group):
    answer = alice_client.post(f"{PAGE}{group}/", GROUPS[group])
    fields = STORED.keys() & {"when": {"remind_slots", *WHEN}, "more": {*MORE}}[group]

    assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}?said=saved")
    assert kept(alice, *fields) == {name: STORED[name] for name in fields}
    assert "Saved." in page(alice_client, f"{PAGE}?said=saved")


def test_a_switch_changes_its_own_session_only(alice_client, alice):
    """Two tabs, each with a page from before: what the other one saved stays."""
    save_choice(alice_client, "morning_reminded", "on")
    save_choice(alice_client, "evening_reminded", "on")
    save_choice(alice_client, "midday_reminded")

    assert kept(alice, "remind_slots", "midday_after") == {"remind_slots": "morning evening", "midday_after": ""}
    save_choice(alice_client, "morning_reminded")
    assert kept(alice, "remind_slots") == {"remind_slots": "evening"}


def test_two_switches_at_once_are_both_stored(alice_client, alice, before_its_turn):
    before_its_turn(lambda: choose(alice, remind_slots="evening"))
    save_choice(alice_client, "morning_reminded", "on")

    assert kept(alice, "remind_slots") == {"remind_slots": "morning evening"}


def test_a_session_that_is_switched_on_gets_the_time_that_is_shown(alice_client, alice):
    assert 'value="19:30"' in page(alice_client)
    save_choice(alice_client, "evening_reminded", "on")

    assert kept(alice, "evening_remind_at") == {"evening_remind_at": time(19, 30)}


def test_quiet_hours_are_two_times_or_none(alice_client, alice):
    assert save_choice(alice_client, "quiet_from", "22:00").status_code == 422
    save_choice(alice_client, "quiet_hours", "on")
    assert kept(alice, "quiet_from", "quiet_until") == {"quiet_from": time(21), "quiet_until": time(7)}
    save_choice(alice_client, "quiet_until", "08:00")
    assert kept(alice, "quiet_from", "quiet_until") == {"quiet_from": time(21), "quiet_until": time(8)}

    save_choice(alice_client, "quiet_hours")
    assert kept(alice, "quiet_from", "quiet_until") == {"quiet_from": None, "quiet_until": None}


@pytest.mark.one_database
@pytest.mark.parametrize(("field", "value", "why"), WRONG)
def test_a_wrong_choice_is_told_alone_and_in_its_group(alice_client, alice, field, value, why):
    choose(alice, **STORED)
    before = kept(alice)
    group = "when" if field in WHEN else "more"
    alone = save_choice(alice_client, field, value)
    together = alice_client.post(f"{PAGE}{group}/", {**GROUPS[group], field: value})

    assert (alone.status_code, alone.json()) == (422, {"error": why})
    assert (together.status_code, why in together.content.decode()) == (422, True)
    assert "Not saved. Please check the marked field below." in together.content.decode()
    assert kept(alice) == before


@pytest.mark.parametrize("field", ["remind_slots", "remind_by_mail", "remind_by_webhook", "goal_days", "\0"])
def test_a_field_that_is_not_offered_is_refused(alice_client, alice, field):
    before = kept(alice)
    answers = [alice_client.post(f"{PAGE}{group}/", {"field": field, field: "on"}) for group in ("when", "ways")]

    assert {answer.status_code for answer in answers} <= {400, 422}
    assert kept(alice) == before


def test_a_way_is_offered_where_this_server_has_it(alice_client, alice, with_mail, settings):
    settings.REMINDER_URL = "https://ntfy.example"
    shown = page(alice_client)
    assert f"To {alice.email}" in shown
    for field in ("remind_by_mail", "remind_by_webhook"):
        assert save_choice(alice_client, field, "on").status_code == 200

    assert kept(alice, "remind_by_mail", "remind_by_webhook") == {"remind_by_mail": True, "remind_by_webhook": True}
    settings.MAIL_ENABLED, settings.REMINDER_URL = False, ""
    assert "Email" not in page(alice_client).partition("<footer")[0]
    choose(alice, remind_slots="morning")
    beat()
    assert "Nothing comes yet." in page(alice_client)


def test_the_topic_is_said_as_soon_as_the_service_is_on(alice_client, alice, settings):
    settings.REMINDER_URL = "ntfy+https://ntfy.example/feet"
    told = [save_choice(alice_client, "remind_by_webhook", value).json()["texts"] for value in ("on", None)]

    assert told[0]["reminders-topic"].startswith("In the ntfy app, subscribe to https://ntfy.example/feet-")
    assert told[1]["reminders-topic"] == ""
    assert 'id="reminders-topic"' in page(alice_client)


def test_each_answer_says_what_comes_next(alice_client, alice):
    plan_since(alice, FRIDAY.date())
    beat()
    a_device(alice)
    assert "You get no reminders yet." in page(alice_client)
    assert next_in(save_choice(alice_client, "evening_reminded", "on")) == "Next: evening session, today at 19:30."
    assert next_in(save_choice(alice_client, "evening_remind_at", "20:15")) == "Next: evening session, today at 20:15."

    texts = save_choice(alice_client, "evening_after", "the news").json()["texts"]
    assert (texts["sample-time"], texts["sample-title"]) == ("20:15", "Evening session")
    assert texts["sample-body"].startswith("After the news: 4 exercises, ")
    assert all(f'id="{element}"' in page(alice_client) for element in texts)


def test_it_is_said_when_no_sender_is_at_work(alice_client, alice, friday_morning):
    choose(alice, remind_slots="evening")
    a_device(alice)
    assert "Nothing comes now: this server sends no reminders." in page(alice_client)
    beat()
    assert "Next: evening session" in page(alice_client)

    for seconds in (121, -242):  # then the clock is set back
        friday_morning.shift(seconds)
        assert "Nothing comes now: this server sends no reminders." in page(alice_client)


def test_the_words_of_another_user_are_not_shown(alice_client, bob, alice):
    choose(bob, remind_slots="evening", evening_after="feeding the cat")
    a_device(bob, name="Safari on iPhone")

    assert "feeding the cat" in page(logged_in(bob))
    assert "feeding the cat" not in page(alice_client)


def test_the_settings_lead_to_it_and_say_what_is_chosen(alice_client, alice):
    assert "Off" in row_of(alice_client)
    choose(alice, remind_slots="morning", morning_remind_at=time(7, 30))

    assert "Morning 07:30" in row_of(alice_client)


def row_of(client):
    return page(client, "/settings/").partition(f'href="{PAGE}"')[2].partition("</a>")[0]


def test_the_page_keeps_to_its_budget(alice_client, alice):
    choose(alice, remind_slots="morning evening")
    for number in range(10):
        a_device(alice, endpoint=f"number {number}")

    page(alice_client)
    assert queries_of(alice_client, PAGE) <= 10


def test_today_offers_reminders_until_declined_or_opened(alice_client, alice, bob):
    offer = "A reminder at the right moment?"
    assert offer not in page(alice_client, "/")
    plan_since(alice, FRIDAY.date().replace(day=17))
    assert offer in page(alice_client, "/")

    answer = alice_client.post("/reminders/no/")
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert offer not in page(alice_client, "/")
    choose(alice, reminders_offered=False)
    assert offer in page(alice_client, "/")
    page(alice_client)
    assert offer not in page(alice_client, "/")


def test_the_choices_are_in_a_copy_and_come_back_by_it(alice_client, alice, bob):
    choose(alice, **STORED)
    copy = alice_client.get("/export.json").content
    bring_in(logged_in(bob), copy)

    assert json.loads(copy)["preferences"]["remind_slots"] == "morning evening"
    assert kept(bob, *STORED) == STORED


WRONG_CHOICES = [
    {"remind_slots": "night"},
    {"remind_slots": None},
    {"quiet_until": None},
    {"morning_after": "a\nb"},
    {"midday_after": None},
]


@pytest.mark.parametrize("wrong", WRONG_CHOICES)
def test_a_copy_with_wrong_choices_changes_none(alice_client, alice, wrong):
    choose(alice, **STORED)
    copy = json.loads(alice_client.get("/export.json").content)
    copy["preferences"] |= {"remind_again": False, **wrong}
    bring_in(alice_client, as_bytes(copy))

    assert kept(alice, *STORED) == STORED
