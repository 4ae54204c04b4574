import logging
import sqlite3
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from exercises.models import User
from footcare.deploy_lock import one_at_a_time
from footcare.readiness import sqlite_has_wal_reset_bug
from footcare.schema import applied_migrations, later_migrations

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Updates the database for this release: tables, cache, exercises. Prints the number of accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        if later := later_migrations(applied_migrations()):
            logger.warning("the database is of a later release", extra={"what": ".".join(later[-1])})
        if sqlite_has_wal_reset_bug():
            logger.warning(
                "this SQLite version can damage the database, see docs/operations.md",
                extra={"what": sqlite3.sqlite_version},
            )
        with one_at_a_time():
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
            call_command("load_catalogue")
        self.stdout.write(str(User.objects.count()))
