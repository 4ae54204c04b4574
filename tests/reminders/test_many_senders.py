"""Many senders at once, and senders that die: real threads, processes and commits."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from exercises.models import Channel, Delivery, State
from exercises.reminders.clearing import Clearer
from exercises.reminders.sender import Sender
from tests.conftest import ROOT
from tests.support.phone import FRIDAY
from tests.support.reminders.choosing import tap_all
from tests.support.reminders.deliveries import delivery, states
from tests.support.reminders.stand_ins import install, reminded, stand_ins
from tests.support.threads import all_at_once
from tests.support.usual_plan import plan_since

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS, USERS = 32, 12


@pytest.mark.usefixtures("friday_morning", "with_mail")
def test_of_32_senders_on_one_minute_one_sends_each_message(django_user_model, monkeypatch):
    channels = stand_ins()
    install(channels, monkeypatch.setitem)
    for number in range(USERS):
        user = django_user_model.objects.create_user(email=f"{number:02}@example.org")
        plan_since(user, "2026-11-01")
        reminded(user, devices=2, remind_by_mail=True)
    counts = all_at_once([lambda: Sender().once()] * SENDERS)

    people = [f"{number:02}@example.org" for number in range(USERS)]
    assert channels[Channel.PUSH].users == sorted(people * 2)
    assert channels[Channel.MAIL].users == people
    assert states() == [State.SENT] * 3 * USERS
    assert sum(each[State.SENT] for each in counts) == 3 * USERS


@pytest.mark.usefixtures("friday_morning", "three_weeks_ago")
def test_of_32_senders_that_see_a_session_done_one_clears_each_device(alice, phone):
    reminded(alice)
    for number in range(8):
        delivery(alice, state=State.SENT, device=str(number))
    tap_all(phone)

    assert sum(all_at_once([lambda: Clearer().clear(FRIDAY)] * SENDERS)) == 8
    assert states() == [State.CLOSED] * 8 + [State.WAITING] * 8


def url_of_the_test_database():
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{own['NAME']}"
    place = "".join(f"&{name}={own[key]}" for name, key in (("host", "HOST"), ("port", "PORT")) if own[key])
    return f"postgresql:///{own['NAME']}?user={own['USER']}&password={own['PASSWORD']}{place}"


@pytest.mark.usefixtures("catalogue")
def test_a_sender_that_is_killed_sends_no_message_twice_and_loses_no_mail(tmp_path):
    """[messages when it died, messages after the next sender]"""
    own = {"DATABASE_URL": url_of_the_test_database(), "DJANGO_SETTINGS_MODULE": "footcare.settings"}
    own |= {"EMAIL_URL": "smtp://localhost", "PUBLIC_URL": "https://feet.example.org"}
    command = [sys.executable, "-m", "tests.support.reminders.dying", tmp_path / "sent"]
    environment = os.environ | own | {"DATA_DIR": str(settings.DATA_DIR)}
    told = json.loads(subprocess.check_output(command, cwd=ROOT, env=environment, text=True))

    assert told == {
        "push, before it is written": [0, 1],
        "push, after it is written": [0, 1],
        "push, after it is claimed": [0, 0],
        "push, before it is sent": [0, 0],
        "push, after it was sent": [1, 1],
        "push, after that is stored": [1, 1],
        "mail, before it is written": [0, 1],
        "mail, after it is written": [0, 1],
        "mail, after it is claimed": [0, 1],
        "mail, before it is sent": [0, 1],
        "mail, after it was sent": [1, 2],
        "mail, after that is stored": [1, 1],
    }
    assert Delivery.objects.filter(day=FRIDAY.date(), state__in=[State.WAITING, State.SENDING]).count() == 0
