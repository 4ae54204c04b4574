import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from exercises.accounts.login_links import SECONDS, token_for
from exercises.models import User
from exercises.models.user import normal_email


class Command(BaseCommand):
    help = "Prints a link that logs a user in once, without a code. It works for 15 minutes. Give it to nobody else."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address of the account")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email=normal_email(email)).first()
        if user is None:
            raise CommandError(f"There is no account with the address {email}.")
        if not user.is_active:
            raise CommandError(f"The account {email} is turned off. Turn it on in the admin first.")
        self.stdout.write(f"{_site()}{reverse('login_link', args=[token_for(user)])}")
        self.stdout.flush()  # where the link cannot be written, nothing is said of it
        self.stderr.write(f"It works once, within {SECONDS // 60} minutes, and until the next log-in of {user.email}.")


def _site() -> str:
    """PUBLIC_URL or, at home, the address that bin/run prints."""
    if settings.PUBLIC_URL:
        return str(settings.PUBLIC_URL)
    host = "localhost" if settings.HOST in ("0.0.0.0", "::") else settings.HOST
    host = f"[{host}]" if ":" in host else host
    return f"https://{host}" if settings.HTTPS else f"http://{host}:{os.environ.get('PORT', '').strip() or 8000}"
