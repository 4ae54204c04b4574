"""Addresses that were stored as they were typed get their normal form, by which log-in looks for them."""

import logging
from typing import Any

from django.db import migrations

from exercises.models.user import normal_email

logger = logging.getLogger(__name__)
LONGEST = 254  # characters of an address, in both tables


def is_too_long(normal: str, account: int) -> bool:
    """Whether a column would not take it. Such an address stays. No log-in finds it, so the log names the account.

    No mail server takes it either. The person who runs the site gives the account another one in the admin.
    """
    if len(normal) <= LONGEST:
        return False
    logger.warning("an address too long to log in with", extra={"account": account})
    return True


def normalize_users(apps: Any, _schema_editor: Any) -> None:
    """Of accounts with one normal form the first keeps it, or the one that has it. The others stay apart.

    Those get an address that no mail can reach, and that names the account: nobody else is behind it, the password
    holds, and the person who runs the site finds it in the log.
    """
    User, EmailAddress = apps.get_model("exercises", "User"), apps.get_model("account", "EmailAddress")
    for user in User.objects.order_by("pk").only("email"):
        former, normal = user.email, normal_email(user.email)
        if former == normal or is_too_long(normal, user.pk):
            continue
        confirmed = EmailAddress.objects.filter(email=normal, verified=True).exclude(user=user)
        holder = User.objects.filter(email=normal).first() or User.objects.filter(emailaddress__in=confirmed).first()
        if holder:
            normal = f"account-{user.pk}@same-address.invalid"
            logger.warning("two accounts with one address", extra={"account": user.pk, "what": f"same as {holder.pk}"})
        User.objects.filter(pk=user.pk).update(email=normal)
        EmailAddress.objects.filter(user=user, email=normal).delete()
        EmailAddress.objects.filter(user=user, email=former).update(email=normal)


def normalize_further_addresses(apps: Any, _schema_editor: Any) -> None:
    """An address that another account has confirmed in its normal form is dropped: it was never a main one."""
    EmailAddress = apps.get_model("account", "EmailAddress")
    for address in EmailAddress.objects.order_by("pk"):
        normal = normal_email(address.email)
        if address.email == normal or is_too_long(normal, address.user_id):
            continue
        others = EmailAddress.objects.filter(email=normal)
        if others.filter(user=address.user_id).exists() or (address.verified and others.filter(verified=True).exists()):
            address.delete()
        else:
            EmailAddress.objects.filter(pk=address.pk).update(email=normal)


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("exercises", "0002_user_email_domain"),
    ]

    operations = [
        migrations.RunPython(normalize_users, migrations.RunPython.noop),
        migrations.RunPython(normalize_further_addresses, migrations.RunPython.noop),
    ]
