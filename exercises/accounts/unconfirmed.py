"""Accounts whose address was not confirmed yet."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from exercises.accounts.mailed_code import HOLDS
from exercises.models import User


def forget(user: User) -> None:
    """Deletes an account that was made just now with a wrong address, so that the sets of its trial come along to the
    next one. Not one that was confirmed or used, or that belongs to an admin.
    """
    just_now = timezone.now() - timedelta(seconds=HOLDS)
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        User.objects.filter(pk=user.pk, last_login=None, is_staff=False, date_joined__gt=just_now).delete()
