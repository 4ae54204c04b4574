import os
import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from exercises.reminders.sender import Sender


class Command(BaseCommand):
    help = "Sends reminders until it is stopped. bin/run starts it beside the server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            counts = Sender().once()
            self.stdout.write(", ".join(f"{counts[state]} {state}" for state in ("sent", "failed", "missed")))
            return
        stopping = Event()
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: stopping.set())
        if not Sender().run(stopping):
            os._exit(0)  # some message hangs, and Python would wait for its thread
