"""The board of a day: what is due, done and next. Built from a plan and sets, no queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from exercises.models import SESSION_SLOTS, Exercise, Plan, Preferences, Prescription, Slot
from exercises.models.training import SetRow
from exercises.pages.marks import MarkCell, MarkRow, best, mark_cell
from exercises.pages.session import GuidedSession
from exercises.pages.wording import rest_text, sets_text
from exercises.rules import chart_geometry
from exercises.rules.adherence import DayAdherence, Mark, day_adherence
from exercises.rules.days import into_the_day


class WeekDay(NamedTuple):
    """One day of the week strip. A future day shows only its rest."""

    day: date
    today: bool
    known: bool
    planned: bool  # in the plan, so it has a page of its own
    due: int
    done: str
    complete: bool
    pill: tuple[float, float] | None  # None if nothing is done
    rest: str  # why nothing is due

    @property
    def before(self) -> bool:
        """Before the first day of the plan, so nothing was missed."""
        return self.known and not self.planned

    @property
    def rest_text(self) -> str:
        return rest_text(self.rest)


@dataclass(frozen=True)
class Board:
    """One day of one user. `sets` are the sets of its week, oldest first; `excused` maps rest days to reasons."""

    plan: Plan
    day: date
    week: Sequence[date]
    slot: str
    sets: Sequence[SetRow]
    excused: Mapping[date, str]
    preferences: Preferences
    served: int  # time of the queries, milliseconds since 1970

    @property
    def adherence(self) -> DayAdherence:
        return self.adherence_on(self.day)

    @cached_property
    def _adherences(self) -> dict[date, DayAdherence]:
        """Those that were asked for: a week is drawn, and may speak for another plan."""
        return {}

    @cached_property
    def marks(self) -> DayAdherence:
        """The marks of the plan. On a rest day none of them is due, but each can be done."""
        return self.marks_on(self.day) if self.rest else self.adherence

    @property
    def rest(self) -> str:
        """The reason of a rest day; empty on any other day."""
        return self.excused.get(self.day, "")

    @property
    def rest_text(self) -> str:
        return rest_text(self.rest)

    @property
    def done_text(self) -> str:
        return sets_text(self.adherence.done)

    @property
    def ring(self) -> tuple[str, str]:
        """stroke-dasharray of the track and of the fill."""
        return chart_geometry.ring_track(self.adherence.due), chart_geometry.ring_fill(
            self.adherence.done, self.adherence.due
        )

    @cached_property
    def rows(self) -> list[MarkRow]:
        return [self._row(each) for each in self.plan.on(self.day) if self._due(each) or self._made(each.exercise)]

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The slots of the day; on the first day of the plan only those from the one in which it began."""
        return self.plan.slots_on(self.day)

    @cached_property
    def sessions(self) -> list[GuidedSession]:
        """What is due in each session of the day."""
        return [self.session(slot) if slot in self.slots else self._nothing(slot) for slot in SESSION_SLOTS]

    @property
    def columns(self) -> tuple[tuple[Slot, bool], ...]:
        """(session, whether it is due now) of each session."""
        return tuple((each.slot, each.slot == self.slot and not (each.complete or self.rest)) for each in self.sessions)

    @property
    def any_extras(self) -> bool:
        return any(row.extras for row in self.rows)

    @property
    def slots_behind(self) -> tuple[Slot, ...]:
        """The sessions before the current one."""
        return SESSION_SLOTS[: self._hour]

    def has_come(self, slot: Slot) -> bool:
        """Whether the hour of that session has come. Just after midnight none has, though the first session is next."""
        now = datetime.fromtimestamp(self.served / 1000, self.preferences.zone).time()
        starts_at = self.preferences.day_starts_at
        return into_the_day(self.preferences.starts[slot], starts_at) <= into_the_day(now, starts_at)

    @property
    def first_open(self) -> GuidedSession | None:
        """The first session of the day that is not complete."""
        return None if self.rest else next((each for each in self.sessions if not each.complete), None)

    @property
    def shortest_open(self) -> GuidedSession | None:
        """The open session with the fewest seconds left. None if all are complete."""
        still_open = (each for each in self.sessions if not each.complete)
        return min(still_open, key=attrgetter("seconds_left"), default=None)

    @property
    def next(self) -> GuidedSession | None:
        """The session to do now: the current one, else the next later one, else the earliest open one."""
        in_turn = [*self.sessions[self._hour :], *self.sessions[: self._hour]]
        return next((each for each in in_turn if not each.complete), None)

    @property
    def first_tomorrow(self) -> Slot | None:
        """The first session of tomorrow."""
        tomorrow = self.day + timedelta(days=1)
        due = set() if tomorrow in self.excused else {mark.slot for mark in self.plan.due(tomorrow)}
        return next((slot for slot in SESSION_SLOTS if slot in due), None)

    def fill_of(self, uuid: UUID) -> Fraction:
        """The part of the dose that the set did, 0 to 1; a set of another week counts as whole."""
        return next((row.done.fill for row in self.sets if row.uuid == uuid), Fraction(1))

    @property
    def week_days(self) -> list[WeekDay]:
        return [self._week_day(day) for day in self.week]

    def adherence_on(self, day: date) -> DayAdherence:
        """A day of the week. On a rest day nothing is due."""
        if day not in self._adherences:
            self._adherences[day] = self._adherence_of(() if day in self.excused else self.plan.due(day), day)
        return self._adherences[day]

    def marks_on(self, day: date) -> DayAdherence:
        """The same with every mark of the plan, also on a rest day."""
        return self._adherence_of(self.plan.due(day), day)

    def session(self, slot: Slot) -> GuidedSession:
        """The whole session, also where it is not due: on a rest day, and before the plan began on its first day."""
        prescriptions = tuple(self.plan.session(self.day, slot))
        marks = [Mark(slot, each.exercise.slug) for each in prescriptions]
        fills = tuple(self._every_mark.fills[mark] for mark in marks)
        return GuidedSession(slot, prescriptions, fills, self.preferences.move_seconds)

    def single(self, slug: str, fill: Fraction) -> GuidedSession | None:
        """One exercise alone, which can be repeated at any time. None if the plan lacks it."""
        found = self.plan.prescription(self.day, slug)
        return GuidedSession(Slot.EXTRA, (found,), (fill,), self.preferences.move_seconds) if found else None

    @cached_property
    def _every_mark(self) -> DayAdherence:
        """Also of slots before the one in which the plan began."""
        return (
            self.marks if self.slots == SESSION_SLOTS else self._adherence_of(self.plan.every_mark(self.day), self.day)
        )

    def _nothing(self, slot: Slot) -> GuidedSession:
        return GuidedSession(slot, (), (), self.preferences.move_seconds)

    @property
    def _hour(self) -> int:
        """The index of the current session."""
        return SESSION_SLOTS.index(Slot(self.slot))

    def _week_day(self, day: date) -> WeekDay:
        rest = self.excused.get(day, "")
        if day > self.day:
            return WeekDay(day, False, False, False, 0, "", False, None, rest)
        adherence = self.adherence_on(day)
        return WeekDay(
            day,
            today=day == self.day,
            known=True,
            planned=bool(self.plan.first_day and self.plan.first_day <= day),
            due=adherence.due,
            done=sets_text(adherence.done),
            complete=adherence.complete,
            pill=chart_geometry.pill(adherence.rate) if adherence.done else None,
            rest=rest,
        )

    def _adherence_of(self, due: Collection[Mark], day: date) -> DayAdherence:
        return day_adherence(due, [each.done for each in self._made_on[day]])

    @cached_property
    def _made_on(self) -> Mapping[date, list[SetRow]]:
        made = defaultdict(list)
        for each in self.sets:
            made[each.day].append(each)
        return made

    def _row(self, prescription: Prescription) -> MarkRow:
        made, slots = self._made(prescription.exercise), self._due(prescription)
        filling = {slot: best(each for each in made if each.slot == slot) for slot in slots}
        extras = [each for each in made if each not in filling.values()]
        return MarkRow(
            prescription,
            tuple(self._cell(slot, slot in slots, filling.get(slot)) for slot in SESSION_SLOTS),
            self.marks.extras.get(prescription.exercise.slug, 0),
            extras[-1].uuid if extras else None,
            tuple(made),
        )

    def _cell(self, slot: Slot, due: bool, filled_by: SetRow | None) -> MarkCell:
        return mark_cell(slot, filled_by, due, now=slot == self.slot and not self.rest)

    def _due(self, prescription: Prescription) -> list[Slot]:
        return [slot for slot in prescription.slots if slot in self.slots]

    def _made(self, exercise: Exercise) -> list[SetRow]:
        return [each for each in self._made_on[self.day] if each.exercise == exercise.slug]
