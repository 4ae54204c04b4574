"""An account that goes, with all that is in it."""

import logging
from importlib import import_module

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from exercises.models import User

logger = logging.getLogger(__name__)


def erase(user: User) -> None:
    """Every row of this user's, the sessions of other devices and what the admin noted down among them.

    Once that is committed, SQLite writes its file anew: deleted rows are overwritten at once (`secure_delete` in the
    settings), but pages that were copied about before may still hold old words. PostgreSQL does so by itself, in time.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore
    with transaction.atomic():
        user.take_turn()
        for key in _sessions_of(user):
            store(key).delete()  # from the cache too, where one stands before the database
        of_users = ContentType.objects.get_for_model(User)
        LogEntry.objects.filter(content_type=of_users, object_id=str(user.pk)).delete()
        user.delete()
        transaction.on_commit(_write_file_anew, robust=True)


def _sessions_of(user: User) -> list[str]:
    """Whose a session is stands inside of it."""
    every = Session.objects.iterator()
    return [each.pk for each in every if each.get_decoded().get(SESSION_KEY) == str(user.pk)]


def _write_file_anew() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        busy, *_pages = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        logger.warning("the log of the database could not be emptied yet")
