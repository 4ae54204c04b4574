from typing import Any

from django.core.management.base import BaseCommand

from exercises.models.exercise import load_catalogue


class Command(BaseCommand):
    help = "Loads the four exercises. You can run it again: edits made in the admin stay."

    def handle(self, *args: Any, **options: Any) -> None:
        load_catalogue()
