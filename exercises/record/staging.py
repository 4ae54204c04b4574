"""Brings many facts in at once: prepared where nobody waits for it, then moved in one short step.

They are prepared in temporary tables, which only this connection sees and which end with it. So a crash leaves nothing
behind, and the transaction that moves them lasts for a copy inside the database, not for the reading of a file.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any, Self

from django.db import connection
from django.db.models import Field

from exercises.models import FACTS, User
from exercises.models.training import Fact

FILLED_BY_MOVE = ("user", "recorded_at")  # fields that are filled in by move(), the second by its default


class Staging:
    """`with Staging() as staging`: add() facts, then move() them in a transaction."""

    def __enter__(self) -> Self:
        with connection.cursor() as cursor:
            for model in FACTS:
                cursor.execute(f"DROP TABLE IF EXISTS {_staged(model)}")
                copied = f"SELECT {_columns(model)} FROM {_table(model)} WHERE 1 = 0"
                cursor.execute(f"CREATE TEMPORARY TABLE {_staged(model)} AS {copied}")
        return self

    def __exit__(self, *error: Any) -> None:
        if connection.needs_rollback:
            return  # the tables go with the transaction
        with connection.cursor() as cursor:
            for model in FACTS:
                cursor.execute(f"DROP TABLE {_staged(model)}")

    def add(self, facts: Sequence[Fact]) -> None:
        """Facts of one kind, of no user yet."""
        model, fields = type(facts[0]), _fields(type(facts[0]))
        row = f"({', '.join(['%s'] * len(fields))})"
        into = f"INSERT INTO {_staged(model)} ({_columns(model)}) VALUES "
        rows = ([each.get_db_prep_save(getattr(fact, each.attname), connection) for each in fields] for fact in facts)
        most = connection.ops.bulk_batch_size(fields, facts)
        with connection.cursor() as cursor:
            while some := list(islice(rows, most)):
                cursor.execute(into + ", ".join([row] * len(some)), [value for each in some for value in each])

    def move(self, user: User) -> Counter[type[Fact]]:
        """Make them facts of this user, but for ids that have become known meanwhile. Returns how many of each kind.

        Call it in the turn of the user.
        """
        known = [model for model in FACTS if model._default_manager.filter(user=user).exists()]
        moved: Counter[type[Fact]] = Counter()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL statement_timeout = '60s'")  # ten years may take longer than a page
            for model in FACTS:
                new = " AND ".join(["1 = 1", *(_not_in(each, _staged(model)) for each in known)])
                copied = f"SELECT %s, {_columns(model)} FROM {_staged(model)} WHERE {new}"
                cursor.execute(
                    f"INSERT INTO {_table(model)} (user_id, {_columns(model)}) {copied}",
                    [user.pk] * (1 + len(known)),
                )
                moved[model] = cursor.rowcount
        return moved


def _not_in(model: type[Fact], staged: str) -> str:
    same = f"{_table(model)}.user_id = %s AND {_table(model)}.uuid = {staged}.uuid"
    return f"NOT EXISTS (SELECT 1 FROM {_table(model)} WHERE {same})"


def _fields(model: type[Fact]) -> list[Field]:
    return [each for each in model._meta.concrete_fields if each.name not in FILLED_BY_MOVE]


def _columns(model: type[Fact]) -> str:
    return ", ".join(connection.ops.quote_name(str(each.column)) for each in _fields(model))


def _table(model: type[Fact]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _staged(model: type[Fact]) -> str:
    return connection.ops.quote_name(f"staged_{model._meta.model_name}")
