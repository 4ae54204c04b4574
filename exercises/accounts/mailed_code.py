"""Codes by mail: eight digits, made from the moment at which the mail was sent.

No code is stored. Whoever may have one (the right password, the log-in session) has the code of the newest mail, in
whichever tab or browser: so a second submit needs no second mail. A code ends when the account changes.
"""

import unicodedata
from typing import Any

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from exercises.models import User

DIGITS, HALF = 8, 4
HOLDS = 15 * 60  # seconds
ALIKE = str.maketrans("oOiIlL|", "0011111")
TO_CONFIRM, TO_LOG_IN = "confirm", "log in"


def code_of(purpose: str, user: User, email: str, mailed_at: float) -> str:
    """ "1234 5678". `mailed_at` is in seconds since 1970."""
    used = user.last_login if purpose == TO_LOG_IN else ""  # a log-in ends all codes to log in
    about = f"{purpose} {user.pk} {user.email} {user.session_stamp} {used} {email} {mailed_at!r}"
    digest = salted_hmac(__name__, about, algorithm="sha256").hexdigest()
    digits = str(int(digest, 16))[-DIGITS:]
    return f"{digits[:HALF]} {digits[HALF:]}"


def expected(purpose: str, process: Any) -> str:
    """The code that `process`, which allauth keeps in the log-in session, waits for. Empty if it waits for no code:
    an address that is not known here was mailed none, and the last may be too old.
    """
    mailed_at = process.state.get("mailed_at")
    if process.user is None or mailed_at is None or abs(timezone.now().timestamp() - mailed_at) > HOLDS:
        return ""
    return code_of(purpose, process.user, process.state["email"], mailed_at)


def is_code(text: str, code: str) -> bool:
    return bool(code) and constant_time_compare(typed(text), typed(code))


def typed(text: str) -> str:
    """The digits of what was typed: without spaces and dashes, in the digits of any script, O for 0 and l for 1."""
    return "".join(_digit(each) for each in text.translate(ALIKE) if each.isalnum())


def _digit(letter: str) -> str:
    return str(unicodedata.digit(letter, letter))
