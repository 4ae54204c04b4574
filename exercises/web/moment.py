"""When and where a request is: the one place where a view reads the clock and the phone's zone."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone

from exercises.models import Preferences
from exercises.record.parsing import zone_names
from exercises.record.plan_changes import begin_by
from exercises.web.request import Request


@dataclass(frozen=True)
class Here:
    """`now` is aware; `day` is the user's own day, `slot` the session it is time for."""

    now: datetime
    day: date
    slot: str

    @property
    def served(self) -> int:
        """Milliseconds since 1970: a phone may keep a page, and must know what is newer than that."""
        return int(self.now.timestamp() * 1000)


def here(request: Request) -> Here:
    """Now, for the user of this request. The zone follows the phone unless the user fixed it."""
    preferences, now = request.user.preferences, timezone.now()
    _follow(preferences, browser_zone(request, preferences.time_zone))
    day = preferences.day(now)
    if preferences.follows_browser:
        begin_by(request.user, day)
    return Here(now, day, preferences.slot(now))


def browser_zone(request: HttpRequest, otherwise: str = "UTC") -> ZoneInfo:
    """The zone the phone says it is in: the cookie `tz`, an IANA name."""
    name = unquote(request.COOKIES.get("tz", ""))
    return ZoneInfo(name if name in zone_names() else otherwise)


def _follow(preferences: Preferences, zone: ZoneInfo) -> None:
    if preferences.follows_browser and preferences.time_zone != zone.key:
        preferences.time_zone = zone.key
        preferences.save(update_fields=["time_zone"])
