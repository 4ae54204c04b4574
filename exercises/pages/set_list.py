"""The list of sets on the page of a day: time, session, and what restores an undone set."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from exercises.models import CompletedSet, Plan, Preferences, Slot
from exercises.models.training import SetRow
from exercises.record.corrections import is_at_no_time, restorable_fields


@dataclass(frozen=True)
class Entry:
    """One set. `number` tells sets apart that differ only by id; else 0. `at` is None without a time of day.

    `restore` holds the fields that record an undone set again, as JSON; empty if it cannot come back as it was.
    """

    of: CompletedSet
    number: int
    at: datetime | None
    restore: str

    @property
    def session(self) -> str:
        label = str(Slot(self.of.slot).label)
        return _("%(session)s %(number)d") % {"session": label, "number": self.number} if self.number else label

    @property
    def whole(self) -> bool:
        return self.row.done.fill == 1

    @property
    def row(self) -> SetRow:
        each = self.of
        return SetRow(each.uuid, each.day, each.slot, each.exercise.slug, each.reps, each.dose_reps)


def list_sets(sets: Iterable[CompletedSet], plan: Plan, preferences: Preferences) -> list[Entry]:
    """The entries of the sets of one day, in the same order."""
    sets = list(sets)
    untimed = {each.uuid for each in sets if is_at_no_time(each, preferences)}
    alike = Counter((each.exercise_id, each.slot) for each in sets if each.uuid in untimed)
    seen: Counter[tuple[int, str]] = Counter()
    entries = []
    for each in sets:
        key = (each.exercise_id, each.slot)
        seen[key] += each.uuid in untimed
        number = seen[key] if each.uuid in untimed and alike[key] > 1 else 0
        at = None if each.uuid in untimed else _wall(each)
        fields = restorable_fields(each, plan, preferences)
        entries.append(Entry(each, number, at, json.dumps(fields) if fields else ""))
    return entries


def _wall(each: CompletedSet) -> datetime:
    """The local time at the place of the set."""
    return each.completed_at.astimezone(each.zone).replace(tzinfo=None)
