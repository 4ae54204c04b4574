"""The zone of the phone in browser tests, and its day, which is not the server's for an hour or two each night."""

from zoneinfo import ZoneInfo

from django.utils import timezone

PHONE_ZONE = "Europe/Berlin"


def phone_today():
    return timezone.now().astimezone(ZoneInfo(PHONE_ZONE)).date()


def phone_offset():
    """ "+01:00" in winter."""
    return timezone.now().astimezone(ZoneInfo(PHONE_ZONE)).isoformat()[-6:]
