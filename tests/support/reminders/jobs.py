"""A reminder as the sender hands it to a channel; nothing of it is in a database."""

from datetime import UTC, datetime, timedelta

from exercises.models import Delivery, User
from exercises.reminders.job import Job
from exercises.reminders.message import Message

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
BODY = "After I brush my teeth: 4 exercises, 9 min."


def a_job(channel, body=BODY, **fields):
    """Alice's reminder of the evening, which may be sent for another 90 minutes."""
    kept = {"day": NOW.date(), "slot": "evening", "turn": 1, "not_before": NOW, "until": NOW + timedelta(minutes=90)}
    user = User(pk=7, email="alice@example.org")
    delivery = Delivery(user=user, channel=channel, **kept | fields)
    return Job(delivery, user, Message("Evening session", body, "/session/evening/"))
