"""The rules of the addresses of mails and calendars, a part of tests/support/rules.py."""

from django.urls import resolve

from exercises.reminders.stop_link import stop_path
from tests.support.addresses import FILL, public


def a_stop_link(cast):
    return resolve(stop_path(cast.alice)).kwargs


WAYS = {
    "stop_reminders": public(methods=FILL, arguments=a_stop_link, forms=lambda cast: [{}], token=False, page=False),
}
