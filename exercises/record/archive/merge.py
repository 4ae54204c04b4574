"""Imports a file into an account: preview() first, then apply(), as a whole or not at all.

A fact whose id is there already stays as it is, so the same file adds nothing a second time. Only an account without
facts takes the plan and the settings of the file.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby, islice
from time import thread_time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Value
from django.utils.translation import gettext as _

from exercises.models import Exercise, Plan, Preferences, Prescription, User
from exercises.models.training import Fact
from exercises.record.archive.entries import MODELS, read_fact
from exercises.record.archive.export import BATCH
from exercises.record.archive.plan_and_settings import read_plan, read_preferences
from exercises.record.archive.reader import Entry
from exercises.record.archive.table import TableEntry
from exercises.record.archive.unreadable import Unreadable
from exercises.record.parsing import Rejected
from exercises.record.staging import Staging


@dataclass
class ImportResult:
    """What an import has done or would do. Counts are by section; `rejected` counts by section and reason."""

    new_account: bool
    added: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    rejected: dict[str, dict[str, int]] = field(default_factory=dict)
    left_out: int = 0
    lines: dict[str, list[int]] = field(default_factory=dict)  # of a table: the first ones, by reason
    plan: bool = False
    settings: bool = False
    first_day: str = ""  # the new first day of the plan, as 2026-11-20; empty if it stays

    def reject(self, section: str, reason: str, line: int = 0) -> None:
        """Raises Unreadable for an entry too many."""
        reasons = self.rejected.setdefault(section if section in SECTIONS else "", {})
        reasons[reason] = reasons.get(reason, 0) + 1
        if line and len(lines := self.lines.setdefault(reason, [])) < MOST_LINES:
            lines.append(line)
        self.left_out += 1
        if self.left_out > settings.IMPORT_MAX_REJECTED:
            text = _(
                "Nothing was added, because more than %(most)s entries of this file have errors. The last: %(why)s"
            )
            raise Unreadable(text % {"most": f"{settings.IMPORT_MAX_REJECTED:,}", "why": reason})

    @property
    def nothing_new(self) -> bool:
        return not (self.added.total() or self.plan or self.settings)

    def as_json(self) -> dict[str, Any]:
        return vars(self)

    @classmethod
    def from_json(cls, saved: dict[str, Any]) -> "ImportResult":
        return cls(**{**saved, "added": Counter(saved["added"]), "known": Counter(saved["known"])})


SECTIONS = (*MODELS, "prescriptions", "preferences")
MOST_LINES = 5


def preview(user: User, entries: Iterable[Entry], now: datetime) -> ImportResult:
    """What apply() would do. Writes nothing. Raises Unreadable."""
    merge = _Merge(user, now)
    merge.look_through(_in_time(entries))
    return merge.finish()


def _in_time(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Raises Unreadable when looking through the entries takes more time of the processor than a file may take."""
    until = thread_time() + settings.IMPORT_MAX_SECONDS
    for number, entry in enumerate(entries):
        if number % BATCH == 0 and thread_time() > until:
            raise Unreadable(_("We could not read this file in time. Nothing was added. Please try again later."))
        yield entry


Finish = Callable[[ImportResult], ImportResult]


def apply(user: User, entries: Iterable[Entry], now: datetime, finish: Finish = lambda each: each) -> ImportResult:
    """Store everything that is not rejected, or nothing. Raises Unreadable when more is rejected than in preview().

    The file is read and checked before the transaction, which then only moves what was prepared, and calls `finish`.
    """
    with Staging() as staging:
        merge = _Merge(user, now, staging)
        merge.look_through(entries)
        with transaction.atomic():
            user.take_turn()
            return finish(merge.bring_in(staging))


