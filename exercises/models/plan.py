"""The plan of a user: prescriptions, each one dose of one exercise from a day on. Past days keep what was due."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from exercises.catalogue.drawings import drawing_of, figure_of
from exercises.catalogue.variants import SEATED, STANDARD, Variant, variant_of
from exercises.models.choices import SESSION_SLOTS
from exercises.models.compiled_query import Param
from exercises.models.exercise import DoseFields, Exercise, Slots, refuse_too_long
from exercises.models.stretch import PlanRow, Stretch
from exercises.rules.adherence import Mark
from exercises.rules.timeline import Dose, Step

if TYPE_CHECKING:
    from exercises.models.user import User

MOST_DAYS_BACK = 366
IN_ORDER = attrgetter("order", "exercise_id", "since")
AMOUNT = ("morning", "midday", "evening", "reps", "effort_seconds", "pause_seconds", "order", "variant")


class PrescriptionQuerySet(models.QuerySet["Prescription"]):
    def of(self, user: "User | Param") -> "PrescriptionQuerySet":
        return self.filter(user=user).select_related("exercise").order_by("order", "exercise_id", "since")


class Prescription(Slots, DoseFields):
    pk = models.CompositePrimaryKey("user", "exercise", "since")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="prescriptions", db_index=False
    )
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT)
    since = models.DateField(pgettext_lazy("admin", "from"))
    order = models.PositiveSmallIntegerField(_("order in a session"))
    variant = models.CharField(pgettext_lazy("admin", "variant"), max_length=40, blank=True)

    objects = PrescriptionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("admin", "prescription")
        verbose_name_plural = pgettext_lazy("admin", "prescriptions")
        constraints = [
            models.CheckConstraint(condition=models.Q(reps__gte=1, effort_seconds__gte=1), name="prescription_dose"),
        ]

    def __str__(self) -> str:
        return f"{self.exercise} from {self.since}"

    def clean(self) -> None:
        """Reject a dose that makes a session too long, on its first day or later. The user must be set."""
        if not (self.user_id and self.exercise_id and self.since and self.is_sound):
            return
        plan = Plan((*Prescription.objects.of(self.user), self))  # the last of two on one day holds
        plan.refuse_too_long(self.since)

    @property
    def amount(self) -> dict[str, Any]:
        """Everything it asks for. Two prescriptions with equal amounts ask for the same."""
        return {name: getattr(self, name) for name in AMOUNT}

    def changed(self, **fields: Any) -> "Prescription":
        """A copy that differs in some fields, not saved. `slots` may be one of them."""
        if "slots" in fields:
            slots = fields.pop("slots")
            fields |= {slot.value: slot in slots for slot in SESSION_SLOTS}
        kept = {"user_id": self.user_id, "exercise": self.exercise, "since": self.since, **self.amount}
        return Prescription(**{**kept, **fields})

    @property
    def asks(self) -> tuple[int, Any]:
        """(order, all other amounts). Two prescriptions with equal ones ask for the same."""
        return self.order, [getattr(self, name) for name in AMOUNT if name != "order"]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that are due on each of its days."""
        return tuple(Mark(slot, self.exercise.slug) for slot in self.slots)

    @property
    def prescription(self) -> "Prescription":
        return self

    @property
    def dose(self) -> Dose:
        return self.exercise.dose(self)

    @property
    def step(self) -> Step:
        """The variant keeps the exercise's seconds unless it names longer ones."""
        ready = max(self.exercise.ready_seconds, self.variant_data.ready_seconds)
        switch = max(self.exercise.switch_seconds, self.variant_data.switch_seconds)
        return Step(self.exercise.slug, self.position, self.dose, ready, switch)

    @property
    def variant_data(self) -> Variant:
        """How the exercise is done. A variant that no longer exists is the standard one."""
        return variant_of(self.exercise.slug, self.variant)

    @property
    def name(self) -> str:
        return pgettext("exercise", self.variant_data.name) % {"exercise": pgettext("exercise", self.exercise.name)}

    @property
    def position(self) -> str:
        return self.variant_data.position or self.exercise.position

    @property
    def position_label(self) -> str:
        return str(Exercise.Position(self.position).label)

    @property
    def drawing(self) -> str:
        """The name of the drawing of its way to do it: see catalogue/drawings.py."""
        return drawing_of(self.exercise.slug, self.variant_data)

    @property
    def figure(self) -> str:
        """The name of the small figure in its position."""
        return figure_of(self.drawing, self.position)

    @property
    def equipment(self) -> str:
        return pgettext("equipment", self.variant_data.equipment or self.exercise.equipment)

    @property
    def can_sit(self) -> bool:
        """Whether it is done lying down and has a seated variant."""
        seated = variant_of(self.exercise.slug, SEATED)
        return self.position == Exercise.Position.LYING and seated is not STANDARD

    @property
    def seated(self) -> "Prescription":
        """The same dose on a chair, if the exercise has a seated variant; not saved."""
        if not self.can_sit:
            return self
        return self.changed(variant=SEATED)


