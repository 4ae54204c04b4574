"""The words for a moment of the past, on the user's own clock."""

from datetime import datetime, timedelta, tzinfo

from django.utils.formats import date_format
from django.utils.translation import pgettext


def when_text(at: datetime, now: datetime, zone: tzinfo) -> str:
    """ "today at 08:14", "yesterday at 20:14", "3 November" or, of another year, "3 November 2025"."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    words = {
        today: pgettext("moment", "today at %(time)s"),
        today - timedelta(days=1): pgettext("moment", "yesterday at %(time)s"),
    }
    if local.date() in words:
        return words[local.date()] % {"time": date_format(local, "H:i")}
    return date_format(local, "j F" if local.year == today.year else "j F Y")
