"""The list of passkeys: each by its name, since when, and when it was last used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from exercises.models import Preferences
from exercises.pages.when_words import day_text

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator


@dataclass(frozen=True)
class PasskeyRow:
    """`since` is a sentence: "Added 3 November, used today"."""

    pk: int
    name: str
    since: str


def passkey_rows(passkeys: Iterable["Authenticator"], preferences: Preferences, today: date) -> list[PasskeyRow]:
    return [PasskeyRow(each.pk, each.data["name"], _since(each, preferences, today)) for each in passkeys]


def _since(passkey: "Authenticator", preferences: Preferences, today: date) -> str:
    added = day_text(preferences.day(passkey.created_at), today)
    if passkey.last_used_at is None:
        return _("Added %(day)s, not used yet") % {"day": added}
    used = day_text(preferences.day(passkey.last_used_at), today)
    return _("Added %(day)s, last used %(used)s") % {"day": added, "used": used}
