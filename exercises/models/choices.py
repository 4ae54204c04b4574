"""What a field may hold: the slots of a day, the reasons of a rest day, the sites of pain."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Slot(models.TextChoices):
    """When a set was done. EXTRA is outside of the plan: it is shown and never counted."""

    MORNING = "morning", _("Morning")
    MIDDAY = "midday", _("Midday")
    EVENING = "evening", _("Evening")
    EXTRA = "extra", _("Extra")


SESSION_SLOTS = (Slot.MORNING, Slot.MIDDAY, Slot.EVENING)


class Reason(models.TextChoices):
    """Why nothing is due on a day."""

    REST = "rest", _("Rest")
    SICK = "sick", _("Not well")
    AWAY = "away", _("Away")


class Site(models.TextChoices):
    """Where it may hurt: DOMAIN 5."""

    LOW_BACK = "low-back", _("Low back")
    LEFT_KNEE = "left-knee", _("Left knee")
    RIGHT_KNEE = "right-knee", _("Right knee")
    LEFT_HIP = "left-hip", _("Left hip")
    RIGHT_HIP = "right-hip", _("Right hip")
    LEFT_FOOT = "left-foot", _("Left foot")
    RIGHT_FOOT = "right-foot", _("Right foot")
