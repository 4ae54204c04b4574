from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from exercises.models import Preferences, User
from exercises.models.user import normal_email
from exercises.record import demo


class Command(BaseCommand):
    help = "Makes a demo account with a realistic history up to yesterday. Running it again gives the same history."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", default="demo@example.org")
        parser.add_argument("--password", default="ten-sets-a-day")
        parser.add_argument("--days", type=int, default=365, help="days of history; 0 makes an empty account")

    def handle(self, *args: Any, email: str, password: str, days: int, **options: Any) -> None:
        if not 0 <= days <= demo.MOST_DAYS:
            raise CommandError(f"--days must be from 0 to {demo.MOST_DAYS}.")
        new = User(email=normal_email(email))
        _refuse_unfit(new, password)
        user = User.objects.filter(email=new.email).first() or new
        if user.pk and not demo.can_replace(user):
            raise CommandError(f"{email} is not a demo account. Its records would be replaced. Nothing was changed.")
        today = timezone.now().date()
        user.is_demo = days > 0
        user.set_password(password)
        with transaction.atomic():
            user.save()
            EmailAddress.objects.update_or_create(
                user=user, email=user.email, defaults={"verified": True, "primary": True}
            )
            if not Preferences.objects.filter(user=user).exists():
                user.begin(today)  # an account without records, should the next step not come to its end
        demo.write(user, today=today, days=days)
        self.stdout.write(f"Demo account: {email}  password: {password}")


def _refuse_unfit(user: User, password: str) -> None:
    """As sign-up does: nobody could log in with anything else."""
    try:
        User._meta.get_field("email").clean(user.email, user)
    except ValidationError as error:
        raise CommandError("--email has to be an email address. Nothing was changed.") from error
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(f"{error.messages[0]} Nothing was changed.") from error
    if not password.isprintable():
        raise CommandError("--password has a character that no form takes, such as a line break. Nothing was changed.")
