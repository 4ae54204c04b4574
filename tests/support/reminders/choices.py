"""What may be chosen about reminders, how one choice is saved, and what a sender has left behind."""

from django.utils import timezone

from exercises.models import Heartbeat, Preferences
from tests.support.settings import BY_SCRIPT

WHEN = {
    "morning_reminded": "on",
    "morning_remind_at": "07:45",
    "morning_after": "breakfast",
    "midday_remind_at": "13:00",
    "midday_after": "",
    "evening_reminded": "on",
    "evening_remind_at": "20:00",
    "evening_after": "I brush my teeth",
}
WAYS = {"remind_by_mail": "on", "remind_by_webhook": "on"}
MORE = {
    "remind_again": "on",
    "remind_with_names": "on",
    "quiet_hours": "on",
    "quiet_from": "22:00",
    "quiet_until": "06:30",
}
GROUPS = {"when": WHEN, "ways": WAYS, "more": MORE}


def save_choice(client, field, value=None):
    """As the page of a browser with scripts does. Without a value: a switch that is off."""
    chosen = {} if value is None else {field: value}
    return client.post(f"/settings/reminders/{group_of(field)}/", {"field": field, **chosen}, headers=BY_SCRIPT)


def group_of(field):
    return next((group for group, fields in GROUPS.items() if field in fields), "when")


def choose(user, **choices):
    Preferences.objects.filter(user=user).update(**choices)
    user.preferences.refresh_from_db()


def beat():
    Heartbeat.beat(timezone.now())
