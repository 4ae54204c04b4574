"""Channels of the tests: they keep what they are given, and answer as they are told."""

import sys
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import uuid4

from exercises.models import Channel, Preferences, PushSubscription, State
from exercises.reminders.job import Outcome

SENT = Outcome(State.SENT, "201")


class StandIn(SimpleNamespace):
    """A module of a channel. `answer` is an outcome, or a function of the job."""

    THREADS, REPEATS, answer = 4, False, SENT

    def __init__(self, **own):
        super().__init__(jobs=[], readied=0, **own)

    def ready(self):
        self.readied += 1

    def send(self, job, now):
        self.jobs.append(job)
        return self.answer(job) if callable(self.answer) else self.answer

    @property
    def users(self):
        return sorted(job.user.email for job in self.jobs)


def stand_ins():
    return {channel: StandIn(REPEATS=channel == Channel.MAIL) for channel in Channel}


def install(channels, put=dict.__setitem__):
    """In the place of the modules, whether or not they were imported. `put` may be that of monkeypatch."""
    for channel, stand_in in channels.items():
        put(sys.modules, f"exercises.reminders.{channel.value}", stand_in)


def reminded(user, slots="morning", devices=1, **chosen):
    """Has chosen to be reminded: at 8:00 in the morning, on so many devices."""
    chosen = {"morning_remind_at": "08:00", "remind_slots": slots, **chosen}
    Preferences.objects.filter(user=user).update(**chosen)
    user.refresh_from_db()
    for _ in range(devices):
        device(user)
    return user


def device(user, **fields):
    usual = {"uuid": uuid4(), "digest": uuid4().hex, "endpoint": "https://push.example.org/", "name": "Firefox"}
    usual |= {"p256dh": "p", "auth": "a", "origin": "https://feet.example.org", "made_at": datetime.now(UTC)}
    return PushSubscription.objects.create(user=user, **usual | fields)
