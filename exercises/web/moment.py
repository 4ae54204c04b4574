"""The moment of a request: the clock and the zone of a view for a logged-in user."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from urllib.parse import unquote

from django.http import HttpRequest
from django.utils import timezone

from exercises.models import Preferences
from exercises.record.plan_changes import begin_by
from exercises.rules.days import offset_of, zone_named
from exercises.web.request import Request


@dataclass(frozen=True)
class Moment:
    """`now` is aware; `day` is the user's own day, `slot` the session due at this hour."""

    now: datetime
    day: date
    slot: str

    @property
    def served(self) -> int:
        """Milliseconds since 1970: tells a phone which of two pages it kept is newer."""
        return _milliseconds(self.now)


def moment_of(request: Request) -> Moment:
    """Now, in the zone of the user of this request. Writes nothing."""
    preferences, now = request.user.preferences, timezone.now()
    return Moment(now, preferences.day(now), preferences.slot(now))


def served_now() -> int:
    """Like `served`, of an answer to an event: after it was recorded, so that no page older than it seems newer."""
    return _milliseconds(timezone.now())


def _milliseconds(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)


def follow_phone(request: Request) -> None:
    """Save the phone's zone as the user's, unless the user fixed one.

    A plan begun "today" in UTC then begins on the user's own today.
    """
    preferences = request.user.preferences
    zone = str(browser_zone(request, preferences.zone))
    if preferences.follows_browser and preferences.time_zone != zone:
        preferences.time_zone = zone
        begin_by(request.user, preferences.day(timezone.now()))
        Preferences.objects.filter(user=request.user).update(time_zone=zone)  # no row if the account was just erased


def browser_zone(request: HttpRequest, otherwise: tzinfo = UTC) -> tzinfo:
    """The zone in the cookie `tz`: an IANA name and, after a space, the offset for a name that is not known here."""
    name, _space, offset = unquote(request.COOKIES.get("tz", "")).partition(" ")
    return zone_named(name) or offset_of(offset) or otherwise
