"""Queries that nearly every request asks, made into SQL once: the ORM takes five times as long to make it as to ask."""

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import Any, TypeVar

from django.db import connection
from django.db.models import BigIntegerField, DateField, Expression, Field, Model, QuerySet

Converter = tuple[int, Callable, Any]  # the place in a row, what converts, the column as it wants it
AnyModel = TypeVar("AnyModel", bound=Model)


class Given(Expression):
    """Stands in a queryset for a value that is given when it is asked."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list["Given"]]:  # type: ignore[override]
        return "%s", [self]


USER, FIRST, LAST = Given("user", BigIntegerField()), Given("first", DateField()), Given("last", DateField())


class Prepared:
    """`Prepared(lambda: <queryset of values_list, with Givens in it>)`, asked by `.rows(name=value)`."""

    def __init__(self, queryset: Callable[[], QuerySet]) -> None:
        self._queryset = queryset

    def rows(self, **given: Any) -> list[tuple]:
        """What the queryset would give, as a list."""
        sql, parameters, converters = self._made
        values = [
            each.output_field.get_db_prep_value(given[each.name], connection) if isinstance(each, Given) else each
            for each in parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return _converted(cursor.fetchall(), converters)

    @cached_property
    def _made(self) -> tuple[str, Sequence[Any], list[Converter]]:
        """SQL, its parameters, and what makes values of Python of columns of the database."""
        compiler = self._queryset().query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters(column for column, *_ in compiler.select[: compiler.col_count])
        each = [(place, make, column) for place, (makers, column) in converters.items() for make in makers]
        return sql, parameters, each


@cache
def fields_of(model: type[Model], beside: str = "") -> list[str]:
    """The names for values_list of all that a model holds, `beside` the model that is asked for."""
    return [f"{beside}{field.attname}" for field in model._meta.concrete_fields]


def read(model: type[AnyModel], values: Sequence[Any]) -> AnyModel:
    """The object that a row of `fields_of` is."""
    return model.from_db(connection.alias, fields_of(model), values)


def _converted(rows: list[tuple], converters: list[Converter]) -> list[tuple]:
    """Column by column, each value once: of a column of hundreds most are alike."""
    if not rows:
        return rows
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for place, make, column in converters:
        made = {value: make(value, column, connection) for value in set(columns[place])}
        columns[place] = [made[value] for value in columns[place]]
    return list(zip(*columns, strict=True))
