"""A queryset compiled to SQL once. The ORM takes five times as long to build such a query as to run it.

To remove it: delete this file and replace each `.rows(x=...)` in range_queries.py by its queryset. Nothing but speed
changes: Today and a tick become some milliseconds slower. The SQL is compiled for the first database that asks, so one
process serves one database. It relies on Django's compiler (`as_sql`, `get_converters`), which is not public API:
tests/models/test_compiled_query.py compares each query with its queryset.
"""

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, DateField, Expression, Field, JSONField, Model, QuerySet, TextField

Converter = tuple[int, Callable, Any]  # the place in a row, the function that converts, the column it asks for
AnyModel = TypeVar("AnyModel", bound=Model)


class Param(Expression):
    """Stands in a queryset for a value that `rows` is given."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list["Param"]]:  # type: ignore[override]
        return "%s", [self]


USER, FIRST, LAST = Param("user", BigIntegerField()), Param("first", DateField()), Param("last", DateField())


class CompiledQuery:
    """`CompiledQuery(lambda: <queryset of values_list, with Params in it>)`, run by `.rows(name=value)`."""

    def __init__(self, queryset: Callable[[], QuerySet]) -> None:
        self._queryset = queryset

    def rows(self, **given: Any) -> list[tuple]:
        """The rows of the queryset, as a list."""
        sql, parameters, converters = self._compiled
        database = connections[DEFAULT_DB_ALIAS]  # looked up once: the proxy `connection` looks it up at each use
        values = [
            each.output_field.get_db_prep_value(given[each.name], database) if isinstance(each, Param) else each
            for each in parameters
        ]
        with database.cursor() as cursor:
            cursor.execute(sql, values)
            return _converted(cursor.fetchall(), converters, database)

    @cached_property
    def _compiled(self) -> tuple[str, Sequence[Any], list[Converter]]:
        """The SQL, its parameters, and the converters from columns to Python values."""
        compiler = self._queryset().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters(column for column, *_ in compiler.select[: compiler.col_count])
        each = [(place, make, column) for place, (makers, column) in converters.items() for make in makers]
        return sql, parameters, each


@cache
def column_names(model: type[Model], prefix: str = "") -> list[str]:
    """The names for values_list of the columns of a model; `prefix` is the path to it, like "exercise__".

    Long texts are left out: Django reads them if they are asked for.
    """
    short = (each for each in model._meta.concrete_fields if not isinstance(each, (TextField, JSONField)))
    return [f"{prefix}{field.attname}" for field in short]


def from_row(model: type[AnyModel], values: Sequence[Any]) -> AnyModel:
    """The object whose `column_names` have these values."""
    return model.from_db(DEFAULT_DB_ALIAS, column_names(model), values)


def _converted(rows: list[tuple], converters: list[Converter], database: Any) -> list[tuple]:
    """Converts column by column and each value once: most values of a column are alike."""
    if not rows:
        return rows
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for place, make, column in converters:
        converted = {value: make(value, column, database) for value in set(columns[place])}
        columns[place] = [converted[value] for value in columns[place]]
    return list(zip(*columns, strict=True))
