"""The tables as every test finds them: the catalogue and what migrations write is there, and nothing else."""

from django.apps import apps
from django.db import connection, transaction
from django.test import TransactionTestCase

KEPT = ("contenttypes.ContentType", "auth.Permission", "exercises.Exercise")


def keep_what_is_there():
    """Makes each test with real transactions bring back the rows that are there now. Call it once for each database.

    Django's flush truncates every table, which on PostgreSQL makes new files for each, and then writes the permissions
    once more. That took most of the time of such a test.
    """
    kept = {model: list(model._base_manager.order_by("pk")) for model in map(apps.get_model, KEPT)}
    rows = {model: rows_of(model) for model in kept}
    written = [f"DELETE FROM {connection.ops.quote_name(name)}" for name in tables_but(kept)]

    def bring_back(_case):
        connection.ops.execute_sql_flush(written)
        with transaction.atomic():
            changed = [model for model in kept if rows_of(model) != rows[model]]
            for model in reversed(changed):
                model._base_manager.all().delete()
            for model in changed:
                model._base_manager.bulk_create(kept[model])

    TransactionTestCase._fixture_teardown = bring_back


def rows_of(model):
    return list(model._base_manager.order_by("pk").values_list())


def tables_but(kept):
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(names) - {model._meta.db_table for model in kept})
