"""The one email address of a user, in two tables: User.email and allauth's EmailAddress. They change together."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from exercises.models import User


def confirm(user: User, email: str) -> bool:
    """Make this confirmed address the only one of the user, in their turn. False if somebody else has it meanwhile."""
    try:
        with transaction.atomic():
            user.take_turn()
            if EmailAddress.objects.filter(email=email, verified=True).exclude(user=user).exists():
                return False
            EmailAddress.objects.filter(user=user).exclude(email=email).delete()
            confirmed = {"verified": True, "primary": True}
            EmailAddress.objects.update_or_create(user=user, email=email, defaults=confirmed)
            user.email = email
            user.save(update_fields=["email"])
    except IntegrityError:  # they were faster, or a new account has it
        return False
    return True


def confirm_by_reset(user: User) -> None:
    """Whoever read the mail with the link has the address; where there are several, nobody knows which.

    Until it was confirmed, somebody else may have signed up with it: then what would log them in ends.
    """
    with transaction.atomic():
        user.take_turn()
        if not EmailAddress.objects.filter(user=user, verified=True).exists():
            SocialAccount.objects.filter(user=user).delete()
            Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).delete()
        if not EmailAddress.objects.filter(user=user).exclude(email=user.email).exists():
            confirm(user, user.email)
