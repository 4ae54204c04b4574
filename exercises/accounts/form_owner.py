"""Names in a form, signed, the account to which its page was shown.

When a form is sent twice without scripts, the second may arrive after the first has ended the log-in session.
"""

from django.core import signing
from django.http import HttpRequest

from exercises.models import User

FIELD, SALT, AGE = "account", "exercises.accounts.form_owner", 24 * 3600  # seconds


def signed(user: User) -> str:
    return signing.dumps(user.pk, salt=SALT)


def owner_of(request: HttpRequest) -> int | None:
    """The primary key of the account, which may be erased; None without a valid name."""
    try:
        pk: int = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return None
    return pk
