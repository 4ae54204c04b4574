"""Kills a sender at each point of its way, each time for a user of its own, and tells how often they got a message.

In a process of its own, on the database of the test: `python -m tests.support.reminders.dying FILE`. A channel of it
writes a line to FILE for each message. Writes {"channel, point": [messages when it died, messages after the next one]}.
"""

import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import django
import time_machine

django.setup()

from django.db import connection  # noqa: E402 (after the setup, like all that has models)
from django.urls import reverse  # noqa: E402

from exercises.models import Channel, Preferences, User  # noqa: E402
from exercises.models.reminder import DeliveryQuerySet  # noqa: E402
from exercises.reminders import claims  # noqa: E402
from exercises.reminders.sender import Sender  # noqa: E402
from tests.support.phone import FRIDAY  # noqa: E402
from tests.support.reminders.stand_ins import SENT, StandIn, install, reminded, stand_ins  # noqa: E402

POINTS = {
    "before it is written": (DeliveryQuerySet, "bulk_create", "before"),
    "after it is written": (DeliveryQuerySet, "bulk_create", "after"),
    "after it is claimed": (claims, "claim", "after"),
    "before it is sent": (StandIn, "send", "before"),
    "after it was sent": (claims, "settle", "before"),
    "after that is stored": (claims, "settle", "after"),
}
DIED = -signal.SIGKILL


def dying_at(owner, name, when):
    """The sender kills itself before or after that, once there is something to do."""
    act = getattr(owner, name)

    def acts(*arguments, **options):
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        found = act(*arguments, **options)
        if found or name != "claim":
            os.kill(os.getpid(), signal.SIGKILL)
        return found

    setattr(owner, name, acts)


def send(after, point=None):
    """One round of a sender in a process of its own. Returns how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        with time_machine.travel(FRIDAY + after):
            if point:
                dying_at(*POINTS[point])
            Sender().once()
        status = 0
    finally:
        os._exit(status)


def tried(channel, point, file):
    chosen = {"devices": 1} if channel == Channel.PUSH else {"devices": 0, "remind_by_mail": True}
    user = reminded(User.objects.create_user(email=f"{uuid4().hex}@example.org"), **chosen)
    user.prescriptions.update(since=FRIDAY.date())
    connection.close()

    def count():
        return file.read_text().splitlines().count(f"{channel} {user.pk}")

    ended = send(timedelta(0), point)
    messages = [ended == DIED and count()]
    assert send(claims.CLAIM + timedelta(minutes=1)) == 0
    messages.append(count())
    Preferences.objects.filter(user=user).update(remind_slots="")
    return messages


def main(file):
    def written(job):
        with file.open("a") as lines:
            lines.write(f"{job.delivery.channel} {job.user.pk}\n")
        return SENT

    channels = stand_ins()
    for channel in channels.values():
        channel.answer = written
    install(channels)
    file.touch()
    reverse("today")  # reads all addresses, and with them all views, so that no child has to
    found = {f"{way}, {point}": tried(way, point, file) for way in (Channel.PUSH, Channel.MAIL) for point in POINTS}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
