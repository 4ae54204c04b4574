"""What a device gets: JSON of Declarative Web Push, which Safari shows by itself and a service worker reads as well.

Source: https://w3c.github.io/push-api/#declarative-push-message. `mutable` lets the service worker look first whether
the session is done on this device. `data` is for the worker: it knows neither the page nor the language.
"""

import json
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, pgettext
from django.utils.translation import gettext as _

from exercises.models.reminder import CLEAR, TEST
from exercises.reminders.job import Job

DECLARATIVE = 8030


def payload_of(job: Job, origin: str) -> str:
    """The message of a job, in the active language. `origin` is the address by which the device knows this site."""
    delivery, message = job.delivery, job.message
    notification = {
        "title": message.title,
        "body": message.body,
        "navigate": origin + message.path,
        "tag": f"{delivery.day}/{delivery.slot}",
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "silent": delivery.turn == CLEAR,
        "data": _data(job),
    }
    badge = {} if message.left is None else {"app_badge": message.left}
    return json.dumps({"web_push": DECLARATIVE, "notification": notification, "mutable": True, **badge})


def _data(job: Job) -> dict[str, Any]:
    """Days are those of the user."""
    delivery, message, preferences = job.delivery, job.message, job.user.preferences
    return {
        "user": str(job.user.pk),
        "device": delivery.device,
        "day": delivery.day.isoformat(),
        "slot": delivery.slot,
        "turn": delivery.turn,
        "reps": message.reps,
        "left": message.left,
        "path": message.path,
        "past": message.path if delivery.slot == TEST else reverse("day", args=[delivery.day.isoformat()]),
        "zone": preferences.fixed_zone,
        "dayStart": preferences.day_starts_at,
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "done": pgettext("reminder", "Done"),
        "later": pgettext("reminder", "In 10 minutes"),
        "doneHere": _("Done already, saved on this phone."),
        "noNetwork": _("This needs a network. Please try again when you are online."),
    }
