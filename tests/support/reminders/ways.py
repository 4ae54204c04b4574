"""The rules of the addresses of mails and calendars, a part of tests/support/rules.py."""

from django.urls import resolve
from django.utils import timezone

from exercises.models import CalendarFeed
from exercises.models.share_link import digest_of
from exercises.reminders.stop_link import stop_path
from tests.support.addresses import FILL, act, machine, public

TOKEN = "c" * 43


def a_stop_link(cast):
    return resolve(stop_path(cast.alice)).kwargs


def a_calendar(cast):
    """The same address each time."""
    CalendarFeed.objects.get_or_create(digest=digest_of(TOKEN), user=cast.alice, defaults={"made_at": timezone.now()})
    return {"token": TOKEN}


def a_feed(cast):
    a_calendar(cast)
    return {"uuid": CalendarFeed.objects.of(cast.alice).first().uuid}


WAYS = {
    "make_feed": act(forms=lambda cast: [{}]),
    "end_feed": act(arguments=a_feed, forms=lambda cast: [{}], ids=("uuid",)),
    "calendar": machine(arguments=a_calendar),
    "stop_reminders": public(methods=FILL, arguments=a_stop_link, forms=lambda cast: [{}], token=False, page=False),
}
