"""Writes the export: everything as JSON, or the sets that count as CSV. In pieces, so ten years need no more memory
than a week.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, Field, OuterRef, QuerySet

from exercises.models import CompletedSet, DayNote, PainRating, Preferences, RestDay, Session, Undo, User

VERSION = 1
BATCH = 500
# The names in the file, and the columns of their values.
DOSE = ("reps", "effort_seconds", "pause_seconds", "variant")
SET = {"id": "uuid", "exercise": "exercise__slug", "slot": "slot", "day": "day", "completed_at": "completed_at",
       "timezone": "time_zone", "source": "source", "reps": "reps", "session": "session",
       **{f"dose_{name}": f"dose_{name}" for name in DOSE}}  # fmt: skip
SESSION = {"id": "uuid", "slot": "slot", "day": "day", "timezone": "time_zone", "started_at": "started_at",
           "finished_at": "finished_at"}  # fmt: skip
DAY_FACT = {"id": "uuid", "day": "day", "said_at": "said_at"}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def document(user: User) -> Iterator[str]:
    """Everything, as the text of one JSON object."""
    yield f'{{\n"version": {VERSION}'
    for name, entries in _sections(user):
        yield f',\n"{name}": [\n'
        yield from _pieces(map(_json, entries), ",\n")
        yield "]"
    yield f',\n"preferences": {_json(preferences(user.preferences))}\n}}\n'


def table(user: User) -> Iterator[str]:
    """The sets that were not undone, one on each line, after a line with the names of the columns."""
    yield _line(SET)
    kept = _oldest_first(CompletedSet.objects.of(user).not_undone())
    yield from _pieces((_line(map(_cell, entry.values())) for entry in _entries(kept, SET)), "")


def preference_fields() -> list[Field]:
    """All settings of a user. A new setting is in the file without a change here."""
    return [each for each in Preferences._meta.concrete_fields if not (each.primary_key or each.is_relation)]


def preferences(chosen: Preferences) -> dict[str, Any]:
    return {field.attname: getattr(chosen, field.attname) for field in preference_fields()}


def escaped(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: a ' in front prevents that. `unescaped` removes it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def unescaped(cell: str) -> str:
    return cell.removeprefix("'")


def _sections(user: User) -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
    yield "sets", map(_with_dose, _facts(user, _oldest_first(CompletedSet.objects.of(user)), SET))
    yield "undos", _entries(Undo.objects.of(user).order_by("uuid"), {"id": "uuid", "target": "target"})
    yield "prescriptions", _prescriptions(user)
    yield "sessions", _facts(user, Session.objects.of(user).order_by("started_at", "uuid"), SESSION)
    yield (
        "pain",
        _facts(user, PainRating.objects.of(user).oldest_first(), {**DAY_FACT, "site": "site", "score": "score"}),
    )
    yield (
        "rest_days",
        _facts(user, RestDay.objects.of(user).oldest_first(), {**DAY_FACT, "reason": "reason", "on": "on"}),
    )
    yield "notes", _facts(user, DayNote.objects.of(user).oldest_first(), {**DAY_FACT, "text": "text"})


def _oldest_first(sets: Any) -> QuerySet[CompletedSet]:
    """Sets by instant. The uuid decides between two of the same instant."""
    return sets.order_by("completed_at", "uuid")


def _facts(user: User, facts: QuerySet[Any], fields: dict[str, str]) -> Iterator[dict[str, Any]]:
    """All facts, each with whether it was undone."""
    undos = Undo.objects.filter(user=user, target=OuterRef("uuid"))
    return _entries(facts.annotate(undone=Exists(undos)), {**fields, "undone": "undone"})


def _with_dose(entry: dict[str, Any]) -> dict[str, Any]:
    dose = {name: entry.pop(f"dose_{name}") for name in DOSE}
    return {**entry, "dose": dose}


def _prescriptions(user: User) -> Iterator[dict[str, Any]]:
    names = ("since", "first_slot", "slots", "order", "reps", "effort_seconds", "pause_seconds", "variant")
    for each in user.plan.prescriptions:
        yield {"exercise": each.exercise.slug, **{name: getattr(each, name) for name in names}}


def _entries(found: QuerySet[Any], fields: dict[str, str]) -> Iterator[dict[str, Any]]:
    for row in found.values_list(*fields.values()).iterator(chunk_size=BATCH):
        yield dict(zip(fields, row, strict=True))


def _pieces(texts: Iterator[str], between: str) -> Iterator[str]:
    """BATCH texts at a time, because each piece is a write to the network."""
    piece = between.join(islice(texts, BATCH))
    while piece:
        yield piece
        more = between.join(islice(texts, BATCH))
        piece = more and between + more


class _Exact(DjangoJSONEncoder):
    """Encodes instants to the microsecond, as they are stored."""

    def default(self, o: Any) -> Any:
        return _instant(o) if isinstance(o, datetime) else super().default(o)


_json = _Exact(ensure_ascii=False).encode


def _instant(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return escaped(_instant(value) if isinstance(value, datetime) else str(value))


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
