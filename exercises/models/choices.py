"""The sessions of a day."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Slot(models.TextChoices):
    """When a set was done. EXTRA is outside of the plan: shown, never counted."""

    MORNING = "morning", pgettext_lazy("slot", "Morning")
    MIDDAY = "midday", pgettext_lazy("slot", "Midday")
    EVENING = "evening", pgettext_lazy("slot", "Evening")
    EXTRA = "extra", pgettext_lazy("slot", "Extra")


SESSION_SLOTS = (Slot.MORNING, Slot.MIDDAY, Slot.EVENING)
