"""What a file is refused with as a whole: one sentence, which tells the user what to do."""

from django.conf import settings
from django.utils.translation import gettext as _


class Unreadable(Exception):
    """The file cannot be brought in. Its text tells the user."""


def not_ours(found: str = "") -> Unreadable:
    """`found` is a sentence about the first fault."""
    foreign = _("This file was not saved by Footcare, or part of it is missing.")
    return Unreadable(" ".join(filter(None, [foreign, found, _("Please choose another file.")])))


class EntryCount:
    """Counts what a file holds, and raises Unreadable when it is more than a file may hold."""

    def __init__(self) -> None:
        self._count = 0

    def add(self) -> None:
        self._count += 1
        if self._count > settings.IMPORT_MAX_ENTRIES:
            most = f"{settings.IMPORT_MAX_ENTRIES:,}"
            raise Unreadable(
                _("This file has more than %(most)s entries, which is more than we can read. Please choose another.")
                % {"most": most}
            )
