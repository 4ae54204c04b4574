"""Erases an account and all its data."""

import logging
from importlib import import_module
from typing import Any

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from exercises.models import User

logger = logging.getLogger(__name__)


def erase(user: User) -> None:
    """Delete every row of this user, also log-in sessions of other devices, those that wait for a code, and the log of
    the admin.

    After the commit SQLite rewrites its file. It overwrites deleted rows at once (`secure_delete` in the settings), but
    where it moved rows between pages earlier, copies stay in the gaps. Others cannot write meanwhile: for figures see
    docs/operations.md, Erasing an account. PostgreSQL reuses such space by itself, later.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore
    with transaction.atomic():
        user.take_turn()
        for key in _login_sessions_of(user):
            store(key).delete()  # from the cache too, if sessions are cached
        of_users = ContentType.objects.get_for_model(User)
        LogEntry.objects.filter(content_type=of_users, object_id=str(user.pk)).delete()
        user.delete()
        transaction.on_commit(_rewrite_file, robust=True)


def _login_sessions_of(user: User) -> list[str]:
    """The keys of the log-in sessions. The user id is inside the encoded data, so all sessions are decoded."""
    return [each.pk for each in Session.objects.iterator() if _is_of(user, each.get_decoded())]


def _is_of(user: User, session: dict[str, Any]) -> bool:
    """Whether this user is logged in, or somebody is on the way there: then the session holds the address."""
    waiting, code = session.get(LOGIN_SESSION_KEY) or {}, session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY) or {}
    return (
        session.get(SESSION_KEY) == str(user.pk)
        or waiting.get("user_pk") == user_pk_to_url_str(user)
        or user.email in (waiting.get("email"), code.get("email"))
    )


def _rewrite_file() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        busy, *_pages = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        logger.warning("the log of the database could not be emptied yet")
