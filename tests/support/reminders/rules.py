"""The rules of the addresses of reminders, a part of tests/support/rules.py."""

from django.urls import resolve
from django.utils import timezone

from exercises.models import CalendarFeed
from exercises.models.share_link import digest_of
from exercises.reminders.stop_link import stop_path
from tests.support.addresses import FILL, act, machine, public, users_page
from tests.support.reminders.choices import MORE, WHEN
from tests.support.reminders.devices import a_device, a_subscription

TOKEN = "c" * 43


def some_choices(cast):
    return [WHEN, {"field": "evening_remind_at", "evening_remind_at": "20:15"}]


def with_a_device(cast):
    """So that there is something to send to."""
    a_device(cast.alice)
    return [{}]


def a_browser(cast):
    return [a_subscription(), {**a_subscription(), "old": "https://fcm.googleapis.com/fcm/send/before"}]


def a_message(cast):
    return [{"device": str(a_device(cast.alice).uuid), "day": "2026-11-20", "slot": "morning"}]


def a_stop_link(cast):
    return resolve(stop_path(cast.alice)).kwargs


def a_calendar(cast):
    """The same address each time."""
    CalendarFeed.objects.get_or_create(digest=digest_of(TOKEN), user=cast.alice, defaults={"made_at": timezone.now()})
    return {"token": TOKEN}


def a_feed(cast):
    a_calendar(cast)
    return {"uuid": CalendarFeed.objects.of(cast.alice).first().uuid}


def nothing_to_fill_in(cast):
    return [{}]


# Any words may follow "After"; a switch is on with any value; quiet hours count only with their switch.
FREE = ("next", *(name for name in (*WHEN, *MORE) if not name.endswith("_remind_at")), "midday_reminded")
REMINDERS = {
    "reminders": users_page(),
    "send_reminder": act(forms=with_a_device),
    "decline_reminders": act(forms=nothing_to_fill_in),
    "save_reminders": act(arguments=lambda cast: {"group": "when"}, forms=some_choices, free=FREE),
    "push_subscribe": act(forms=a_browser, free=("next", "old")),
    "push_end": act(
        arguments=lambda cast: {"uuid": a_device(cast.alice).uuid}, forms=nothing_to_fill_in, ids=("uuid",)
    ),
    "push_later": act(forms=a_message, ids=("device",)),
    "push_closed": act(forms=a_message, ids=("device",)),
    "make_feed": act(forms=nothing_to_fill_in),
    "end_feed": act(arguments=a_feed, forms=nothing_to_fill_in, ids=("uuid",)),
    "calendar": machine(arguments=a_calendar),
    "stop_reminders": public(methods=FILL, arguments=a_stop_link, forms=nothing_to_fill_in, token=False, page=False),
}
