from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from exercises.models import User
from footcare.backups import restore
from footcare.backups.errors import Failed


class Command(BaseCommand):
    help = (
        "Replaces everything in the database with a backup. "
        "After an older backup, run `prepare`; `make run` does this for you."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file written by `backup` from the same kind of database")
        parser.add_argument(
            "--force", action="store_true", help="restore even if there are accounts; they are replaced"
        )

    def handle(self, *args: Any, file: Path, force: bool, **options: Any) -> None:
        if not force and _holds_accounts():
            raise CommandError("This database has accounts. Use --force to replace them with the backup.")
        try:
            older = restore(file)
        except Failed as failed:
            raise CommandError(f"{failed} Nothing was changed.") from failed
        self.stdout.write(f"Restored from {file}.")
        if older:
            self.stdout.write("It comes from an earlier release. Run `manage.py prepare` now.")


def _holds_accounts() -> bool:
    return User._meta.db_table in connection.introspection.table_names() and User.objects.exists()