class _Merge:
    """Without a staging nothing is written."""

    def __init__(self, user: User, now: datetime, staging: Staging | None = None) -> None:
        self._user, self._now, self._staging = user, now, staging
        self._exercises = {each.slug: each for each in Exercise.objects.all()}
        self._plan = user.plan
        self._seen: dict[int, str] = {}
        self._raw_plan: list[Any] = []
        self._raw_preferences: Any = None
        self._earliest: date | None = None
        self.result = ImportResult(self._without_facts())

    def _without_facts(self) -> bool:
        return not any(model._default_manager.filter(user=self._user).exists() for model in MODELS.values())

    def look_through(self, entries: Iterable[Entry]) -> None:
        """Check every entry, and stage the facts that are new."""
        facts = self._facts(entries)
        while batch := list(islice(facts, BATCH)):
            self._take_facts(batch)

    def bring_in(self, staging: Staging) -> ImportResult:
        """Make the staged facts the user's, by what is there now. Call it in the turn of the user."""
        self.result.new_account = self._without_facts()
        self._user.forget_plan()
        self._plan = self._user.plan
        moved = staging.move(self._user)
        for section, model in MODELS.items():
            self.result.known[section] += self.result.added[section] - moved[model]
            self.result.added[section] = moved[model]
        return self.finish()

    def finish(self) -> ImportResult:
        """The plan and the settings, once the facts are known."""
        if self.result.new_account:
            self._take_plan_and_settings()
        self._reach_back()
        if self._staging:
            self._user.forget_plan()
        return self.result

    def _facts(self, entries: Iterable[Entry]) -> Iterator[tuple[str, Fact]]:
        for section, raw in entries:
            if section == "prescriptions":
                self._raw_plan += [raw] if len(self._raw_plan) <= settings.PLAN_MAX_ROWS else []
            elif section == "preferences":
                self._raw_preferences = raw
            else:
                try:
                    yield section, read_fact(section, raw, self._exercises, self._user.preferences, self._now)
                except Rejected as rejected:
                    self.result.reject(section, str(rejected), raw.line if isinstance(raw, TableEntry) else 0)

    def _take_facts(self, batch: list[tuple[str, Fact]]) -> None:
        uuids = [fact.uuid for _section, fact in batch]
        there = {} if self.result.new_account else _sections_of(self._user, uuids)
        fresh = []
        for section, fact in batch:
            before = self._seen.setdefault(fact.uuid.int, there.get(fact.uuid, ""))
            if before == section:
                self.result.known[section] += 1
            elif before:
                self.result.reject(section, _("Another entry with this id is already saved. It stays as it is."))
            else:
                self._seen[fact.uuid.int] = section
                fresh.append((section, fact))
        self._add(fresh)

    def _add(self, fresh: list[tuple[str, Fact]]) -> None:
        for section, group in groupby(fresh, key=lambda each: each[0]):
            facts = [fact for _section, fact in group]
            self.result.added[section] += len(facts)
            days = [fact.day for fact in facts if hasattr(fact, "day")]
            self._earliest = min([*days, *filter(None, [self._earliest])], default=None)
            if self._staging:
                self._staging.add(facts)

    def _take_plan_and_settings(self) -> None:
        """Take the plan and the preferences of the file, each as a whole."""
        if self._raw_plan and (plan := self._read("prescriptions")):
            self.result.plan = True
            self._plan = Plan(tuple(plan))
            if self._staging:
                Prescription.objects.filter(user=self._user).delete()
                Prescription.objects.bulk_create(plan)
        if self._raw_preferences is not None and (preferences := self._read("preferences")):
            self.result.settings = True
            if self._staging:
                preferences.save()
                self._user.preferences = preferences

    def _read(self, section: str) -> Any:
        try:
            if section == "prescriptions":
                return read_plan(self._raw_plan, self._user, self._exercises)
            return read_preferences(self._raw_preferences, Preferences.objects.get(user=self._user))
        except Rejected as rejected:
            self.result.reject(section, str(rejected))

    def _reach_back(self) -> None:
        """Move the first day of the plan back to the morning of the first fact, so no fact is before the plan."""
        first = self._plan.first_day
        if first and self._earliest and self._earliest < first:
            self.result.first_day = self._earliest.isoformat()
            if self._staging:
                Prescription.objects.filter(user=self._user, since=first).update(since=self._earliest, first_slot="")


def _sections_of(user: User, uuids: list[UUID]) -> dict[UUID, str]:
    """The sections of those ids that this user has already, by one query."""
    of_each = [
        model._default_manager.filter(user=user, uuid__in=uuids).values_list("uuid", Value(section))
        for section, model in MODELS.items()
    ]
    return dict(of_each[0].union(*of_each[1:], all=True))
