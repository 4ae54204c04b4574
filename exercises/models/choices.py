"""The sessions of a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Slot(models.TextChoices):
    """When a set was done. EXTRA is outside of the plan: shown, never counted."""

    MORNING = "morning", _("Morning")
    MIDDAY = "midday", _("Midday")
    EVENING = "evening", _("Evening")
    EXTRA = "extra", _("Extra")


SESSION_SLOTS = (Slot.MORNING, Slot.MIDDAY, Slot.EVENING)
