"""The rules of the addresses of reminders, a part of tests/support/rules.py."""

from tests.support.addresses import act
from tests.support.reminders.devices import a_device, a_subscription


def a_browser(cast):
    return [a_subscription(), {**a_subscription(), "old": "https://fcm.googleapis.com/fcm/send/before"}]


def a_message(cast):
    return [{"device": str(a_device(cast.alice).uuid), "day": "2026-11-20", "slot": "morning"}]


PUSH = {
    "push_subscribe": act(forms=a_browser, free=("next", "old")),
    "push_end": act(arguments=lambda cast: {"uuid": a_device(cast.alice).uuid}, forms=lambda cast: [{}], ids=("uuid",)),
    "push_later": act(forms=a_message, ids=("device",)),
    "push_closed": act(forms=a_message, ids=("device",)),
}
