from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from footcare.backups import back_up
from footcare.backups.errors import Failed


class Command(BaseCommand):
    help = "Writes everything in the database to one file, while the servers run. `restore` takes it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to; a backup of that name is replaced by the new one")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            back_up(file)
        except Failed as failed:
            raise CommandError(str(failed)) from failed
        self.stdout.write(f"Backed up to {file}: {file.stat().st_size / 1e6:.1f} MB.")
