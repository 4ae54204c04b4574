"""What a field may hold: the slots of a day, the reasons of a rest day, the sites of pain."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Slot(models.TextChoices):
    """When a set was done. EXTRA is outside of the plan: it is shown and never counted."""

    MORNING = "morning", pgettext_lazy("slot", "Morning")
    MIDDAY = "midday", pgettext_lazy("slot", "Midday")
    EVENING = "evening", pgettext_lazy("slot", "Evening")
    EXTRA = "extra", pgettext_lazy("slot", "Extra")


SESSION_SLOTS = (Slot.MORNING, Slot.MIDDAY, Slot.EVENING)


class Reason(models.TextChoices):
    """Why nothing is due on a day."""

    REST = "rest", pgettext_lazy("rest reason", "Rest")
    SICK = "sick", pgettext_lazy("rest reason", "Not well")
    AWAY = "away", pgettext_lazy("rest reason", "Away")


class Site(models.TextChoices):
    """Where it may hurt: DOMAIN 5."""

    LOW_BACK = "low-back", pgettext_lazy("place of pain", "Low back")
    LEFT_KNEE = "left-knee", pgettext_lazy("place of pain", "Left knee")
    RIGHT_KNEE = "right-knee", pgettext_lazy("place of pain", "Right knee")
    LEFT_HIP = "left-hip", pgettext_lazy("place of pain", "Left hip")
    RIGHT_HIP = "right-hip", pgettext_lazy("place of pain", "Right hip")
    LEFT_FOOT = "left-foot", pgettext_lazy("place of pain", "Left foot")
    RIGHT_FOOT = "right-foot", pgettext_lazy("place of pain", "Right foot")
