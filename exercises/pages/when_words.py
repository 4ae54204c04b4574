"""The words for a moment or a day of the past, on the user's own clock."""

from datetime import date, datetime, timedelta, tzinfo

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
    return day_text(local.date(), today)


def day_text(day: date, today: date) -> str:
    """ "today", "3 November" or, of another year, "3 November 2025"."""
    if day == today:
        return pgettext("date", "today")
    return date_format(day, "j F" if day.year == today.year else "j F Y")
