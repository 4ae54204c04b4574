"""The sessions of a user as a calendar file (RFC 5545) that calendars fetch now and then.

Times are floating: eight o'clock wherever the user is. The file tells when sessions are and nothing else, because a
calendar is often shared. It is as long after ten years as after a week.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import TYPE_CHECKING

from django.urls import reverse

from exercises.models import CalendarFeed, Plan, Preferences, RestDay, Slot
from exercises.record.recording import AHEAD
from exercises.reminders.message import TITLES
from exercises.rules.timeline import session_seconds

if TYPE_CHECKING:
    from icalendar import Event

WEEK = timedelta(days=7)
FETCHED_EVERY = timedelta(hours=6)  # what we ask for; each calendar does as it likes
ROUNDED_TO = 300  # seconds


@dataclass(frozen=True)
class Daily:
    """A session that comes every day from `start` on, a wall-clock time, but not at those of `without`."""

    slot: Slot
    start: datetime
    duration: timedelta
    without: tuple[datetime, ...] = ()


def calendar_file(feed: CalendarFeed, today: date, site: str) -> bytes:
    """The file of that day; `site` is the address of this server, without a slash at the end. Two queries."""
    user, first = feed.user, _first_day(feed.user.plan, feed.user.preferences, today)
    rest = RestDay.objects.of(user).not_undone().between(first, today + AHEAD).excused() if first else {}
    sessions = daily_sessions(user.plan, user.preferences, today, rest)
    return _written([_event(each, feed, today, site) for each in sessions])


def daily_sessions(plan: Plan, preferences: Preferences, today: date, rest: Collection[date]) -> list[Daily]:
    """What the plan in force asks for every day, in the order of the day. It begins in the week before this one."""
    first = _first_day(plan, preferences, today)
    return list(_daily(plan, preferences, first, max(today, first), rest)) if first else []


def _first_day(plan: Plan, preferences: Preferences, today: date) -> date | None:
    """What is long past is left out, and two weeks are enough for those who travel. None without a plan."""
    return plan.first_day and max(plan.first_day, preferences.week(today - WEEK)[0])


def _daily(plan: Plan, preferences: Preferences, first: date, day: date, rest: Collection[date]) -> Iterator[Daily]:
    for slot in (Slot.MORNING, Slot.MIDDAY, Slot.EVENING):
        if not (asked := plan.session(day, slot)):
            continue
        seconds = session_seconds((each.step for each in asked), preferences.move_seconds)
        clock, night = preferences.remind_at(slot), preferences.day_starts_at
        begin = first if slot in plan.slots_on(first) else first + timedelta(days=1)
        without = (_wall(each, clock, night) for each in sorted(rest) if each >= begin)
        duration = timedelta(seconds=ceil(seconds / ROUNDED_TO) * ROUNDED_TO)
        yield Daily(slot, _wall(begin, clock, night), duration, tuple(without))


def _wall(day: date, clock: time, day_starts_at: int) -> datetime:
    """Hours before the start of the user's day are in the night after it."""
    return datetime.combine(day + timedelta(days=clock.hour < day_starts_at), clock)


def _event(session: Daily, feed: CalendarFeed, today: date, site: str) -> "Event":
    from icalendar import Alarm, Event

    title = TITLES[session.slot]()
    event = Event()
    event.add("uid", f"{session.slot}-{feed.uuid}@footcare")
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("summary", title)
    event.add("dtstart", session.start)
    event.add("duration", session.duration)
    event.add("rrule", {"freq": "daily"})
    if session.without:
        event.add("exdate", list(session.without))
    event.add("url", site + reverse("session", args=[session.slot]))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # others may still plan something for that time
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta())
    event.add_component(alarm)
    return event


def _written(events: "list[Event]") -> bytes:
    from icalendar import Calendar, vDuration

    calendar: Calendar = Calendar()
    calendar.add("prodid", "-//Footcare//Sessions//")
    calendar.add("version", "2.0")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, "Footcare")
    calendar.add("refresh-interval", FETCHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(FETCHED_EVERY))
    for each in events:
        calendar.add_component(each)
    return calendar.to_ical()
