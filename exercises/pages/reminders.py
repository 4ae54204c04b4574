"""What the pages say of reminders: when the next one comes, what is chosen, and the offer on Today. No queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from exercises.models import SESSION_SLOTS, Preferences, Prescription, Slot, State
from exercises.models.reminder import FIRST, SECOND
from exercises.pages.board import Board
from exercises.pages.carried_days import DAYS
from exercises.rules.days import current_slot
from exercises.rules.reminders import SECOND_AFTER, first_moment, window_of

SESSION = {
    Slot.MORNING: pgettext_lazy("reminder", "morning session"),
    Slot.MIDDAY: pgettext_lazy("reminder", "midday session"),
    Slot.EVENING: pgettext_lazy("reminder", "evening session"),
}
USUAL = {Slot.MORNING: time(7, 30), Slot.MIDDAY: time(12, 30), Slot.EVENING: time(19, 30)}
MOMENT = timedelta(minutes=1)  # within which a sender gets to a reminder that is due
ANY_DAY = date(2001, 1, 1)
OFFERED_AFTER = timedelta(days=2)  # the third day of a plan


class Made(NamedTuple):
    """A message about a slot of a day: its turn, its state, and the moment from which it may be sent."""

    day: date
    slot: str
    turn: int
    state: str
    not_before: datetime


class Upcoming(NamedTuple):
    """The next reminder, on the user's own `day`, `at` in the user's zone. `open` is what its session still holds."""

    at: datetime
    day: date
    slot: Slot
    open: tuple[Prescription, ...]


@dataclass(frozen=True)
class Reminders:
    """What comes next for a user. `board` is that of today; `any_way` says whether something brings them."""

    board: Board
    made: Iterable[Made]
    any_way: bool
    sender_works: bool

    @property
    def preferences(self) -> Preferences:
        return self.board.preferences

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.board.served / 1000, UTC)

    @property
    def next(self) -> Upcoming | None:
        """The next reminder of this day and the six after it, if something brings it."""
        return min(self._to_come(), default=None, key=lambda each: each.at)

    @property
    def next_text(self) -> str:
        """One sentence that is true: when the next reminder comes, or why nothing comes."""
        if not self.preferences.reminded_slots:
            return _("You get no reminders yet. Choose a session below.")
        if not self.any_way:
            return _("Nothing comes yet. Choose below how reminders reach you.")
        if not self.sender_works:
            return _("Nothing comes now: this server sends no reminders. Please tell the person who runs it.")
        upcoming = self.next
        return self._said(upcoming) if upcoming else _("No reminder comes in the next seven days.")

    def _said(self, upcoming: Upcoming) -> str:
        at = {"session": SESSION[upcoming.slot], "time": time_format(upcoming.at.time(), "H:i")}
        if upcoming.at <= self.now + MOMENT:
            return _("Next: %(session)s, in a moment.") % at
        if upcoming.day == self.board.day:
            return _("Next: %(session)s, today at %(time)s.") % at
        if upcoming.day == self.board.day + timedelta(days=1):
            return _("Next: %(session)s, tomorrow at %(time)s.") % at
        return _("Next: %(session)s, %(day)s at %(time)s.") % {**at, "day": date_format(upcoming.day, "l")}

    def _to_come(self) -> Iterator[Upcoming]:
        for day in (self.board.day + timedelta(days=n) for n in range(DAYS)):
            for slot in map(Slot, self.preferences.reminded_slots):
                still_open = self.open_in(day, slot)
                if still_open:
                    yield from (Upcoming(at, day, slot, still_open) for at in self._moments(day, slot))

    def open_in(self, day: date, slot: Slot) -> tuple[Prescription, ...]:
        """What that session still holds on this day or a later one, in the order of a session."""
        if day == self.board.day:
            return () if self.board.rest else tuple(self.board.sessions[SESSION_SLOTS.index(slot)].left)
        due = {mark.exercise for mark in self.board.plan.due(day) if mark.slot == slot}
        held = self.board.plan.on(day) if day not in self.board.excused else []
        return tuple(each for each in held if each.exercise.slug in due)

    def _moments(self, day: date, slot: Slot) -> Iterator[datetime]:
        """When something is still sent about that session: what waits, and the first or the second reminder."""
        made = [each for each in self.made if (each.day, each.slot) == (day, slot)]
        zone = self.preferences.zone
        yield from (max(each.not_before, self.now).astimezone(zone) for each in made if each.state == State.WAITING)
        due = window_of(day, self.preferences.remind_at(slot), zone, self.preferences.day_starts_at)
        if any(each.turn >= FIRST for each in made):
            firsts = [each for each in made if each.turn == FIRST]
            came = [each.not_before for each in firsts if each.state not in (State.FAILED, State.MISSED)]
            if not came or any(each.turn >= SECOND for each in made) or not self.preferences.remind_again:
                return
            due = due._replace(since=max(due.since, *came) + SECOND_AFTER)
        moment = first_moment(due._replace(since=max(due.since, self.now)), zone, self.preferences.quiet)
        if moment:
            yield moment


def proposed_time(preferences: Preferences, slot: Slot) -> time:
    """The time that the page shows. A session without a reminder shows its usual time, if that lies in the session."""
    chosen: time | None = getattr(preferences, f"{slot}_remind_at")
    lies_in_it = current_slot(USUAL[slot], preferences.starts, preferences.day_starts_at) == slot
    if chosen or slot in preferences.reminded_slots or not lies_in_it:
        return preferences.remind_at(slot)
    return USUAL[slot]


def state_text(preferences: Preferences, any_way: bool) -> str:
    """ "Morning 07:30, Evening 19:30", or "Off". It says so if nothing brings them."""
    chosen = [
        pgettext("reminder", "%(session)s %(time)s")
        % {"session": Slot(slot).label, "time": time_format(preferences.remind_at(slot), "H:i")}
        for slot in preferences.reminded_slots
    ]
    if not chosen:
        return pgettext("reminders", "Off")
    times = ", ".join(chosen)
    return times if any_way else _("%(times)s, but nothing comes yet") % {"times": times}


def slot_hint(preferences: Preferences, slot: Slot) -> str:
    """What stands under the switch of a session."""
    session = _("Session from %(time)s") % {"time": time_format(preferences.starts[slot], "H:i")}
    if slot not in preferences.reminded_slots:
        return session
    due = window_of(ANY_DAY, preferences.remind_at(slot), UTC, preferences.day_starts_at)
    comes = first_moment(due, UTC, preferences.quiet)
    if comes is None:
        return _("It never comes, because it lies in your quiet hours.")
    if comes == due.since:
        return session
    return _("Because of your quiet hours, it comes at %(time)s.") % {"time": time_format(comes.time(), "H:i")}


def offers_reminders(board: Board) -> bool:
    """Whether Today offers reminders: once, from the moment when the third day of the plan is done or over."""
    preferences, first_day = board.preferences, board.plan.first_day
    if first_day is None or preferences.reminders_offered or preferences.remind_slots:
        return False
    third = first_day + OFFERED_AFTER
    return board.day > third or (board.day == third and board.first_open is None)
