"""The migrations of this release, and the tables that they make."""

from collections.abc import Iterable, Mapping
from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

APP = "exercises"
Migration = tuple[str, str]  # app and name
Columns = Mapping[str, set[str]]  # of each table


@cache
def own_migrations() -> frozenset[Migration]:
    """Read once, as they change only with a release."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def applied_migrations() -> set[Migration]:
    """Those of the database."""
    return set(MigrationRecorder(connection).applied_migrations())


def later_migrations(applied: Iterable[Migration]) -> list[Migration]:
    """Those of a later release of Footcare, in order.

    Only our own count: an upgrade of Django or allauth may drop a migration that a database has.
    """
    return sorted(each for each in set(applied) - own_migrations() if each[0] == APP)


def columns_after(migrations: Iterable[Migration]) -> Columns:
    """The tables that a database has after these migrations, each with its columns."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    state = loader.project_state([each for each in migrations if each in loader.graph.nodes])
    models = [model for model in state.apps.get_models(include_auto_created=True) if not model._meta.proxy]
    return {
        model._meta.db_table: {str(field.column) for field in model._meta.local_concrete_fields} for model in models
    }