def usual_plan(user: "User | None", day: date) -> list[Prescription]:
    """The usual doses from `day` on, not saved. Without a user they are those of the trial."""
    return [usual_prescription(each, user=user, since=day) for each in Exercise.objects.all()]


def usual_prescription(exercise: Exercise, **fields: Any) -> Prescription:
    """The usual dose of an exercise, not saved."""
    copied = {name: getattr(exercise, name) for name in AMOUNT if name != "variant"}
    return Prescription(exercise=exercise, **copied, **fields)


@dataclass(frozen=True)
class Plan:
    """All prescriptions of one user: past, current and planned. Of two of an exercise on one day the last holds.

    A day is looked up in the course of each exercise, so a page costs the same with four rows and with hundreds.
    """

    rows: Sequence[PlanRow]

    @cached_property
    def prescriptions(self) -> tuple[Prescription, ...]:
        """All of them, in the order of a session."""
        return tuple(sorted((each.prescription for each in self.rows), key=IN_ORDER))

    @cached_property
    def _courses(self) -> list[tuple[list[date], list[PlanRow]]]:
        """Of each exercise the days on which a row begins, oldest first, and those rows."""
        of_each: dict[int, dict[date, PlanRow]] = defaultdict(dict)
        for row in self.rows:
            of_each[row.exercise_id][row.since] = row
        return [(days := sorted(begun), [begun[day] for day in days]) for begun in of_each.values()]

    def in_turn(self) -> list[tuple[PlanRow, PlanRow, PlanRow]]:
        """Each row between two others of its exercise: (the one before, it, the one after)."""
        return [three for _days, rows in self._courses for three in zip(rows, rows[1:], rows[2:], strict=False)]

    @cached_property
    def _begun(self) -> dict[date, list[tuple[PlanRow, PlanRow | None]]]:
        """(row, row of its exercise before it) by day. A row that repeats what holds already begins nothing."""
        begun: dict[date, list[tuple[PlanRow, PlanRow | None]]] = defaultdict(list)
        for _days, rows in self._courses:
            for before, row in pairwise([None, *rows]):
                if row and (before is None or row.asks != before.asks):
                    begun[row.since].append((row, before))
        return begun

    @cached_property
    def _stretches(self) -> dict[int, Stretch]:
        """Those that were asked for, by the number of changes before them: charts ask for hundreds of days."""
        return {}

    def _stretch(self, day: date) -> Stretch:
        place = bisect_right(self.changes, day)
        if place not in self._stretches:
            held = [rows[begun - 1] for days, rows in self._courses if (begun := bisect_right(days, day))]
            self._stretches[place] = Stretch(sorted(held, key=IN_ORDER))
        return self._stretches[place]

    @cached_property
    def changes(self) -> list[date]:
        """The days from which another dose holds, oldest first."""
        return sorted({each.since for each in self.rows})

    @property
    def first_day(self) -> date | None:
        return self.changes[0] if self.changes else None

    @property
    def earliest_beginning(self) -> date | None:
        """The earliest day to which the first day can be moved back at once."""
        return self.first_day and self.first_day - timedelta(days=MOST_DAYS_BACK)

    def refuse_beginning(self, day: date) -> None:
        """Raise ValidationError if the first day cannot be moved to `day`."""
        if self.first_day is None:
            raise ValidationError(_("There is no plan yet."))
        if day > self.first_day:
            raise ValidationError(_("You can only move the first day back. Please choose an earlier day."))
        if day < self.first_day - timedelta(days=MOST_DAYS_BACK):
            raise ValidationError(_("You can move it back by up to a year at a time. Please choose a later day."))

    def on(self, day: date) -> list[Prescription]:
        """The prescriptions in force on `day`, in the order of a session."""
        return self._stretch(day).held

    def session(self, day: date, slot: str) -> list[Prescription]:
        """The prescriptions due in one session of `day`."""
        return [each for each in self.on(day) if slot in each.slots]

    def due(self, day: date) -> tuple[Mark, ...]:
        """Every mark that is due on `day`."""
        return self._stretch(day).due

    def exercises(self, first: date, last: date) -> list[Exercise]:
        """The exercises planned on any of these days, in the order of the newest plan."""
        begun = self.changes[bisect_right(self.changes, first) : bisect_right(self.changes, last)]
        planned: dict[str, Exercise] = {}
        for day in reversed([first, *begun]):
            planned |= {each.exercise.slug: each.exercise for each in self._stretch(day).rows if each.marks}
        return list(planned.values())

    def exercise(self, slug: str) -> Exercise | None:
        """The exercise with that slug, if it was ever in this plan."""
        newest = (rows[-1].exercise for _days, rows in self._courses)
        return next((each for each in newest if each.slug == slug), None)

    def changed_between(self, first: date, last: date) -> list[date]:
        """The days on which a dose changed. The first day of the plan is not a change, nor is another order alone."""
        begun = self.changes[max(bisect_left(self.changes, first), 1) : bisect_right(self.changes, last)]
        return [change for change in begun if any(_another_dose(*each) for each in self._begun.get(change, []))]

    def planned(self, today: date) -> list[date]:
        """The days after today on which the plan changes."""
        return [change for change in self.changes[1:] if change > today and change in self._begun]

    def prescribed_on(self, day: date) -> list[Prescription]:
        """The prescriptions that change on that day, unless only their order does."""
        begun = [row.prescription for row, before in self._begun.get(day, []) if _another_dose(row, before)]
        return sorted(begun, key=IN_ORDER)

    def replaced(self, wanted: Iterable[Prescription], since: date) -> "Plan":
        """A copy with `wanted` in force from `since`; prescriptions that stay the same add no row."""
        wanted = [each for each in wanted if each.slots or self.exercise(each.exercise.slug)]
        before = {each.exercise_id: each.asks for each in self.on(since - timedelta(days=1))}
        asked = {each.exercise_id for each in wanted}
        kept = [each for each in self.rows if each.since != since or each.exercise_id not in asked]
        rows = [each.changed(since=since) for each in wanted if each.asks != before.get(each.exercise_id)]
        return Plan([*kept, *rows])

    def without(self, change: date) -> "Plan":
        """A copy without the change of that day."""
        return Plan([each for each in self.rows if each.since != change])

    def refuse_too_long(self, since: date) -> None:
        """Raise ValidationError if a session is too long on `since` or after a later change."""
        for day in {since, *(change for change in self.changes if change >= since)}:
            refuse_too_long(self.on(day))


def _another_dose(row: PlanRow, before: PlanRow | None) -> bool:
    return before is None or row.asks[1] != before.asks[1]
