"""The codes of an app and the recovery codes of a user: turned on and off together, each accepted once."""

from dataclasses import dataclass
from datetime import datetime
from secrets import compare_digest
from unicodedata import decimal

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy

from exercises.accounts.encryption import Unreadable, decrypt, encrypt, renewed
from exercises.models import User

Type = Authenticator.Type
KINDS = (Type.TOTP, Type.RECOVERY_CODES)
MOST = 10  # recovery codes
FEW = 3
SETUP, SETUP_SECONDS = "exercises.accounts.codes.setup", 3600
WRONG = gettext_lazy("That code is not right. Please try again.")
USED = gettext_lazy("You have used this code already. Wait for the next one. It comes within half a minute.")
WRONG_FIRST = gettext_lazy("That code is not right. Please enter the one that the app shows now.")
TOO_OLD = gettext_lazy("This page was open too long. Here is a new picture. Scan it with the app.")
UNREADABLE = gettext_lazy("Your codes no longer work on this site. Ask the person who runs it for a link to log in.")


class Refused(Exception):
    """A code that is not accepted, with a sentence that says why."""


@dataclass(frozen=True)
class State:
    """What "Log-in and security" says of codes. `readable`: whether a key of this server still opens them."""

    since: datetime
    last_used: datetime | None
    left: int
    readable: bool

    @property
    def few(self) -> bool:
        return self.left <= FEW


def are_on(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Type.TOTP).exists()


def state_of(app: Authenticator | None, recovery: Authenticator | None) -> State | None:
    """None while codes are off."""
    if app is None:
        return None
    used = recovery.data["used_mask"].bit_count() if recovery else MOST
    times = [each.last_used_at for each in (app, recovery) if each and each.last_used_at]
    return State(app.created_at, max(times, default=None), MOST - used, _is_readable(app))


def _is_readable(app: Authenticator) -> bool:
    try:
        return bool(decrypt(app.data["secret"]))
    except Unreadable:
        return False


def new_setup(user: User) -> tuple[str, str]:
    """A secret, and the same sealed for the form of this user: two tabs may each have their own."""
    secret = generate_totp_secret()
    return secret, encrypt(f"{user.pk} {secret}", SETUP)


def secret_in(sealed: str, user: User) -> str:
    """Raises Unreadable for what this server has not sealed for this user within the last hour."""
    pk, _blank, secret = decrypt(sealed, SETUP, SETUP_SECONDS).partition(" ")
    if pk != str(user.pk):
        raise Unreadable
    return secret


def app_address(user: User, secret: str) -> str:
    """The "otpauth:" address that a code app reads."""
    return get_adapter().build_totp_url(user, secret)


def counter_of(secret: str, code: str) -> int | None:
    """The half minute whose code this is: the present one, or its neighbours. None if it is another code."""
    for counter in yield_hotp_counters_from_time():
        if code.isascii() and compare_digest(format_hotp_value(hotp_value(secret, counter)), code):
            return int(counter)
    return None


def turn_on(user: User, secret: str, counter: int) -> bool:
    """Stores the secret and makes recovery codes; False if codes were on. The code that proved it is used up."""
    with transaction.atomic():
        user.take_turn()
        if are_on(user):
            return False
        Authenticator.objects.filter(user=user, type__in=KINDS).delete()
        app = TOTP.activate(user, secret).instance
        app.data["used"] = [counter]
        app.save(update_fields=["data"])
        RecoveryCodes.activate(user)
        return True


def turn_off(user: User) -> bool:
    """Deletes both kinds; False if codes were off."""
    with transaction.atomic():
        user.take_turn()
        return bool(Authenticator.objects.filter(user=user, type__in=KINDS).delete()[0])


def make_recovery_codes(user: User) -> bool:
    """Replaces the old ones. False if codes were turned off meanwhile: without them there are no recovery codes."""
    with transaction.atomic():
        user.take_turn()
        if not are_on(user):
            return False
        Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
        RecoveryCodes.activate(user)
        return True


def unused_recovery_codes(recovery: Authenticator) -> list[str]:
    """ "1234 5678". Raises Unreadable."""
    return [f"{code[:4]} {code[4:]}" for code in RecoveryCodes(recovery).get_unused_codes()]


def normal_code(typed: str) -> str:
    """Digits of any script as ASCII, without blanks and dashes."""
    return "".join(str(decimal(each, each)) for each in typed if not each.isspace() and each not in "-‐‑–")


def accept(user: User, typed: str) -> Authenticator:
    """Uses up the code, and returns what it is of. Raises Refused.

    The rows are locked, so of parallel tries with one code one is accepted. allauth remembers a code of an app for half
    a minute in the cache, but it holds for a minute and a half, and a cache may forget.
    """
    code = normal_code(typed)
    with transaction.atomic():
        user.take_turn()
        held = {each.type: each for each in Authenticator.objects.filter(user=user, type__in=KINDS)}
        try:
            accepted = _accepted(held, code) if code.isascii() else None
        except Unreadable as error:
            raise Refused(UNREADABLE) from error
        if accepted is None:
            raise Refused(WRONG)
        if settings.SECRET_KEY_FALLBACKS:
            _encrypt_with_new_key(user)
    return accepted


def _accepted(held: dict[str, Authenticator], code: str) -> Authenticator | None:
    app, recovery = held.get(Type.TOTP), held.get(Type.RECOVERY_CODES)
    if app is None:
        return None
    if _use_of_app(app, code):
        return app
    return recovery if recovery and RecoveryCodes(recovery).validate_code(code) else None


def _use_of_app(app: Authenticator, code: str) -> bool:
    """The half minutes whose codes were used stay in `used` as long as they could be sent again."""
    counter = counter_of(decrypt(app.data["secret"]), code)
    if counter is None:
        return False
    used = [each for each in app.data.get("used", []) if each in yield_hotp_counters_from_time()]
    if counter in used:
        raise Refused(USED)
    app.data["used"] = [*used, counter]
    app.save(update_fields=["data"])
    return True


def _encrypt_with_new_key(user: User) -> None:
    """Stores the secrets under the newest key, so that removing the old one does not lock this user out."""
    for each in Authenticator.objects.filter(user=user, type__in=KINDS):
        for name in {"secret", "seed"} & each.data.keys():
            each.data[name] = renewed(each.data[name])
        each.save(update_fields=["data"])
