"""Passkeys: what a browser is asked for, and whether what it brings is right.

This module imports fido2, which is large: reach it through views that are imported on first use.
"""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from allauth.account.utils import url_str_to_user_pk
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.db import transaction
from django.http import HttpRequest
from fido2.rpid import verify_rp_id
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import PublicKeyCredentialRpEntity, UserVerificationRequirement

from exercises.accounts import notices
from exercises.accounts.ways_in import MOST_PASSKEYS, Type, ways_in_of
from exercises.models import AccountEvent, User

BASE64URL = re.compile(r"[A-Za-z0-9_-]{1,12000}")
Kind = AccountEvent.Kind


class Refused(Exception):
    """What the browser brought is no passkey of ours, or comes too late."""


class TooMany(Exception):
    """The user has MOST_PASSKEYS."""


class LastWayIn(Exception):
    """Without this passkey the user could not log in."""


class Asked(NamedTuple):
    """What the server asked the browser for, with the credential that came back."""

    state: Any
    credential: dict[str, Any]


def creation_options(user: User) -> dict[str, Any]:
    """Asks for a passkey that needs no email address at the log-in, and that its owner unlocks each time."""
    return auth.begin_registration(user, True)


def request_options(user: User | None = None) -> dict[str, Any]:
    """Asks for any passkey of ours, or for one of this user. Its owner unlocks it each time."""
    held = auth.get_credentials(user) if user else []
    options, state = _server().authenticate_begin(held, UserVerificationRequirement.REQUIRED)
    auth.set_state(state)
    return dict(options)


def add(request: HttpRequest, user: User, name: str, given: str) -> None:
    """Keeps a new passkey. The same one sent twice is kept once. Raises Refused, TooMany."""
    asked = _asked(given, "clientDataJSON", "attestationObject")
    with transaction.atomic():
        user.take_turn()
        holders = [each.user_id for each in Authenticator.objects.filter(data__credential__rawId=_id(asked))]
        if holders == [user.pk]:
            return
        if asked.state is None or holders:
            raise Refused
        if Authenticator.objects.filter(user=user, type=Type.WEBAUTHN).count() >= MOST_PASSKEYS:
            raise TooMany
        with _refusing():
            made = _server().register_complete(asked.state, asked.credential).credential_data
            if made is None or websafe_encode(made.credential_id) != _id(asked):
                raise Refused
        auth.WebAuthn.add(user, name, asked.credential)
    notices.tell(request, user, Kind.PASSKEY_ADDED)


def remove(request: HttpRequest, user: User, pk: int) -> None:
    """Raises LastWayIn. A passkey that is gone already is no error: the form came twice."""
    with transaction.atomic():
        user.take_turn()
        ways_in = ways_in_of(user)
        found = [each for each in ways_in.passkeys if each.pk == pk]
        if found and ways_in.is_last:
            raise LastWayIn
        for each in found:
            each.delete()
    if found:
        notices.tell(request, user, Kind.PASSKEY_REMOVED)


def passkey_of(given: str, user: User | None = None) -> Authenticator:
    """The passkey that signed: of this user, or of the user whom it names. Raises Refused."""
    asked = _asked(given, "clientDataJSON", "authenticatorData", "signature", optional=("userHandle",))
    if asked.state is None:
        raise Refused
    whose = user.pk if user else _user_named_by(asked.credential["response"].get("userHandle", ""))
    held = list(Authenticator.objects.filter(user__pk=whose, type=Type.WEBAUTHN).select_related("user"))
    with _refusing():
        keys = [each.wrap().authenticator_data.credential_data for each in held]
        used = _server().authenticate_complete(asked.state, keys, asked.credential)
        return held[keys.index(used)]


def _server() -> Fido2Server:
    """Takes passkeys at this very name alone: fido2 would take those at names below it, which may be of others."""
    named = PublicKeyCredentialRpEntity(**get_adapter().get_public_key_credential_rp_entity())
    host = named.id or ""
    return Fido2Server(named, verify_origin=lambda at: urlsplit(at).hostname == host and verify_rp_id(host, at))


def _asked(given: str, *names: str, optional: tuple[str, ...] = ()) -> Asked:
    """The state holds for one answer, right or wrong. Of a credential only what counts is kept."""
    state = auth.get_state()
    auth.clear_state()
    with _refusing():
        read = json.loads(given)
        brought = {name: read["response"].get(name) for name in (*names, *optional)}
        parts = {name: value for name, value in brought.items() if value is not None or name in names}
        if not all(BASE64URL.fullmatch(value) for value in (read["rawId"], *parts.values())):
            raise Refused
    name = read["rawId"]
    return Asked(state, {"id": name, "rawId": name, "type": "public-key", "response": parts})


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever is wrong with the bytes of a stranger, fido2 raises one of many errors."""
    try:
        yield
    except Exception as error:
        raise Refused from error


def _user_named_by(handle: str) -> int:
    with _refusing():
        pk: int = url_str_to_user_pk(urlsafe_b64decode(handle + "==").decode())
        return pk


def _id(asked: Asked) -> str:
    name: str = asked.credential["rawId"]
    return name
