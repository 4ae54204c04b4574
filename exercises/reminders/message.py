"""The words of a reminder. Nothing about pain, and no name of an exercise unless the user chose that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from exercises.models import Delivery, Preferences, Prescription, Slot
from exercises.models.reminder import CLEAR, TEST
from exercises.pages.wording import minutes_text
from exercises.rules.timeline import session_seconds

TITLES = {
    Slot.MORNING: lambda: pgettext("reminder", "Morning session"),
    Slot.MIDDAY: lambda: pgettext("reminder", "Midday session"),
    Slot.EVENING: lambda: pgettext("reminder", "Evening session"),
}


@dataclass(frozen=True)
class Message:
    """`path` is where a tap leads, `reps` those that fill the marks still open in the slot, by the slugs of exercises.

    `left` is how many sets of the day are still due, for the badge of the app; None leaves the badge alone.
    """

    title: str
    body: str
    path: str
    reps: Mapping[str, int] = field(default_factory=dict)
    left: int | None = None


def message_of(
    delivery: Delivery, preferences: Preferences, due: Sequence[Prescription], left: int | None = None
) -> Message:
    """The message of a delivery. `due` is what is still open in its slot, in the order of a session."""
    if delivery.slot == TEST:
        body = _("Your reminders will look like this.")
        return Message(pgettext("reminder", "It works"), body, reverse("reminders"))
    title, path = TITLES[Slot(delivery.slot)](), reverse("session", args=[delivery.slot])
    if delivery.turn == CLEAR:
        return Message(title, _("Done already. Well done."), path, left=left)
    body = _body(due, preferences, preferences.reminded_after(delivery.slot))
    return Message(title, body, path, {each.exercise.slug: each.dose.total_reps for each in due}, left)


def _body(due: Sequence[Prescription], preferences: Preferences, after: str) -> str:
    """ "After I brush my teeth: 4 exercises, 9 min." """
    seconds = session_seconds((each.step for each in due), preferences.move_seconds)
    names = ", ".join(each.name for each in due)
    what = names if preferences.remind_with_names else _count(len(due))
    words = {"what": what, "minutes": minutes_text(seconds), "after": after}
    return (_("After %(after)s: %(what)s, %(minutes)s.") if after else _("%(what)s, %(minutes)s.")) % words


def _count(number: int) -> str:
    return ngettext("%(number)d exercise", "%(number)d exercises", number) % {"number": number}
