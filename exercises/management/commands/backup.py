from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from footcare.backups import back_up
from footcare.backups.errors import Failed


class Command(BaseCommand):
    help = "Writes the whole database to one file while the servers run. `restore` reads it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file to write; an existing file is replaced")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            back_up(file)
        except Failed as failed:
            raise CommandError(str(failed)) from failed
        self.stdout.write(f"Backed up to {file}: {file.stat().st_size / 1e6:.1f} MB.")
